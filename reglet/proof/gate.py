"""Finished files in, what each of them was checked for out; a file that fails is not published."""

from collections.abc import Sequence

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Proof
from reglet.model.span import Span
from reglet.proof.files import left_open, prove_data
from reglet.proof.finding import Finding, Verdict
from reglet.proof.notes import prove_notes


def prove(builts: Sequence[Built], document: Document) -> Outcome[tuple[Proof, ...]]:
    """Check every file for what its format promises."""
    proofs: list[Proof] = []
    faults: list[Diagnostic] = []
    for built in builts:
        if built.edition.format != "pdf":
            continue
        standards = (_held(built, finding) for finding in prove_data(built.filename, built.data))
        for proof, found in (prove_notes(built, document), *standards):
            proofs.append(proof)
            faults.extend(found)
        proofs.extend(_left(finding, built) for finding in left_open(built.filename, built.data))
    return Outcome(tuple(proofs), tuple(faults))


def _left(finding: Finding, built: Built) -> Proof:
    """Say of a standard that no build proves who does."""
    checker, detail = finding.validator, "; ".join(finding.detail)
    return Proof(built.filename, finding.standard, checker, False, detail, proven=False)


def _held(built: Built, finding: Finding) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Turn a validator's finding into a proof; what does not pass is told, fault by fault."""
    passed = finding.verdict is Verdict.PASSED
    checker = f"{finding.validator} {finding.version}"
    failures = tuple(
        diagnose(
            "unproven",
            Span(built.filename),
            file=built.filename,
            standard=finding.standard,
            reason=reason,
        )
        for reason in ([] if passed else finding.detail)
    )
    proof = Proof(built.filename, finding.standard, checker, passed, rules=finding.rules)
    return proof, failures

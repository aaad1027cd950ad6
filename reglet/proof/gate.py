"""Finished files in, what each of them was checked for out; a file that fails is not published."""

from collections.abc import Sequence

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Proof
from reglet.model.span import Span
from reglet.proof.files import prove_data
from reglet.proof.finding import Finding, Verdict
from reglet.proof.notes import prove_notes


def prove(builts: Sequence[Built], document: Document) -> Outcome[tuple[Proof, ...]]:
    """Check every file for what its format promises."""
    proofs: list[Proof] = []
    faults: list[Diagnostic] = []
    for built in builts:
        if built.media_type != "application/pdf":
            continue
        held = [_held(built, finding) for finding in prove_data(built.filename, built.data)]
        if built.edition.format == "pdf":
            held.insert(0, prove_notes(built, document))
        for proof, found in held:
            proofs.append(proof)
            faults.extend(found)
    return Outcome(tuple(proofs), tuple(faults))


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

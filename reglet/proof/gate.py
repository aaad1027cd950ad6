"""Finished files in, what each of them was checked for out; a file that fails is not published."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath

from reglet import __version__
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.document import Built, Document, Proof
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.proof.files import left_open
from reglet.proof.finding import Finding, Verdict
from reglet.proof.kept import KEEPING, check_alone
from reglet.proof.notes import prove_notes
from reglet.workshop import Workshop

_HINTS = {"structure": "mend the text or the theme; report this if it is reglet's fault"}

_PUBLISHED = "it is written nevertheless, as `--unproven` asks"

_PROMISED = {
    "ua-1": ("PDF/UA-1", "PDF/A-3a"),
    "ua-2": ("PDF/UA-2", "PDF/A-4"),
    "x-4": ("PDF/X-4",),
}
"""What files of each of an edition's standards must claim; PDF/A-4f is a PDF/A-4."""

_Proven = tuple[Proof, tuple[Diagnostic, ...]]


def prove(
    builts: Sequence[Built],
    document: Callable[[Edition], Document],
    workshop: Workshop | None = None,
) -> Outcome[tuple[Proof, ...]]:
    """Check every file for what its format promises, and none twice.

    `document` gives an edition's.
    """
    shop = workshop or Workshop(jobs=1)
    checked = shop.make(check_alone, [(b.filename, b.data) for b in builts], None, KEEPING)
    found = [
        proven
        for built, findings in zip(builts, checked, strict=True)
        for proven in _prove(built, document(built.edition), findings)
    ]
    proofs = tuple(proof for proof, _ in found)
    return Outcome(proofs, tuple(fault for _, faults in found for fault in faults))


def mark_unproven(
    builts: Sequence[Built], outcome: Outcome[tuple[Proof, ...]]
) -> tuple[tuple[Built, ...], Outcome[tuple[Proof, ...]]]:
    """Say in the names of files that they fail, and tell their faults as warnings."""
    failed = {proof.file for proof in outcome.value if proof.proven and not proof.passed}
    names = {built.filename: _named(built.filename, failed) for built in builts}
    told = tuple(
        replace(item, severity=Severity.WARNING, hint=_PUBLISHED) for item in outcome.diagnostics
    )
    renamed = tuple(replace(built, filename=names[built.filename]) for built in builts)
    proofs = tuple(replace(proof, file=names[proof.file]) for proof in outcome.value)
    return renamed, Outcome(proofs, told)


def _named(name: str, failed: Container[str]) -> str:
    path = PurePath(name)
    return f"{path.stem}-unproven{path.suffix}" if name in failed else name


def as_proof(name: str, finding: Finding) -> Proof:
    """Say of a file what a validator found."""
    passed = finding.verdict is Verdict.PASSED
    return Proof(
        name,
        finding.standard,
        f"{finding.validator} {finding.version}".strip(),
        passed,
        "; ".join(finding.detail) if passed else "",
        finding.rules,
        proven=finding.verdict is not Verdict.NOT_PROVEN,
        faults=() if passed else finding.detail,
    )


def _prove(built: Built, document: Document, found: Sequence[Finding]) -> Iterator[_Proven]:
    if built.edition.format == "pdf":
        proof, faults = prove_notes(built, document)
        yield replace(proof, faults=tuple(fault.message for fault in faults)), faults
    opened = [*left_open(built.filename, built.data)]
    for finding in (*found, *_unclaimed(built, (*found, *opened))):
        yield _held(built, finding)
    for finding in opened:
        yield as_proof(built.filename, finding), ()


def _unclaimed(built: Built, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a failure for each standard of a file's edition that nothing held the file against."""
    held = [finding.standard for finding in findings]
    for standard in _PROMISED.get(built.edition.held, ()):
        if not any(name.startswith(standard) for name in held):
            detail = ("the file does not claim it",)
            yield Finding(standard, "reglet", __version__, Verdict.FAILED, detail=detail)


def _held(built: Built, finding: Finding) -> _Proven:
    """Turn a validator's finding into a proof; what fails is told, fault by fault."""
    proof = as_proof(built.filename, finding)
    failures = tuple(
        diagnose(
            "unproven",
            Span(built.filename),
            _HINTS.get(finding.standard, ""),
            file=built.filename,
            standard=finding.standard,
            reason=reason,
        )
        for reason in (proof.faults if proof.proven else ())
    )
    return proof, failures

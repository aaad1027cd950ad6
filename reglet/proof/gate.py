"""Finished files in, what each of them was checked for out; a file that fails is not published."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

from reglet import __version__
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.document import Built, Document, Proof
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.proof.files import SUFFIXES, ask_programs, left_open
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


class Depth(StrEnum):
    """By whom a build's files are proven: by what is part of reglet, or by all programs here."""

    LIGHT = "light"
    FULL = "full"


def prove(
    builts: Sequence[Built],
    document: Callable[[Edition], Document],
    depth: Depth = Depth.LIGHT,
    workshop: Workshop | None = None,
) -> Outcome[tuple[Proof, ...]]:
    """Check every file for what its format promises, and none twice.

    `document` gives an edition's.
    """
    # page-validation 0.11 waits for ever in a process that is forked after it has run
    shop = Workshop(jobs=1, store=workshop.store if workshop else None)
    own = shop.make(check_alone, [(b.filename, b.data) for b in builts], None, KEEPING)
    asked = _ask(builts) if depth is Depth.FULL else {}
    found = [
        proven
        for built, findings in zip(builts, own, strict=True)
        for proven in _prove(built, document(built.edition), findings, asked.get(built.filename))
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


def _ask(builts: Sequence[Built]) -> dict[str, tuple[Finding, ...]]:
    """Ask the programs that are here about files that nobody has seen yet."""
    proven = [built for built in builts if PurePath(built.filename).suffix in SUFFIXES]
    try:
        with TemporaryDirectory(prefix="reglet-proof-") as folder:
            files = {built.filename: Path(folder, built.filename) for built in proven}
            for built in proven:
                files[built.filename].write_bytes(built.data)
            asked = ask_programs([*files.values()])
    except OSError as error:
        reason = f"nobody could be asked: {(error.strerror or 'unknown').lower()}"
        return {
            built.filename: tuple(
                replace(finding, detail=(reason,))
                for finding in left_open(built.filename, built.data)
            )
            for built in proven
        }
    return {name: asked[path] for name, path in files.items()}


def _prove(
    built: Built, document: Document, own: Sequence[Finding], asked: Sequence[Finding] | None
) -> Iterator[_Proven]:
    """Prove a file; `own` is what reglet's checks say of it, `asked` what programs do.

    None where none was asked.
    """
    if built.edition.format == "pdf":
        proof, faults = prove_notes(built, document)
        yield replace(proof, faults=tuple(fault.message for fault in faults)), faults
    told = [*left_open(built.filename, built.data)] if asked is None else asked
    for finding in (*own, *_unclaimed(built, (*own, *told)), *told):
        yield _held(built, finding)


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

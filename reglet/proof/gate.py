"""Finished files in, what each of them was checked for out; a file that fails is not published."""

from collections.abc import Sequence
from importlib.metadata import version

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Proof
from reglet.model.span import Span
from reglet.proof.notes import prove_notes

STANDARDS = {"PDF/UA-1": "ua1", "PDF/A-3a": "3a"}
"""What every PDF claims to be, with the validator's name for it."""


def prove(builts: Sequence[Built], document: Document) -> Outcome[tuple[Proof, ...]]:
    """Check every file for what its format promises."""
    proofs: list[Proof] = []
    faults: list[Diagnostic] = []
    for built in builts:
        if built.edition.format != "pdf":
            continue
        standards = (_prove_standard(built, *standard) for standard in STANDARDS.items())
        for proof, found in (prove_notes(built, document), *standards):
            proofs.append(proof)
            faults.extend(found)
    return Outcome(tuple(proofs), tuple(faults))


def _prove_standard(
    built: Built, standard: str, profile: str
) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Check a PDF against ISO 14289-1 (PDF/UA-1), or ISO 19005-3 at level A (PDF/A-3a)."""
    import page  # heavy: a validator in Rust

    report = page.validate_pdf_bytes(built.data, profile=profile)
    failures = tuple(
        diagnose(
            "unproven",
            Span(built.filename),
            file=built.filename,
            standard=standard,
            reason=" ".join(f"{failure.message} ({failure.rule_id})".split()),
        )
        for failure in report.failures
    )
    checker = f"page-validation {version('page-validation')}"
    return Proof(built.filename, standard, checker, not failures), failures

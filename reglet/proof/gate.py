"""Finished files in, what each of them was checked for out; a file that fails is not published."""

from collections.abc import Sequence
from importlib.metadata import version

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Proof
from reglet.model.span import Span
from reglet.proof.notes import prove_notes


def prove(builts: Sequence[Built], document: Document) -> Outcome[tuple[Proof, ...]]:
    """Check every file for what its format promises."""
    proofs: list[Proof] = []
    faults: list[Diagnostic] = []
    for built in builts:
        if built.edition.format != "pdf":
            continue
        for proof, found in (prove_notes(built, document), _prove_tags(built)):
            proofs.append(proof)
            faults.extend(found)
    return Outcome(tuple(proofs), tuple(faults))


def _prove_tags(built: Built) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Check a PDF against ISO 14289-1 (PDF/UA-1)."""
    import page  # heavy: a validator in Rust

    report = page.validate_pdf_bytes(built.data, profile="ua1")
    failures = tuple(
        diagnose(
            "unproven",
            Span(built.filename),
            file=built.filename,
            standard="PDF/UA-1",
            reason=" ".join(f"{failure.message} ({failure.rule_id})".split()),
        )
        for failure in report.failures
    )
    checker = f"page-validation {version('page-validation')}"
    return Proof(built.filename, "PDF/UA-1", checker, not failures), failures

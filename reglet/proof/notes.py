"""Set files in, faults in the placing of their notes out: every note whole, on its call's page."""

from collections.abc import Iterator

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Built, Document, Placed, Proof


def prove_notes(built: Built, document: Document) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Check that each note starts on the page of its call and is printed to its last word."""
    faults = tuple(fault for placed in built.placed for fault in _faults(placed, document))
    faults += tuple(
        diagnose("note-lost", note.span, number=note.number)
        for id, note in document.notes.items()
        if note.series == "below" and id not in built.anchors  # a theme of one's own may omit it
    )
    detail = f"{len(built.placed)} notes on {built.pages} pages"
    return Proof(built.filename, "notes", "reglet", not faults, detail), faults


def _faults(placed: Placed, document: Document) -> Iterator[Diagnostic]:
    note = document.notes[placed.note]
    if placed.note_page is None or placed.words_missing:
        yield diagnose("note-lost", note.span, number=note.number)
    elif placed.call_page != placed.note_page:
        yield diagnose(
            "note-astray",
            note.span,
            number=note.number,
            page=placed.note_page,
            call=placed.call_page,
        )

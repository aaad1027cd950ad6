"""Set files in, faults in the placing of their notes out: every note whole, where it belongs.

That is the page of its call, the list below its section, or the one behind the report.
"""

from collections.abc import Iterator

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Built, Document, Placed, Proof


def prove_notes(built: Built, document: Document) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Check that each note is printed to its last word, and stands where its edition has it."""
    placing = built.edition.placing
    faults = tuple(fault for placed in built.placed for fault in _faults(placed, document, placing))
    faults += tuple(
        diagnose("note-lost", note.span, number=note.number)
        for id, note in document.notes.items()
        if note.series == "below" and id not in built.anchors  # a theme of one's own may omit it
    )
    detail = f"{len(built.placed)} notes on {built.pages} pages"
    return Proof(built.filename, "notes", "reglet", not faults, detail), faults


def _faults(placed: Placed, document: Document, placing: str) -> Iterator[Diagnostic]:
    note = document.notes[placed.note]
    if placed.note_page is None or placed.words_missing:
        yield diagnose("note-lost", note.span, number=note.number)
    elif not _stands_right(placed, placing):
        yield diagnose(
            "note-astray",
            note.span,
            number=note.number,
            page=placed.note_page,
            call=placed.call_page,
        )


def _stands_right(placed: Placed, placing: str) -> bool:
    """Tell whether a note is on the page of its call, or in a list after it, as `placing` asks."""
    if placed.note_page is None or placed.call_page is None:
        return False
    if placing == "foot":
        return placed.call_page == placed.note_page
    return placing == "report-end" or placed.call_page <= placed.note_page

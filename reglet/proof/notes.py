"""Set files in, faults in the placing of their notes out: every note whole, where it belongs.

That is the page of its call, the list below its section, or the one behind the report.
"""

from collections.abc import Container, Iterator, Mapping

from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Built, Document, Note, Placed, Proof, first_call


def prove_notes(built: Built, document: Document) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Check that each note is printed to its last word, and stands where its edition has it.

    At the foot of pages each call of a note has it, or a short note that leads to it, on its page.
    """
    placing = built.edition.placing
    owners = {call: note for note in document.notes.values() for call in note.calls}
    faults = [
        fault
        for placed in built.placed
        for fault in _faults(placed, owners[first_call(placed.note)], placing)
    ]
    faults += [
        diagnose("note-lost", note.span, number=note.number)
        for id, note in document.notes.items()
        if note.series == "below" and id not in built.anchors  # a theme of one's own may omit it
    ]
    if placing == "foot":
        held = {(owners[first_call(placed.note)].id, placed.note_page) for placed in built.placed}
        faults += _left_alone(document, built.anchors, held)
    detail = f"{len(built.placed)} notes on {built.pages} pages"
    return Proof(built.filename, "notes", "reglet", not faults, detail), tuple(faults)


def _faults(placed: Placed, note: Note, placing: str) -> Iterator[Diagnostic]:
    if placed.note_page is None or placed.words_missing:
        yield diagnose("note-lost", note.span, number=note.number)
    elif not _stands_right(placed, placing):
        yield _astray(note, placed.note_page, placed.call_page)


def _left_alone(
    document: Document, anchors: Mapping[str, int], held: Container[tuple[str, int | None]]
) -> Iterator[Diagnostic]:
    """Find the later calls on whose page `held` (notes and their pages) has nothing for them."""
    for note in document.notes.values():
        for call in note.calls[1:] if note.series != "below" else ():
            if call in anchors and (note.id, anchors[call]) not in held:
                yield _astray(note, anchors.get(note.id), anchors[call])


def _astray(note: Note, page: int | None, call: int | None) -> Diagnostic:
    return diagnose("note-astray", note.span, number=note.number, page=page, call=call)


def _stands_right(placed: Placed, placing: str) -> bool:
    """Tell whether a note is on the page of its call, or in a list after it, as `placing` asks."""
    if placed.note_page is None or placed.call_page is None:
        return False
    if placing == "foot":
        return placed.call_page == placed.note_page
    return placing == "report-end" or placed.call_page <= placed.note_page

"""Set files in, faults in the placing of their notes out: every note whole, where it belongs.

That is the page of its call, the list below its section, or the one behind the report.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from reglet import __version__
from reglet.model.diagnostic import Diagnostic, diagnose
from reglet.model.document import Built, Clash, Document, Note, Placed, Proof, first_call

_SHOWN = 40  # characters of a line
_PLACES = {
    "foot": ("on the page of its call", "on the page of their call"),
    "section-end": ("below its section", "below their sections"),
    "report-end": ("behind the report", "behind the report"),
}
"""Where notes stand, of one and of several."""


def prove_notes(built: Built, document: Document) -> tuple[Proof, tuple[Diagnostic, ...]]:
    """Check that each note is printed word for word, where its edition has it, over nothing else.

    At the foot of pages each call has the note, or a short note that leads to it, on its page. The
    proof's `detail` says what holds of the notes, in words for people.
    """
    placing = built.edition.placing
    below = [note for note in document.notes.values() if note.series == "below"]
    owners = {call: note for note in document.notes.values() for call in note.calls}
    found = [(placed, owners[first_call(placed.note)]) for placed in built.placed]
    faults = [fault for placed, note in found for fault in _faults(placed, note, placing)]
    faults += [
        diagnose("note-lost", note.span, number=note.number)
        for note in below
        if note.id not in built.anchors  # a theme of one's own may omit it
    ]
    if placing == "foot":
        held = {(note.id, placed.note_page) for placed, note in found}
        faults += _left_alone(document, built.anchors, held)
    own = [placed for placed, note in found if placed.note == note.id]
    detail = _worded(built, own, len(below))
    return Proof(built.filename, "notes", f"reglet {__version__}", not faults, detail), tuple(
        faults
    )


def _faults(placed: Placed, note: Note, placing: str) -> Iterator[Diagnostic]:
    if placed.note_page is None or placed.words_missing:
        yield diagnose("note-lost", note.span, number=note.number)
    elif not _stands_right(placed, placing):
        yield _astray(note, placed.note_page, placed.call_page)
    if placed.words_astray:
        yield diagnose("note-garbled", note.span, number=note.number, words=placed.words_astray)
    yield from (_told(clash, note) for clash in _one_a_page(placed.clashes))


def _one_a_page(clashes: Iterable[Clash]) -> Iterator[Clash]:
    """Pick one clash of each kind and page: a line's, where there is one."""
    picked: dict[tuple[int, bool], Clash] = {}
    for clash in clashes:
        kind = clash.page, clash.outside
        if kind not in picked or (clash.words and not picked[kind].words):
            picked[kind] = clash
    yield from picked.values()


def _told(clash: Clash, note: Note) -> Diagnostic:
    code = "note-outside" if clash.outside else "note-overlaps"
    words = clash.words if len(clash.words) <= _SHOWN else f"{clash.words[:_SHOWN]}…"
    what = f"`{words}`" if words else "a picture, border or background"
    return diagnose(code, note.span, number=note.number, page=clash.page, what=what)


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


def _worded(built: Built, own: Sequence[Placed], below: int) -> str:
    """Say of an edition's notes where they are, how many go on overleaf, and how many are lost.

    `own` are its notes without the short ones; `below` is the number of those below tables.
    """
    placing, total = built.edition.placing, len(own) + below
    right = sum(_stands_right(placed, placing) for placed in own)
    facts = [f"{_share(right, total)}{_PLACES[placing][total != 1]}"] if own else []
    if below:
        facts.append(f"{_share(below, total)}below tables or figures")
    continued = sum(placed.continued for placed in built.placed)
    if placing == "foot" and continued:
        facts.append(f"{continued:,} continued")
    if short := len(built.placed) - len(own):
        facts.append(f"{short:,} short note{'s' * (short != 1)}")
    lost = sum(placed.note_page is None or placed.words_missing > 0 for placed in built.placed)
    facts.append(f"{lost:,} lost" if lost else "none lost")
    pages = built.pages or 0
    counted = f"{total:,} note{'s' * (total != 1)} on {pages:,} page{'s' * (pages != 1)}"
    return f"{counted}: {', '.join(facts)}" if total else "no notes"


def _share(part: int, total: int) -> str:
    if part == total:
        return "all " if total > 1 else ""
    return f"{part:,} "

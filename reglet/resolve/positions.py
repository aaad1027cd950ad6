"""Where each citation stands among the others: notes in reading order in, CSL positions out.

CSL 1.0.2, "Locators and positions": first, subsequent, ibid and ibid-with-locator.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reglet.model.document import Cite, Kind, Note
from reglet.resolve.citer import Ask
from reglet.resolve.walk import walk

Place = tuple[str, int]  # a note's identifier, and which of its cites


@dataclass(frozen=True, slots=True)
class Position:
    """A cite's position: `first` of its source, and as what it may repeat the cite before."""

    cite: Cite
    first: bool
    first_note: str  # identifier
    repeats: str = ""  # "ibid", "ibid-locator" or nothing


def cites_of(note: Note) -> Iterator[Cite]:
    """Yield the cites of a note in reading order."""
    for node in walk(note.blocks):
        if node.kind is Kind.CITATION:
            yield from node.cites


def positions(notes: Iterable[Note], *, by_section: bool) -> dict[Place, Position]:
    """Find the position of every cite; with `by_section`, sections begin anew.

    A cite repeats the one before it in its note, or a note of the same series that comes just
    before and cites nothing else. Editor's notes repeat nothing outside themselves.
    """
    found: dict[Place, Position] = {}
    seen: dict[str, str] = {}  # key -> the first note that cites it
    before: Cite | None = None  # what the note before cites alone
    section = ""
    for note in notes:
        if by_section and note.section != section:
            seen.clear()
            before = None
        section = note.section
        previous = before if note.series == "source" else None
        cites = list(cites_of(note))
        for number, cite in enumerate(cites):
            first = cite.key not in seen
            repeats = "" if first or previous is None else _repeats(cite, previous)
            first_note = seen.setdefault(cite.key, note.id)
            found[note.id, number] = Position(cite, first, first_note, repeats)
            previous = cite
        if note.series == "source":
            alone = len({cite.key for cite in cites}) == 1
            before = cites[-1] if alone else None
    return found


def _repeats(cite: Cite, previous: Cite) -> str:
    if cite.key != previous.key:
        return ""
    here, there = (cite.locator, cite.label), (previous.locator, previous.label)
    if here == there:
        return "ibid"
    return "ibid-locator" if cite.locator else ""


def forms_wanted(notes: Iterable[Note], *, by_section: bool) -> Iterator[Ask]:
    """Yield what some edition may print for each cite: in full first, then short or Ibid."""
    for position in positions(notes, by_section=by_section).values():
        ask = Ask.of(position.cite)
        yield ask.form_of("full" if position.first else "short")
        if position.repeats:
            yield ask.form_of(position.repeats)

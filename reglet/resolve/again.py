"""Notes called again on other pages in, the same with short notes there out: "See note 4, p. 12".

A short note is a note like any other: it stands at the first call of its page, leads to the note
that it is short for, and has taken over the calls of its page.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from reglet.model.document import Document, Kind, Node, Note, short_note
from reglet.resolve.below import BELOW
from reglet.resolve.numbers import calls_in
from reglet.resolve.walk import change_document, text


def called_away(
    document: Document, pages: Mapping[str, int], kept: Collection[str] = ()
) -> dict[str, str]:
    """Map the calls that are to lead to a short note to the call, on their page, that has it.

    `pages` gives the page of each call by its identifier; the calls that are `kept` have a short
    note of their own on whatever page. Notes below a table are called nowhere else.
    """
    found: dict[str, str] = {}
    for note in document.notes.values():
        if note.series == BELOW or len(note.calls) < 2:
            continue
        first, *later = note.calls
        holders = {pages.get(first): first}
        for call in later:
            page = pages.get(call)
            if page is None:
                continue
            holder = holders.setdefault(page, call)
            if call in kept:
                found[call] = call
            elif holder != first:
                found[call] = holder
    return found


def with_short_notes(document: Document, away: Mapping[str, str], see: str) -> Document:
    """Give a document the short notes that `away`, made by `called_away`, asks for.

    `see` are their words, with `{n}` for the number of the note that they lead to.
    """
    if not away:
        return document
    made: dict[str, Note] = {}
    kept: dict[str, Note] = {}
    for note in document.notes.values():
        kept[note.id] = replace(note, calls=tuple(call for call in note.calls if call not in away))
        for holder in dict.fromkeys(away[call] for call in note.calls if call in away):
            calls = tuple(call for call in note.calls if away.get(call) == holder)
            made[holder] = _short(note, calls, see)

    def called(node: Node) -> Node:
        if node.kind is not Kind.CALL or node.id not in away:
            return node
        first = "yes" if node.id in made else ""
        return replace(node, attrs={**node.attrs, "note": made[away[node.id]].id, "first": first})

    ordered = {note.id: note for note in _in_order(document, kept, made)}
    return change_document(replace(document, notes=ordered), called)


def pages_of_short_notes(away: Mapping[str, str], pages: Mapping[str, int]) -> dict[str, int]:
    """Return the page that each short note is to stand on."""
    return {short_note(call): pages[call] for call in away.values()}


def _short(note: Note, calls: tuple[str, ...], see: str) -> Note:
    before, _, after = see.partition("{n}")
    before = before[:1].upper() + before[1:].removesuffix(" ") + "\u00a0" * before.endswith(" ")
    here = Node(Kind.TEXT, note.span)
    link = Node(
        Kind.LINK,
        note.span,
        (text(before, here), text(note.number, here)),
        classes=("reference",),
        attrs={"href": f"#{note.id}", "page-of": note.id},
    )
    paragraph = Node(Kind.PARAGRAPH, note.span, (link, text(f"{after}.", here)))
    return replace(note, id=short_note(calls[0]), blocks=(paragraph,), calls=calls)


def _in_order(
    document: Document, notes: Mapping[str, Note], made: Mapping[str, Note]
) -> Iterator[Note]:
    """Yield `notes`, and what is `made` for a call behind the note that begins before it."""
    behind: dict[str, list[Note]] = {}
    last = ""
    for section in document.sections:
        for call in _calls(section.blocks, document.notes):
            if call.attrs["first"]:
                last = call.attrs["note"]
            elif call.id in made:
                behind.setdefault(last, []).append(made[call.id])
    for id, note in notes.items():
        yield note
        yield from behind.get(id, ())


def _calls(blocks: Iterable[Node], notes: Mapping[str, Note]) -> Iterator[Node]:
    """Yield the calls of a text and of the notes that begin in it, in reading order."""
    for node in calls_in(blocks):
        inner: Iterable[str] = ()
        if node.kind is not Kind.CALL:
            inner = node.attrs[BELOW].split()
        else:
            yield node
            if node.attrs["first"] and node.attrs["series"] != BELOW:
                inner = (node.attrs["note"],)
        for id in inner:
            yield from _calls(notes[id].blocks, notes)

"""A read PDF in, faults of its text out: what no tag has, what two have, what cannot be seen."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reglet.proof.structure.reading import Fault, Place, Reading, shortened, words
from reglet.speak.ink import Colour, contrast
from reglet.speak.joining import joined
from reglet.speak.letters import UNKNOWN
from reglet.speak.marked import Piece, Shown
from reglet.speak.tree import Tag

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3
LEAST_OF_LARGE = 3.0
_LARGE, _LARGE_BOLD = 18.0, 14.0  # pt
_NEARLY = 0.005  # what colours lose when they are written

_LEADERS = re.compile(r"(?:[.·•…_‥]\s*){5,}")
_LONG = 20  # words of an artifact that are no running head
_MAY_BE_EMPTY = ("TD", "TH", "Document")
NOTES = ("Note", "FENote")
"""The roles of notes, which stand within the paragraphs that call them."""

_BOLD = re.compile("bold|black|heavy", re.IGNORECASE)

Spot = tuple[int, int]


def is_bold(font: str) -> bool:
    """Tell by a font's name whether it is bold."""
    return bool(_BOLD.search(font))


def unreached(reading: Reading) -> Iterator[Fault]:
    """Find marked content with text that no tag has."""
    reached = {spot for place in reading.places for spot in place.tag.marked}
    for page, content in enumerate(reading.pages):
        kept = [content.pieces[mcid] for mcid in content.pieces if (page, mcid) not in reached]
        if text := joined([piece for pieces in kept for piece in pieces]):
            yield Fault(f"no tag has the marked text `{shortened(text)}`", page)


def twice(reading: Reading) -> Iterator[Fault]:
    """Find text that two tags have."""
    found: dict[Spot, Place] = {}
    for place in reading.places:
        for spot in place.tag.marked:
            if spot in found:
                text = joined(reading.pages[spot[0]].pieces.get(spot[1], ()))
                roles = f"{found[spot].role} and {place.role}"
                yield Fault(f"two tags, {roles}, have the text `{shortened(text)}`", spot[0])
            found[spot] = place


def astray(reading: Reading) -> Iterator[Fault]:
    """Find marked content that the parent tree gives to another tag than the one that has it."""
    counted = Counter(spot for place in reading.places for spot in place.tag.marked)
    for place in reading.places:
        for spot in place.tag.marked:
            if counted[spot] > 1:
                continue
            owner = reading.facts.owners.get(spot)
            if owner != place.tag.key:
                text = shortened(joined(reading.pages[spot[0]].pieces.get(spot[1], ())))
                yield Fault(f"the parent tree leads from `{text}` to no tag that has it", spot[0])


def loose(reading: Reading) -> Iterator[Fault]:
    """Find text that is neither tagged nor an artifact."""
    for page, content in enumerate(reading.pages):
        if text := joined(content.loose):
            yield Fault(f"`{shortened(text)}` is neither tagged nor an artifact", page)


def left_out(reading: Reading) -> Iterator[Fault]:
    """Find passages that are artifacts, and so are not read, and stand nowhere in the tags.

    Lines that stand there, as those of tables' heads that are repeated, count for nothing.
    """
    if not any(_passage(content.artifacts) for content in reading.pages):
        return
    told = "".join(_letters(place.text) for place in reading.places if not place.around)
    for page, content in enumerate(reading.pages):
        if _passage(content.artifacts):
            lines = groupby(content.artifacts, lambda piece: round(piece.level, 1))
            rows = [list(line) for _, line in lines]
            untold = [row for row in rows if _letters(joined(row)) not in told]
            passage = _passage([piece for row in untold for piece in row])
            if passage and _letters(passage) not in told:
                yield Fault(f"no tag has `{shortened(passage)}`, which is text", page)


def _passage(pieces: Sequence[Piece]) -> str:
    """Return words that are a passage; numbers of lines and pages make none."""
    found = [word for word in words(pieces) if any(map(str.isalpha, word))]
    return " ".join(found) if len(found) >= _LONG else ""


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


def unknown_letters(reading: Reading) -> Iterator[Fault]:
    """Find text whose letters are told to nobody (ToUnicode)."""
    for page, content in enumerate(reading.pages):
        for pieces in content.pieces.values():
            if any(UNKNOWN in piece.text for piece in pieces):
                text = shortened(joined(pieces))
                yield Fault(f"letters of `{text}` cannot be read", page)
                break


def leaders(reading: Reading) -> Iterator[Fault]:
    """Find dots that lead the eye in what is read aloud."""
    for place in reading.places:
        if place.tag.marked and _LEADERS.search(_own_text(place.tag)):
            yield Fault(f"the dots of `{shortened(place.text)}` are read aloud", place.page)


def _own_text(tag: Tag) -> str:
    return joined([kid for kid in tag.kids if isinstance(kid, Piece)])


def empty(reading: Reading) -> Iterator[Fault]:
    """Find tags with nothing in them, and those of text with nothing to read."""
    for place in reading.places:
        if place.role in _MAY_BE_EMPTY or _has_something(place.tag, reading):
            continue
        if place.role == "Span" and place.around and _has_something(place.around[-1], reading):
            continue  # white space between words, or at a line's end
        if not any(_is_empty(tag, reading) for tag in place.around):
            yield Fault(f"there is nothing in a {place.role}", place.page)


def _is_empty(tag: Tag, reading: Reading) -> bool:
    return tag.role not in _MAY_BE_EMPTY and not _has_something(tag, reading)


def _has_something(tag: Tag, reading: Reading) -> bool:
    if tag.alt or tag.instead or tag.annotations:
        return True
    if any(mcid in reading.pages[page].drawn for page, mcid in tag.marked):
        return True
    return any(
        _has_something(kid, reading) if isinstance(kid, Tag) else bool(kid.text.strip())
        for kid in tag.kids
    )


def faint(reading: Reading) -> Iterator[Fault]:
    """Find text whose colour is too near to that of what it stands on."""
    for page, content in enumerate(reading.pages):
        seen: set[tuple[Colour, Colour, bool]] = set()
        for shown in content.shown:
            if shown.colour is None or shown.ground is None:
                continue
            key = shown.colour, shown.ground, _is_large(shown)
            if key not in seen:
                seen.add(key)
                yield from _faint(shown, contrast(*key[:2]), page, large=key[2])


def _faint(shown: Shown, ratio: float, page: int, *, large: bool) -> Iterator[Fault]:
    least = LEAST_OF_LARGE if large else LEAST_CONTRAST
    if ratio < least - _NEARLY:
        text = shortened(shown.text.strip())
        yield Fault(f"the contrast of `{text}` is {ratio:.1f}:1, less than {least:g}:1", page)


def _is_large(shown: Shown) -> bool:
    return shown.size >= (_LARGE_BOLD if is_bold(shown.font) else _LARGE)


def own_pieces(tag: Tag) -> Iterator[Piece]:
    """Yield the text of a tag without that of the notes called in it."""
    for kid in tag.kids:
        if isinstance(kid, Piece):
            yield kid
        elif kid.role not in NOTES:
            yield from own_pieces(kid)


def body_size(places: Iterable[Place]) -> float:
    """Return the size, in pt, that most letters of paragraphs have, but for those of notes."""
    sizes: Counter[float] = Counter()
    for place in places:
        if not place.within(*NOTES):
            for piece in own_pieces(place.tag):
                sizes[round(piece.size, 1)] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)

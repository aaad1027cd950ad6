"""A read PDF in, faults of its headings, pictures and tables out."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reglet.proof.structure.content import NOTES, body_size, is_bold, own_pieces
from reglet.proof.structure.reading import Fault, Place, Reading, shortened
from reglet.speak.marked import Piece
from reglet.speak.tree import Tag

FILE_NAME = re.compile(r"(?i)[\w%.()+ -]+\.(?:png|jpe?g|svg|gif|webp|tiff?|bmp|avif)")
SAYS_NOTHING = frozenset(
    ("image", "picture", "photo", "figure", "graphic", "chart", "map", "diagram", "img", "alt")
)
"""Words that tell nobody what a picture shows; shared with the checks of EPUBs."""

_LEVELS = ("H1", "H2", "H3", "H4", "H5", "H6")
_LARGER = 1.15  # of the size of text
_LONGEST = 120  # letters of what may be a heading
_NO_HEADINGS = (
    "Caption", "LI", "TD", "TH", "TOC", "TOCI", *NOTES, "BlockQuote", "Figure", "Index",
)  # fmt: skip
_ENDS = re.compile(r"[.:;,!?…]\W*$")


def skipped_levels(reading: Reading) -> Iterator[Fault]:
    """Find headings that are more than a level below the one before."""
    last = 0
    for place in reading.places:
        if place.tag.role in _LEVELS:
            level = _LEVELS.index(place.tag.role) + 1
            if level > last + 1:
                before = f"after a H{last}" if last else "before any H1"
                yield Fault(f"`{shortened(place.text)}` is a H{level} {before}", place.page)
            last = level


def fake_headings(reading: Reading) -> Iterator[Fault]:
    """Find lines that look like headings above a paragraph, and are paragraphs themselves."""
    size = body_size(reading.of("P"))
    following = dict(_following(reading.places))
    for place in reading.of("P"):
        after = following.get(place.tag.key)
        if after is None or place.within(*_NO_HEADINGS) or not _is_paragraph(after, size):
            continue
        if _stands_out(list(own_pieces(place.tag)), size) and not _ENDS.search(place.text):
            what = f"`{shortened(place.text)}` looks like a heading, and is tagged as a paragraph"
            yield Fault(what, place.page)


def _following(places: Sequence[Place]) -> Iterator[tuple[tuple[int, int], Tag]]:
    """Yield the key of each paragraph, and the paragraph that follows it."""
    for place in places:
        tags = [kid for kid in place.tag.kids if isinstance(kid, Tag)]
        for tag, after in pairwise(tags):
            if tag.role == after.role == "P":
                yield tag.key, after


def _is_paragraph(tag: Tag, size: float) -> bool:
    pieces = [piece for piece in own_pieces(tag) if piece.text.strip()]
    return len({round(piece.level) for piece in pieces}) > 1 and bool(
        pieces and abs(pieces[0].size - size) < 1 and not is_bold(pieces[0].font)
    )


def _stands_out(pieces: Sequence[Piece], size: float) -> bool:
    """Tell whether text is one short line, larger than others or bold."""
    seen = [piece for piece in pieces if piece.text.strip()]
    if not seen or len({(piece.page, round(piece.level)) for piece in seen}) > 1:
        return False
    if sum(len(piece.text) for piece in seen) > _LONGEST:
        return False
    return all(is_bold(piece.font) or piece.size > _LARGER * size for piece in seen)


def pictures(reading: Reading) -> Iterator[Fault]:
    """Find pictures without words for those who cannot see them."""
    for place in reading.of("Figure", "Formula"):
        said = (place.tag.alt or place.tag.instead or "").strip()
        if place.role == "Formula" and place.text:
            continue
        if not said:
            yield Fault("a picture has no text for those who cannot see it", place.page)
        elif FILE_NAME.fullmatch(said) or said.lower() in SAYS_NOTHING:
            yield Fault(f"`{shortened(said)}` does not say what a picture shows", place.page)


def headless_tables(reading: Reading) -> Iterator[Fault]:
    """Find tables without a header cell."""
    for place in reading.of("Table"):
        if not any(tag.role == "TH" for tag in _below(place.tag)):
            cells = [Place(tag, (), "").text for tag in _below(place.tag) if tag.role == "TD"]
            text = shortened(" ".join(cells))
            yield Fault(f"the table `{text}` has no header cell", place.page)


def scopes(reading: Reading) -> Iterator[Fault]:
    """Find header cells that do not say what they head, where no cell names its own."""
    for table in reading.of("Table"):
        cells = list(_below(table.tag))
        if any(cell.headers for cell in cells if cell.role == "TD"):
            continue
        for cell in cells:
            if cell.role == "TH" and not (cell.facts or {}).get("scope"):
                text = shortened(Place(cell, (), "").text)
                yield Fault(f"the header cell `{text}` heads neither row nor column", table.page)


def unknown_headers(reading: Reading) -> Iterator[Fault]:
    """Find cells that name header cells which are not there."""
    for table in reading.of("Table"):
        cells = list(_below(table.tag))
        known = {cell.id for cell in cells if cell.role == "TH" and cell.id}
        for cell in cells:
            for name in cell.headers:
                if name not in known:
                    text = shortened(Place(cell, (), "").text)
                    yield Fault(f"the cell `{text}` names no header cell: `{name}`", table.page)


def items(reading: Reading) -> Iterator[Fault]:
    """Find items of lists without a body."""
    for place in reading.of("LI"):
        if not any(isinstance(kid, Tag) and kid.role == "LBody" for kid in place.tag.kids):
            yield Fault(f"the item `{shortened(place.text)}` has no LBody", place.page)


def _below(tag: Tag) -> Iterator[Tag]:
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield kid
            yield from _below(kid)

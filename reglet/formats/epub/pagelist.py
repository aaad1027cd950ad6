"""The pages of a PDF of the same report in, an EPUB's markup with the same pages marked out.

Each page's number stands before the word that begins the page, before the whole word where a
page begins within one; the navigation document lists them (EPUB Accessibility 1.1 §4).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.parsers.expat import ExpatError

from markupsafe import escape

from reglet.formats.epub.alignment import align
from reglet.formats.epub.letters import Letters, read
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Markup, Piece, Printed
from reglet.model.span import Span

_LIST = re.compile(r"<nav [^>]*\bepub:type=\"page-list\".*?</nav>\s*", re.DOTALL)
_MOST_TOLD = 8


def mark_pages(markup: Markup, paged: Built | None) -> Outcome[Markup]:
    """Mark where each page of `paged` begins, and fill the page list that the theme prints.

    Without pages, or where the theme prints no page list, there is none.
    """
    nav = next((piece for piece in markup.pieces if piece.role == "nav"), None)
    if nav is None or not _LIST.search(nav.markup):
        return Outcome(markup)
    printed = paged.printed if paged else ()
    marked, labels = _mark(markup.pieces, printed)
    lines = "".join(
        f'<li><a href="text/{name}.xhtml#{_id(label)}">{escape(label)}</a></li>\n'
        for label, name in labels.items()
    )
    listed = _LIST.sub(lambda found: _filled(found[0], lines), nav.markup)
    pieces = tuple(
        replace(piece, markup=listed) if piece is nav else marked.get(piece.name, piece)
        for piece in markup.pieces
    )
    missing = [label for each in printed for label in each.pages if label not in labels]
    told = (_unplaced(missing, markup, paged),) if paged and missing else ()
    return Outcome(replace(markup, pieces=pieces), told)


def _filled(frame: str, lines: str) -> str:
    return frame.replace("<ol></ol>", f"<ol>\n{lines}</ol>") if lines else ""


def _unplaced(missing: list[str], markup: Markup, paged: Built) -> Diagnostic:
    more = "" if len(missing) <= _MOST_TOLD else f" and {len(missing) - _MOST_TOLD} more"
    pages = ", ".join(missing[:_MOST_TOLD]) + more
    place = Span(f"edition {markup.edition.name}")
    return diagnose("unplaced-pages", place, edition=paged.edition.name, pages=pages)


def _mark(
    pieces: tuple[Piece, ...], printed: tuple[Printed, ...]
) -> tuple[dict[str, Piece], dict[str, str]]:
    """Return the pieces that pages begin in, by name, and the piece of each page's label."""
    by_name = {piece.name: piece for piece in pieces if piece.role not in ("nav", "ncx")}
    marked: dict[str, Piece] = {}
    labels: dict[str, str] = {}
    for each in printed:
        piece = by_name.get(each.piece)
        if piece is None or not each.pages:
            continue
        data = piece.markup.encode()
        try:
            places = _best(each, data)
        except ExpatError:  # the check of every piece will say where
            continue
        marked[piece.name] = replace(piece, markup=_with_marks(data, places))
        labels |= dict.fromkeys(places, piece.name)
    return marked, labels


def _best(printed: Printed, data: bytes) -> dict[str, int]:
    """Return the byte of each page's beginning, with or without descriptions as the pages have."""
    without = dict(_places(printed, read(data, details=False)))
    if len(without) == len(printed.pages) or b"<details" not in data:
        return without
    return max(without, dict(_places(printed, read(data))), key=len)


def _places(printed: Printed, letters: Letters) -> Iterator[tuple[str, int]]:
    """Yield the label and the byte of every page whose beginning is found, in reading order."""
    wanted = {place for count in printed.pages.values() for place in (count - 1, count)}
    found = align(printed.letters, letters.text, wanted)
    before = 0
    for label, count in printed.pages.items():
        place = _byte(count, len(printed.letters), found, letters)
        if place is not None and place >= before:
            before = place
            yield label, place


def _byte(count: int, length: int, found: Mapping[int, int], letters: Letters) -> int | None:
    """Return where the mark stands for a page that begins behind `count` of `length` letters."""
    if not letters.text:
        return None
    if count == length:  # nothing follows but notes
        last = found.get(count - 1)
        return letters.end if last in (None, len(letters.at) - 1) else letters.at[last + 1]
    index = found.get(count) if count else 0
    while index and not letters.begins[index]:
        index -= 1
    return None if index is None else letters.at[index]


def _with_marks(data: bytes, places: Mapping[str, int]) -> str:
    parts: list[bytes] = []
    done = 0
    for label, place in places.items():
        parts += [data[done:place], _mark_of(label).encode()]
        done = place
    return b"".join([*parts, data[done:]]).decode()


def _mark_of(label: str) -> str:
    name = escape(label)
    return (
        f'<span epub:type="pagebreak" role="doc-pagebreak" id="{_id(label)}"'
        f' aria-label="{name}"></span>'
    )


def _id(label: str) -> str:
    return f"page-{label}"

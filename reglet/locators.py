"""Where a term of the index is met in, what an edition prints of it out: pages, or headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reglet.model.document import Locator

UNKNOWN = "00"
"""Stands for a page that no layout has told yet."""

RUN = 3
"""Pages one after the other that are printed as from the first to the last."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A locator as it is printed: its words, and where it leads."""

    words: str
    href: str  # the identifier


def by_page(places: Sequence[Locator], pages: Mapping[str, str]) -> list[Shown]:
    """Return pages in order, each once: "12", "14–16"; several in a row are joined."""
    if not all(place.start in pages for place in places):
        return [Shown(UNKNOWN, place.start) for place in places]
    spans = [
        (int(pages[p.start]), int(pages.get(p.end or p.start, pages[p.start])), p.start)
        for p in places
    ]
    joined: list[tuple[int, int, str]] = []
    for first, last, id in sorted(spans, key=lambda span: (span[0], -span[1])):
        if joined and first <= joined[-1][1]:  # within the one before, or going on from its page
            joined[-1] = (joined[-1][0], max(joined[-1][1], last), joined[-1][2])
        else:
            joined.append((first, last, id))
    return [Shown(_range(first, last), id) for first, last, id in _runs(joined)]


def _runs(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Join what stands on pages that follow one another, where these are at least RUN."""
    rows: list[list[tuple[int, int, str]]] = []
    for span in spans:
        if rows and span[0] == rows[-1][-1][1] + 1:
            rows[-1].append(span)
        else:
            rows.append([span])
    found: list[tuple[int, int, str]] = []
    for row in rows:
        first, last = row[0][0], row[-1][1]
        found += [(first, last, row[0][2])] if last - first + 1 >= RUN else row
    return found


def _range(first: int, last: int) -> str:
    return f"{first}" if first == last else f"{first}–{last}"


def by_heading(places: Sequence[Locator]) -> list[Shown]:
    """Return the headings under which a term is met, each once."""
    found: dict[tuple[str, str], Shown] = {}
    for place in places:
        found.setdefault((place.section, place.title), Shown(place.title, place.start))
    return list(found.values())

"""What may be read of a session: a browser's question in, an answer out.

Raises LookupError for what is not there.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

from reglet.messages import View
from reglet.model.document import Spot
from reglet.preview.book import Book
from reglet.preview.pages import Pages
from reglet.preview.places import again, find, locate, span_of
from reglet.preview.session import Session
from reglet.preview.told import source

Shown = TypeVar("Shown", Pages, Book)

OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What the page itself may do (Content Security Policy Level 3)."""

CHAPTER = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""What a chapter may do in it: run nothing."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; what is `lasting` is the same whenever it is asked for."""

    data: bytes
    media_type: str
    policy: str = OWN
    lasting: bool = False


def in_json(value: object) -> Answer:
    """Answer with a plain value."""
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json")


Query = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers for one session; `view` finds its files, `editor` is what opens them."""

    session: Session
    view: View
    editor: str
    token: str

    def page(self) -> Answer:
        """Return the page itself, which knows the token."""
        text = files("reglet.preview").joinpath("page", "index.html").read_text(encoding="utf-8")
        return Answer(text.replace("{token}", self.token).encode(), _TYPES[".html"])

    def part(self, name: str) -> Answer:
        """Return a script or a style sheet of the page."""
        suffix = name[name.rfind(".") :]
        place = files("reglet.preview").joinpath("page", name)
        if "/" in name or suffix not in (".css", ".js") or not place.is_file():
            raise LookupError(name)
        return Answer(place.read_bytes(), _TYPES[suffix])

    def picture(self, rest: str, query: Query) -> Answer:
        """Return a picture of a page: `VERSION/NUMBER?width=PX`."""
        pages, number = self._pages(rest)
        data = pages.picture(number, _number(query.get("width", "")))
        return Answer(data, "image/png", lasting=True)

    def words(self, rest: str, _query: Query) -> Answer:
        """Return the words of a page with their places: `VERSION/NUMBER`."""
        pages, number = self._pages(rest)
        if not 1 <= number <= len(pages.sizes):
            raise LookupError(number)
        size = pages.sizes[number - 1]
        rows = [
            [s.left + size.left, s.top + size.top, s.width, s.height, s.place, s.words]
            for s in pages.spots
            if s.page == number
        ]
        return in_json(rows)

    def chapter(self, rest: str, _query: Query) -> Answer:
        """Return a file of an EPUB: `VERSION/PATH`. Nothing in it is run."""
        version, _, path = rest.partition("/")
        book = self._shown(Book, version)
        data, media_type = book.file(path)
        return Answer(data, media_type, CHAPTER, lasting=True)

    def source(self, _rest: str, query: Query) -> Answer:
        """Return where in the source words come from: `at`, `words` and an `offset` in these."""
        element = span_of(query.get("at", ""))
        text = self.view.read(element.path) if element else None
        if element is None or text is None:
            raise LookupError(query.get("at"))
        offset = _number(query.get("offset", ""))
        span = locate(text, element, query.get("words", ""), offset)
        return in_json(source(span, self.view, self.editor))

    def place(self, _rest: str, query: Query) -> Answer:
        """Return where each edition shows a place of the source."""
        place = span_of(query.get("at", ""))
        if place is None:
            raise LookupError(query.get("at"))
        text = self.session.text(place.path)
        found: dict[str, Any] = {}
        for each in self.session.state.shown:
            if isinstance(each, Book):
                chapter = each.find(place)
                found[each.name] = chapter and {"chapter": chapter[0], "at": chapter[1]}
            else:
                found[each.name] = _spot(each, find(each.spots, text, place))
        return in_json(found)

    def again(self, rest: str, query: Query) -> Answer:
        """Return where words of a former version are now: `VERSION?words=…&at=…&page=…`."""
        pages = self._shown(Pages, rest)
        page = _number(query.get("page", ""))
        return in_json(
            _spot(pages, again(pages.spots, query.get("words", ""), query.get("at", ""), page))
        )

    def _pages(self, rest: str) -> tuple[Pages, int]:
        version, _, number = rest.partition("/")
        return self._shown(Pages, version), _number(number)

    def _shown(self, kind: type[Shown], version: str) -> Shown:
        """Return what is shown under a version. Raises LookupError for one that is gone."""
        for each in self.session.state.shown:
            if isinstance(each, kind) and each.version == version:
                return each
        raise LookupError(version)


READ: Mapping[str, Callable[[Answers, str, Query], Answer]] = {
    "page": Answers.picture,
    "words": Answers.words,
    "book": Answers.chapter,
    "source": Answers.source,
    "place": Answers.place,
    "again": Answers.again,
}
"""What may be asked for, by the first part of its address."""


def _spot(pages: Pages, spot: Spot | None) -> dict[str, Any] | None:
    if spot is None:
        return None
    size = pages.sizes[spot.page - 1]
    left, top = spot.left + size.left, spot.top + size.top
    return {"page": spot.page, "box": [left, top, spot.width, spot.height], "at": spot.place}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

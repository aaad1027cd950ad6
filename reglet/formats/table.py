"""The formats reglet makes: one row each. A new format is one room and one row here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from reglet.model.diagnostic import Outcome
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.workshop import Workshop

OnPage = Callable[[int], None]
"""Told how many pages are set, as they come."""


class LaidOut(Protocol):
    """An edition that is yet to be written."""

    @property
    def anchors(self) -> Mapping[str, int] | None:
        """The page, from 1, of each identifier; None where a format has no pages."""

    def write(self) -> Outcome[Built | None]:
        """Write it."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What laying out needs beside the text: hands, somebody to tell, and the pages cited.

    `paged` is the file whose pages are the report's, where one is made.
    """

    workshop: Workshop
    on_page: OnPage
    paged: Built | None = None


LayOut = Callable[[Markup, Document, Project, Workplace], Outcome[LaidOut | None]]

Gather = Callable[[Project, Edition, Sequence[Built]], Outcome[Built | None]]


def _pdf(
    markup: Markup, document: Document, project: Project, place: Workplace
) -> Outcome[LaidOut | None]:
    from reglet.formats.pdf.edition import lay_out_pdf  # heavy: the page engine

    found = lay_out_pdf(markup, document, project, place.workshop, place.on_page)
    return Outcome(found.value, found.diagnostics)


@dataclass(frozen=True, slots=True)
class _Book:
    """An EPUB that is yet to be made."""

    markup: Markup
    document: Document
    project: Project
    paged: Built | None
    anchors: None = None

    def write(self) -> Outcome[Built | None]:
        from reglet.formats.epub.cover import look
        from reglet.formats.epub.edition import set_epub  # heavy: EbookLib
        from reglet.tokens import load_tokens

        tokens = load_tokens(self.markup.edition, self.project.templates).value
        images = self.project.images
        return set_epub(self.markup, self.document.report, images, self.paged, look(tokens))


def _epub(
    markup: Markup, document: Document, project: Project, place: Workplace
) -> Outcome[LaidOut | None]:
    return Outcome(_Book(markup, document, project, place.paged))


def _wrap(project: Project, edition: Edition, builts: Sequence[Built]) -> Outcome[Built | None]:
    from reglet.formats.wrap import cover_wrap  # heavy: codes

    return cover_wrap(project, edition, builts)


def _web(project: Project, edition: Edition, builts: Sequence[Built]) -> Outcome[Built | None]:
    from reglet.formats.web import web_page  # heavy: fonts

    return web_page(project.report, edition, builts, project.templates)


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is made: laid out from the text, or by `gather` of the other files.

    What `offers` them is made when all else is proven. Those that list the
    pages of another are made after it.
    """

    suffix: str
    lay_out: LayOut | None
    gather: Gather | None = None
    offers: bool = False
    lists_pages: bool = False


FORMATS: dict[str, Format] = {
    "pdf": Format("pdf", _pdf),
    "epub": Format("epub", _epub, lists_pages=True),
    "wrap": Format("pdf", None, _wrap),
    "web": Format("html", None, _web, offers=True),
}

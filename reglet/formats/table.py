"""The formats reglet makes: one row each. A new format is one room and one row here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reglet.model.diagnostic import Outcome
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Project
from reglet.model.report import Edition

OnPage = Callable[[int], None]
"""Told the number of each page, from 1, as it is set."""

Set = Callable[[Markup, Document, Project, OnPage, Built | None], Outcome[Built | None]]
"""Given, last, the file whose pages are the report's, where one is made."""

Gather = Callable[[Project, Edition, Sequence[Built]], Outcome[Built | None]]


def _pdf(
    markup: Markup, document: Document, project: Project, on_page: OnPage, _paged: Built | None
) -> Outcome[Built | None]:
    from reglet.formats.pdf.edition import set_pdf  # heavy: the page engine

    return set_pdf(markup, document, project, on_page)


def _epub(
    markup: Markup, document: Document, project: Project, _on_page: OnPage, paged: Built | None
) -> Outcome[Built | None]:
    from reglet.formats.epub.cover import look
    from reglet.formats.epub.edition import set_epub  # heavy: EbookLib
    from reglet.tokens import load_tokens

    tokens = load_tokens(markup.edition, project.templates).value
    return set_epub(markup, document.report, project.images, paged, look(tokens))


def _wrap(project: Project, edition: Edition, builts: Sequence[Built]) -> Outcome[Built | None]:
    from reglet.formats.wrap import cover_wrap  # heavy: codes

    return cover_wrap(project, edition, builts)


def _web(project: Project, edition: Edition, builts: Sequence[Built]) -> Outcome[Built | None]:
    from reglet.formats.web import web_page  # heavy: fonts

    return web_page(project.report, edition, builts, project.templates)


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is made: set from the text, or by `gather` of the other files.

    What `offers` them is made when all else is proven. Those that list the
    pages of another are made after it.
    """

    suffix: str
    set: Set | None
    gather: Gather | None = None
    offers: bool = False
    lists_pages: bool = False


FORMATS: dict[str, Format] = {
    "pdf": Format("pdf", _pdf),
    "epub": Format("epub", _epub, lists_pages=True),
    "wrap": Format("pdf", None, _wrap),
    "web": Format("html", None, _web, offers=True),
}

"""The formats reglet makes: one row each. A new format is one room and one row here."""

from collections.abc import Callable
from dataclasses import dataclass

from reglet.model.diagnostic import Outcome
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Project

OnPage = Callable[[int], None]
"""Told the number of each page, from 1, as it is set."""

Set = Callable[[Markup, Document, Project, OnPage, Built | None], Outcome[Built | None]]
"""Given, last, the file whose pages are the report's, where one is made."""


def _pdf(
    markup: Markup, document: Document, project: Project, on_page: OnPage, _paged: Built | None
) -> Outcome[Built | None]:
    from reglet.formats.pdf.edition import set_pdf  # heavy: the page engine

    return set_pdf(markup, document, project.images, on_page, project.attached)


def _epub(
    markup: Markup, document: Document, project: Project, _on_page: OnPage, paged: Built | None
) -> Outcome[Built | None]:
    from reglet.formats.epub.edition import set_epub  # heavy: EbookLib

    return set_epub(markup, document.report, project.images, paged)


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is made; formats without `set` are made of the other files.

    Those that list the pages of another are made after it.
    """

    suffix: str
    set: Set | None
    lists_pages: bool = False


FORMATS: dict[str, Format] = {
    "pdf": Format("pdf", _pdf),
    "epub": Format("epub", _epub, lists_pages=True),
    "web": Format("html", None),
}

"""The formats reglet makes: one row each. A new format is one room and one row here."""

from collections.abc import Callable
from dataclasses import dataclass

from reglet.model.diagnostic import Outcome
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Project

OnPage = Callable[[int], None]
"""Told the number of each page, from 1, as it is set."""

Set = Callable[[Markup, Document, Project, OnPage], Outcome[Built | None]]


def _pdf(
    markup: Markup, document: Document, project: Project, on_page: OnPage
) -> Outcome[Built | None]:
    from reglet.formats.pdf.edition import set_pdf  # heavy: the page engine

    return set_pdf(markup, document, project, on_page)


def _epub(
    markup: Markup, document: Document, project: Project, _on_page: OnPage
) -> Outcome[Built | None]:
    from reglet.formats.epub.edition import set_epub  # heavy: EbookLib

    return set_epub(markup, document.report, project.images)


@dataclass(frozen=True, slots=True)
class Format:
    """How a kind of file is made; formats without `set` are made of the other files."""

    suffix: str
    set: Set | None


FORMATS: dict[str, Format] = {
    "pdf": Format("pdf", _pdf),
    "epub": Format("epub", _epub),
    "web": Format("html", None),
}

"""An edition's markup in, its pages out; or why there can be none, each fault told."""

from collections.abc import Callable
from xml.etree.ElementTree import ParseError

from reglet.formats.pdf.admission import DEEPEST, refusals
from reglet.formats.pdf.engine import Pages, TooDeepError, lay_out
from reglet.model.diagnostic import Outcome, diagnose
from reglet.model.document import Markup
from reglet.model.limits import raise_hint
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.tokens import find_template, lineage


class _TooManyPagesError(Exception):
    """An edition has more pages than it may."""


def lay_out_edition(
    markup: Markup, project: Project, on_page: Callable[[int], None] = lambda _: None
) -> Outcome[Pages | None]:
    """Lay out markup that may be set, in no more pages than there may be."""
    edition, most = markup.edition, project.report.limits["pages"]
    place = Span(f"edition {edition.name}")
    if refused := refusals(edition.name, markup.whole, markup.stylesheet):
        return Outcome(None, refused)
    try:
        counted = _counted(on_page, most)
        return Outcome(lay_out(markup.whole, markup.stylesheet, project.images, counted))
    except _TooManyPagesError:
        told = {"name": edition.name, "limit": f"{most:,}"}
        fault = diagnose("page-limit", place, raise_hint("pages"), **told)
    except TooDeepError:
        fault = diagnose("deep-markup", place, page=place.path, limit=DEEPEST)
    except ParseError as error:
        page = _book(edition, project)
        place = Span(f"templates/{page}")
        fault = diagnose("bad-markup", place, page=page, reason=str(error))
    return Outcome(None, (fault,))


def _book(edition: Edition, project: Project) -> str:
    """Return the path of the template that holds all pages of an edition."""
    line = lineage(edition.theme, project.templates, edition.span).value
    found = find_template(line, edition.format, "book.html", project.templates)
    return found or f"{edition.theme}/{edition.format}/book.html"


def _counted(on_page: Callable[[int], None], most: int) -> Callable[[int], None]:
    """Pass the number of each page on; one too many raises _TooManyPagesError."""

    def count(page: int) -> None:
        if page > most:
            raise _TooManyPagesError
        on_page(page)

    return count

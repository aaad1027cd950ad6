"""An edition's markup in, its pages out; or why there can be none, each fault told."""

from collections.abc import Callable
from typing import TypeVar
from xml.etree.ElementTree import ParseError

from reglet.formats.pdf.admission import DEEPEST, refusals
from reglet.formats.pdf.engine import Pages, TooDeepError, lay_out
from reglet.formats.pdf.page_limit import TooManyPagesError, counted
from reglet.model.diagnostic import Outcome, diagnose
from reglet.model.document import Markup
from reglet.model.limits import raise_hint
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.tokens import find_template, lineage
from reglet.workshop import LostWorkerError

T = TypeVar("T")


def lay_out_edition(markup: Markup, project: Project) -> Outcome[Pages | None]:
    """Lay markup out as one, in no more pages than there may be."""
    count = counted(project.report.limits)
    return admitted(
        markup,
        project,
        lambda: lay_out(markup.whole, markup.stylesheet, project.images, count),
    )


def admitted(markup: Markup, project: Project, work: Callable[[], T]) -> Outcome[T | None]:
    """Do the work of laying out markup, if it may be set; tell what comes of it where it fails."""
    edition = markup.edition
    place = Span(f"edition {edition.name}")
    if refused := refusals(edition.name, markup.whole, markup.stylesheet):
        return Outcome(None, refused)
    try:
        return Outcome(work())
    except TooManyPagesError:
        told = {"name": edition.name, "limit": f"{project.report.limits['pages']:,}"}
        fault = diagnose("page-limit", place, raise_hint("pages"), **told)
    except LostWorkerError as lost:
        part = getattr(lost.item, "name", "")
        fault = diagnose("lost-worker", place, part=part)
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

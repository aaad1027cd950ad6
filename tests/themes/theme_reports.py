"""Reports in any theme and on any page, as the engine lays them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from conftest import ROOT

from reglet.model.document import Document, Markup
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.render import render
from reglet.resolve.document import resolve
from reglet.resolve.settle import settle
from reglet.source.project import load
from reglet.source.templates import house_templates, read_templates
from reglet.text.section import parse, parse_inline

THEMES = ("inquiry", "plain", "brief")
SIZES = ("A4", "6in 9in", "A5")
TEMPLATES: Mapping[str, str] = read_templates(house_templates()).value


@dataclass(frozen=True)
class Case:
    """A report in a theme, for a format, on a page."""

    folder: Path
    theme: str
    format: str = "pdf"
    page: str = "A4"

    @property
    def edition(self) -> Edition:
        return Edition("screen", self.format, self.theme, settings={"page": self.page})


@cache
def resolved(folder: Path) -> tuple[Project, Document]:
    project = load(folder).value
    assert project is not None
    sections = [parse(file, project.report.lang).value for file in project.files]
    return project, resolve(project, sections, parse_inline).value


def rendered(case: Case) -> Markup:
    project, document = resolved(case.folder)
    outcome = render(settle(document, case.edition), case.edition, project.templates, {})
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def laid_out(case: Case) -> list[Any]:
    """Return the engine's page boxes."""
    from reglet.formats.pdf.engine import lay_out

    markup = rendered(case)
    pages = lay_out(markup.whole, markup.stylesheet, resolved(case.folder)[0].images)
    assert pages.remarks == []
    return [page._page_box for page in pages.document.pages]


REPORT = ROOT / "tests" / "cases" / "themes"

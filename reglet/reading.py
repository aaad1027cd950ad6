"""A report's folder in, the report as it was read out: loaded, parsed, and resolved at need."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reglet.deadline import within
from reglet.ledger import Ledger
from reglet.model.document import Document, Section
from reglet.model.limits import USUAL
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.progress import Onlooker
from reglet.warm import Warm

if TYPE_CHECKING:
    from reglet.source.fetched import Net

REPORT = Span("report.yaml")


@dataclass(slots=True)
class Reading:
    """A report as it was read, and what it is resolved to for its editions."""

    project: Project
    sections: Sequence[Section]
    ledger: Ledger
    warm: Warm
    documents: dict[bool, Document] = field(default_factory=dict)  # with addresses as notes, or not
    onlooker: Onlooker | None = None
    net: "Net | None" = None

    def document(self, edition: Edition | None = None) -> Document:
        """Return the report resolved for an edition, which may have notes that others have not."""
        from reglet.resolve.document import resolve
        from reglet.text.section import parse_inline
        from reglet.theme import notes_addresses

        noted = edition is not None and notes_addresses(edition, self.project.templates)
        if noted not in self.documents:
            self.ledger.stage("resolving")
            net = self.net = self.net or self._net()
            resolved = resolve(
                self.project, self.sections, parse_inline, noted_addresses=noted, fetch=net.picture
            )
            self.documents[noted] = self.ledger.take(resolved)
            self.project = net.brought()
        return self.documents[noted]

    def _net(self) -> "Net":
        from reglet.source.fetched import Net

        tell = partial(self.ledger.stage, "fetching")
        return Net(self.project, self.warm.allowed, self.warm.answers, tell)


def load_report(folder: Path, ledger: Ledger) -> Project | None:
    """Load the report in a folder; None where there is none."""
    from reglet.source.project import load
    from reglet.tokens import check_themes

    ledger.stage("loading", str(folder))
    with within(USUAL, "edition-seconds", "loading the report", REPORT):
        project = ledger.take(load(folder))
    if project is None:
        return None
    report = project.report
    ledger.follow(replace(ledger.levels, own=report.levels))
    with within(report.limits, "edition-seconds", "reading the themes", REPORT):
        ledger.add(check_themes(project))
    return project


def read_report(project: Project, ledger: Ledger, warm: Warm) -> Reading:
    """Parse and resolve a report that is loaded."""
    from reglet.text.section import parse

    report = project.report
    warm.begin(report, project.files)
    sections: list[Section] = []
    for file in project.files:
        ledger.stage("parsing", file.path)
        with within(report.limits, "section-seconds", "reading this section", Span(file.path)):
            how = partial(parse, file, report.lang, report.limits)
            sections.append(ledger.take(warm.section(file, report.lang, how)))
    found = Reading(project, sections, ledger, warm)
    with within(report.limits, "edition-seconds", "putting the report together", REPORT):
        found.document()
    return found

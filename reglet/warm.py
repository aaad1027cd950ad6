"""What one process keeps of a report from one build to the next, to do again only what is new.

In come the files and markup of a build; out goes what was made of the same before. A build that
begins with nothing kept makes the same files.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reglet.model.diagnostic import Outcome
from reglet.model.document import Section
from reglet.model.project import SourceFile
from reglet.model.report import Report
from reglet.rendered import Rendered
from reglet.resolve.paging import Paging
from reglet.workshop import Workshop

if TYPE_CHECKING:
    from reglet.source.net import Answer
    from reglet.source.origins import Origin

Parse = Callable[[], Outcome[Section]]


@dataclass(slots=True)
class Warm:
    """All that is kept of one report, and the workshop that its builds share.

    Where `placed`, its files are for previews: their words tell their place in the source.
    Pictures are fetched from the hosts `allowed`, and kept in `answers`.
    """

    workshop: Workshop
    placed: bool = False
    allowed: "frozenset[Origin]" = frozenset()
    answers: "dict[str, Answer]" = field(default_factory=dict)
    parsed: dict[tuple[SourceFile, str], Outcome[Section]] = field(default_factory=dict)
    limits: object = None
    rendered: dict[str, Rendered] = field(default_factory=dict)  # by the names of editions
    pagings: dict[str, Paging] = field(default_factory=dict)

    def begin(self, report: Report, files: tuple[SourceFile, ...]) -> None:
        """Let go of what the last build has not used, and was parsed of other files than these."""
        self.workshop.forget_unused()
        wanted = {(file, report.lang) for file in files}
        same = self.limits == report.limits
        self.parsed = {key: found for key, found in self.parsed.items() if same and key in wanted}
        self.limits = report.limits

    def section(self, file: SourceFile, lang: str, parse: Parse) -> Outcome[Section]:
        """Return what was parsed of a file, or parse it now."""
        key = file, lang
        if key not in self.parsed:
            self.parsed[key] = parse()
        return self.parsed[key]

    def begin_edition(self) -> None:
        """Let go of the stretches of other editions, unless they will be wanted again soon."""
        if not self.placed:
            self.workshop.forget()

    def pieces(self, edition: str) -> Rendered:
        """Return the pieces of an edition."""
        return self.rendered.setdefault(edition, Rendered(self.placed))

    def resumed(self, fresh: Paging) -> Paging | None:
        """Return the pages of an edition as its last build left them, for the same document."""
        known = self.pagings.get(fresh.edition.name)
        if known is None or known.edition != fresh.edition:
            return None
        return replace(known, document=fresh.document, labels=fresh.labels)

"""Markup of the whole report in, one tagged PDF out, with the place of every note and anchor.

Pages are laid out and drawn first, stretch by stretch; the file is written when nothing that it
prints of its own pages changes any more.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from reglet.formats.clock import moment
from reglet.formats.names import filename
from reglet.formats.pdf.archive import Attached
from reglet.formats.pdf.divide import divide, named
from reglet.formats.pdf.engine import Pages, lay_out
from reglet.formats.pdf.gaps import half_empty_pages
from reglet.formats.pdf.glyphs import missing_glyphs
from reglet.formats.pdf.kept import KEEPING
from reglet.formats.pdf.laying import admitted
from reglet.formats.pdf.page_limit import counted
from reglet.formats.pdf.press.finish import finish
from reglet.formats.pdf.press.resolution import coarse_pictures
from reglet.formats.pdf.press.sheet import Sheet, read_sheet
from reglet.formats.pdf.setting import read, set_stretch
from reglet.formats.pdf.settled import Settled, settle
from reglet.formats.pdf.slots import STYLE
from reglet.formats.pdf.stretch import Setting, Supplies, Task
from reglet.formats.pdf.writing import Making, write, write_joined
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Built, Document, Markup
from reglet.model.project import Project, SourceFile
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.tokens import load_tokens
from reglet.workshop import Workshop

WHOLE = ("ua-2",)
"""Standards of editions that are laid out as one."""


def lay_out_pdf(
    markup: Markup,
    document: Document,
    project: Project,
    workshop: Workshop,
    on_page: Callable[[int], None] = lambda _: None,
) -> Outcome["LaidOut | None"]:
    """Set `markup` in pages; `on_page` is told how many there are, as they come."""
    sheet = _sheet(markup.edition, project)
    if sheet.diagnostics:
        return Outcome(None, sheet.diagnostics)
    at_foot = markup.edition.placing == "foot"
    like = Task(
        name="",
        markup="",
        stylesheet=STYLE + markup.stylesheet,
        listed=frozenset() if at_foot else frozenset(document.notes),
        tagged=sheet.value is None,
        at_foot=at_foot,
    )
    count = counted(project.report.limits, on_page)

    supplies = Supplies(project.images, project.report.limits, markup.edition.name)

    def make(tasks: Sequence[Task]) -> list[Setting]:
        return workshop.make(set_stretch, tasks, supplies, KEEPING, _counter(count))

    def lay() -> LaidOut:
        if markup.edition.held in WHOLE:
            return _whole(markup, document, project, like, count)
        division = divide(markup, workshop)
        settled = settle(division, like, make)
        return LaidOut(markup, document, project, sheet.value, settled, head=division.head)

    return admitted(markup, project, lay)


def _whole(
    markup: Markup,
    document: Document,
    project: Project,
    task: Task,
    on_page: Callable[[int], None],
) -> "LaidOut":
    """Lay a report out as one, for tags that refer to each other through the whole file."""
    pages = lay_out(named(markup), task.stylesheet, project.images, on_page)
    settled = Settled((Setting(read(pages, task), tuple(pages.remarks)),))
    return LaidOut(markup, document, project, None, settled, pages=pages)


def _counter(on_page: Callable[[int], None]) -> Callable[[Setting], None]:
    """Return what tells `on_page` how many pages have been set."""
    pages = 0

    def count(setting: Setting) -> None:
        nonlocal pages
        pages += len(setting.seen.heights)
        on_page(pages)

    return count


@dataclass(frozen=True, slots=True)
class LaidOut:
    """An edition in pages that are yet to be written, on a `sheet` where it is for the press.

    They are stretches to be joined below a `head`, or the engine's own `pages`.
    """

    markup: Markup
    document: Document
    project: Project
    sheet: Sheet | None
    settled: Settled
    head: str = ""
    pages: Pages | None = None

    @property
    def anchors(self) -> Mapping[str, int]:
        """Map each identifier to the first page, from 1, that it stands on."""
        return self.settled.anchors

    def write(self) -> Outcome[Built | None]:
        """Write the pages to the standard of their edition, and account for the report's notes.

        That is PDF/UA and PDF/A, the project's data within; or PDF/X-4, on sheets as the theme
        has them.
        """
        made = moment(self.document.report)
        data, count = self._data(made.value.strftime("%Y-%m-%dT%H:%M:%SZ"))
        notes = [id for id, note in self.document.notes.items() if note.series != "below"]
        built = Built(
            edition=self.markup.edition,
            filename=filename(self.document.report, self.markup.edition, "pdf"),
            media_type="application/pdf",
            data=data,
            pages=count,
            anchors=self.settled.anchors,
            placed=self.settled.placed(notes),
            printed=self.settled.printed(),
            spots=self.settled.spots(),
        )
        return Outcome(built, (*made.diagnostics, *self._told()))

    def _data(self, dated: str) -> tuple[bytes, int]:
        """Return the file and how many pages it has."""
        project, settings = self.project, self.settled.settings
        texts = (*(file.text for file in project.attached), self.markup.whole)
        identifier = sha256("".join((*texts, self.markup.stylesheet)).encode()).hexdigest()[:32]
        if self.sheet is not None:
            plain = write_joined(
                self.head, settings, self.anchors, Making(dated=dated, standard="x-4")
            )
            return finish(plain, self.sheet, identifier, dated)
        files = [_described(file, self.document.report.title) for file in project.attached]
        made = Making(identifier.encode(), dated, files, self.markup.edition.held)
        written = (
            write(self.pages, made)
            if self.pages
            else write_joined(self.head, settings, self.anchors, made)
        )
        return written, self.settled.pages

    def _told(self) -> Iterator[Diagnostic]:
        files = (*self.project.files, *self.project.attached)
        yield from half_empty_pages(self.settled.gaps, self.document, self.markup.edition.name)
        yield from missing_glyphs(self.document, files)
        if self.sheet is not None:
            yield from coarse_pictures(self.settled.pictures, self.document, self.project.images)
        remarks = [remark for setting in self.settled.settings for remark in setting.remarks]
        yield from _translated(remarks, self.markup)


def _sheet(edition: Edition, project: Project) -> Outcome[Sheet | None]:
    """Return the sheets that the edition's pages are to be on; none but for a press."""
    if edition.standard != "x-4":
        return Outcome(None)
    tokens = load_tokens(edition, project.templates).value
    return read_sheet(tokens, edition.span, project.profiles)


def _described(file: SourceFile, title: str) -> Attached:
    """Say of a file of the report's folder what it is to the report."""
    data = file.text.encode()
    if file.path.startswith("sources."):
        return Attached(file.path, data, "Source", f"{file.path}: works cited in {title}")
    return Attached(file.path, data, "Data", f"{file.path}: data of {title}")


def _translated(remarks: Iterable[str], markup: Markup) -> Iterator[Diagnostic]:
    """Turn lines of the engine's log into diagnostics of ours, but those of missing glyphs."""
    for remark in dict.fromkeys(remarks):
        if ".notdef" not in remark:
            reason = re.sub(r"\s+", " ", remark).strip()
            yield diagnose("engine-warning", Span(f"edition {markup.edition.name}"), reason=reason)

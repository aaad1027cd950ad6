"""A report's folder in, its finished editions out: the stages in order, and nothing of their work.

Alone knows the flow; each stage returns its value and what it found, and errors end the build
before anything is written.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from reglet.deadline import within
from reglet.ledger import Ledger
from reglet.model.diagnostic import Outcome, diagnose, nearest
from reglet.model.document import Built, Document, Markup, Proof, Section
from reglet.model.limits import USUAL
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.model.result import BuildResult, NoteCount
from reglet.model.span import NOWHERE, Span
from reglet.progress import Onlooker, Progress
from reglet.workshop import Workshop, opened

REPORT = Span("report.yaml")
PRESS = "x-4"
MOST_PASSES = 9  # layouts until what depends on pages has settled


def build(  # noqa: PLR0913 - one for each option of the command
    folder: Path,
    *,
    editions: Sequence[str] = (),
    output: Path | None = None,
    depth: str = "light",
    unproven: bool = False,
    strict: bool = False,
    jobs: int | None = None,
    keeps: bool = True,
    sign: Callable[[bytes], bytes] | None = None,
    progress: Progress,
) -> Outcome[BuildResult | None]:
    """Build the editions of the report in `folder`: all of them, or those named.

    Nothing is written unless every edition could be made and holds what it promises; or, told
    `unproven`, what does not is marked so in its name, and its faults are warnings. Told `strict`,
    warnings are errors. At `depth` "full" the programs that are installed are asked, too, and not
    reglet's own checks alone. `sign` adds a signature behind each PDF that is to be read. Work is
    done in `jobs` processes, as many as there are processors where no number is given. What was
    made of the same input before is not made again, and what is made is kept, unless told not to.
    """
    ledger = Ledger(progress, strict=strict)
    asked = _Asked(depth, unproven, sign)

    def work() -> BuildResult | None:
        from reglet.write import no_room

        try:
            with opened(jobs, keeps=keeps) as workshop:
                read = partial(_read, folder, ledger, workshop)
                return _build(read, editions, output, asked, ledger)
        except OSError as error:
            if (fault := no_room(error)) is None:
                raise
            ledger.add([fault])
        return None

    return ledger.run(work, None)


def _build(
    reading: Callable[[], "_Report | None"],
    editions: Sequence[str],
    output: Path | None,
    asked: "_Asked",
    ledger: Ledger,
) -> BuildResult | None:
    """Go through the stages; none after one that fails. Raises LimitError."""
    from reglet.write import write

    started = time.monotonic()
    read = reading()
    chosen = _choose(read.project, editions, ledger) if read else ()
    if read is None or ledger.failed:
        return None
    builts = _set(read, chosen, ledger)
    if ledger.failed:
        return None
    builts, proofs = _proven(tuple(map(asked.signed, builts)), read, asked)
    if not ledger.failed:
        builts = _offer(read, builts, proofs, chosen, asked)
    if ledger.failed:
        return None
    ledger.stage("writing")
    files = ledger.take(write(builts, output or Path(read.project.root) / "output"))
    seconds = time.monotonic() - started
    return None if ledger.failed else BuildResult(files, proofs, _count(read, builts), seconds)


@dataclass(frozen=True, slots=True)
class _Asked:
    """How a build's files are to be finished: proven by whom, published if they fail, signed."""

    depth: str
    unproven: bool
    sign: Callable[[bytes], bytes] | None

    def signed(self, built: Built) -> Built:
        """Sign a file that readers get; what is for the press is set anew by machines."""
        if self.sign is None or built.edition.format != "pdf" or built.edition.held == PRESS:
            return built
        return replace(built, data=self.sign(built.data), unsigned=len(built.data))


def _proven(
    builts: tuple[Built, ...], read: "_Report", asked: _Asked
) -> tuple[tuple[Built, ...], tuple[Proof, ...]]:
    """Prove files; return them, named for what they lack where `unproven`, and their proofs."""
    from reglet.proof.gate import Depth, mark_unproven, prove

    read.ledger.stage("proving", ", ".join(built.filename for built in builts))
    proofs = prove(builts, read.document, Depth(asked.depth), read.workshop)
    builts, proofs = mark_unproven(builts, proofs) if asked.unproven else (builts, proofs)
    return builts, read.ledger.take(proofs)


def check(
    folder: Path, *, strict: bool = False, progress: Progress | None = None
) -> Outcome[Document | None]:
    """Find every mistake that can be found without setting a page; `strict` as in `build`."""
    from reglet.progress import NoProgress

    ledger = Ledger(progress or NoProgress(), strict=strict)

    def work() -> Document | None:
        read = _read(folder, ledger, Workshop(jobs=1))
        return read.document() if read else None

    return ledger.run(work, None)


def preview(folder: Path, editions: Sequence[Edition]) -> Outcome[tuple[Built, ...]]:
    """Set editions, which report.yaml need not name, and prove nothing: files to look at."""
    from reglet.progress import NoProgress

    ledger = Ledger(NoProgress())

    def work() -> tuple[Built, ...]:
        with opened() as workshop:
            read = _read(folder, ledger, workshop)
            return _set(read, editions, ledger) if read and not ledger.failed else ()

    return ledger.run(work, ())


def show(folder: Path, onlooker: Onlooker) -> Outcome[None]:
    """Set the editions that an onlooker chooses; it sees each as soon as it is made.

    They are as `preview` makes them, and tell where in the source their words come from.
    """
    ledger = Ledger(onlooker)

    def work() -> None:
        read = _read(folder, ledger, workshop)
        if read is None:
            return
        read.onlooker = onlooker
        chosen = onlooker.choose(read.project.report, ledger.close(None).diagnostics)
        if not ledger.failed:
            _set(read, chosen, ledger)

    with opened() as workshop:
        return ledger.run(work, None)


@dataclass(slots=True)
class _Report:
    """A report as it was read, and what it is resolved to for its editions."""

    project: Project
    sections: Sequence[Section]
    ledger: Ledger
    workshop: Workshop
    documents: dict[bool, Document] = field(default_factory=dict)  # with addresses as notes, or not
    onlooker: Onlooker | None = None

    @property
    def shown(self) -> bool:
        """Tell whether the editions are to say where their words come from."""
        return self.onlooker is not None

    def document(self, edition: Edition | None = None) -> Document:
        """Return the report resolved for an edition, which may have notes that others have not."""
        from reglet.resolve.document import resolve
        from reglet.text.section import parse_inline
        from reglet.theme import notes_addresses

        noted = edition is not None and notes_addresses(edition, self.project.templates)
        if noted not in self.documents:
            self.ledger.stage("resolving")
            self.documents[noted] = self.ledger.take(
                resolve(self.project, self.sections, parse_inline, noted_addresses=noted)
            )
        return self.documents[noted]


def _read(folder: Path, ledger: Ledger, workshop: Workshop) -> _Report | None:
    """Load, parse and resolve."""
    from reglet.source.project import load
    from reglet.text.section import parse
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
    sections: list[Section] = []
    for file in project.files:
        ledger.stage("parsing", file.path)
        with within(report.limits, "section-seconds", "reading this section", Span(file.path)):
            sections.append(ledger.take(parse(file, report.lang, report.limits)))
    read = _Report(project, sections, ledger, workshop)
    with within(report.limits, "edition-seconds", "putting the report together", REPORT):
        read.document()
    return read


def _choose(project: Project, names: Sequence[str], ledger: Ledger) -> tuple[Edition, ...]:
    """Pick the editions named on the command line; all of them where none is."""
    known = {edition.name: edition for edition in project.report.editions}
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"editions: {', '.join(known)}"
            ledger.add([diagnose("unknown-edition", NOWHERE, hint, name=name)])
    return tuple(known[name] for name in (names or known) if name in known)


def _set(
    read: _Report,
    editions: Sequence[Edition],
    ledger: Ledger,
) -> tuple[Built, ...]:
    """Make every edition's file but the pages that offer them."""
    from reglet.formats.table import FORMATS

    builts: list[Built] = []
    for edition in sorted(editions, key=lambda edition: FORMATS[edition.format].lists_pages):
        place = Span(f"edition {edition.name}")
        with within(read.project.report.limits, "edition-seconds", "setting this edition", place):
            built = _set_edition(read, edition, _paged(builts), ledger)
        builts += [built] if built else []
        if built and read.onlooker:
            read.onlooker.made(built)
    builts.sort(key=lambda built: editions.index(built.edition))
    gathered = [edition for edition in editions if not FORMATS[edition.format].offers]
    return tuple(builts + _gather(read.project, builts, gathered, ledger))


def _gather(
    project: Project,
    builts: Sequence[Built],
    editions: Sequence[Edition],
    ledger: Ledger,
) -> list[Built]:
    """Make those editions that are made of the others' files."""
    from reglet.formats.table import FORMATS

    made: list[Built] = []
    for edition in editions:
        if gather := FORMATS[edition.format].gather:
            ledger.stage("setting", edition.name)
            place = Span(f"edition {edition.name}")
            with within(project.report.limits, "edition-seconds", "setting this edition", place):
                built = ledger.take(gather(project, edition, tuple(builts)))
            made += [built] if built else []
    return made


def _offer(
    read: "_Report",
    builts: Sequence[Built],
    proofs: Sequence[Proof],
    editions: Sequence[Edition],
    asked: _Asked,
) -> tuple[Built, ...]:
    """Add the pages that offer the files, what was proven of them, and the list of it all."""
    from reglet.formats.proof_page import proof_page
    from reglet.formats.table import FORMATS
    from reglet.manifest.make import make_manifest
    from reglet.proof.record import record_build

    project, ledger = read.project, read.ledger
    offering = [edition for edition in editions if FORMATS[edition.format].offers]
    offered = _gather(project, builts, offering, ledger)
    files = {built.filename: built.data for built in builts}
    told = ledger.take(proof_page(project.report, files, proofs, project.templates))
    whole = (*builts, *offered, record_build(builts, proofs), *([told] if told else []))
    listed = make_manifest(project, whole, editions, depth=asked.depth, unproven=asked.unproven)
    return (*whole, listed)


def _paged(builts: Sequence[Built]) -> Built | None:
    """Return the file whose pages are cited: the edition `screen`, or the first with pages."""
    paged = [built for built in builts if built.pages is not None]
    return next(iter(sorted(paged, key=lambda built: built.edition.name != "screen")), None)


def _set_edition(
    read: _Report,
    edition: Edition,
    paged: Built | None,
    ledger: Ledger,
) -> Built | None:
    """Render and set one edition, until all that it prints of its pages is as they have it."""
    from reglet.formats.table import FORMATS, LaidOut, Workplace
    from reglet.render import render
    from reglet.resolve.paging import Paging
    from reglet.theme import load_labels

    lay_out = FORMATS[edition.format].lay_out
    if lay_out is None:
        return None
    project, document = read.project, read.document(edition)
    paging = Paging(document, edition, load_labels(project.templates, document.report.lang).value)
    tell = partial(ledger.stage, "setting", edition.name)
    place = Workplace(read.workshop, tell, paged)
    read.workshop.forget()
    last: LaidOut | None = None
    printed: Markup | None = None
    wrong = 0

    for _ in range(MOST_PASSES):
        ledger.stage("rendering", edition.name)
        settled = paging.settled()
        markup = ledger.take(
            render(settled, edition, project.templates, paging.numbers, placed=read.shown)
        )
        if markup is None:
            return None
        if last and markup == printed:
            break
        ledger.stage("setting", edition.name)
        last, printed = ledger.take(lay_out(markup, settled, project, place)), markup
        if last is None:
            return None
        if last.anchors is None:
            break
        anchors = last.anchors
        wrong = sum(paging.pages.get(name) != anchors.get(name) for name in markup.page_of)
        paging.learn(anchors)
    else:
        ledger.add([diagnose("unsettled-pages", Span(f"edition {edition.name}"), count=wrong)])
    return ledger.take(last.write()) if last else None


def _count(read: _Report, builts: Sequence[Built]) -> NoteCount:
    document = read.document()
    placed = []
    for built in builts:
        if built.edition.placing == "foot":
            notes = read.document(built.edition).notes
            placed += [note for note in built.placed if note.note in notes]
    return NoteCount(
        notes=len(document.notes),
        calls=sum(len(note.calls) for note in document.notes.values()),
        placed=len(placed),
        on_call_page=sum(note.call_page == note.note_page for note in placed),
        continued=sum(note.continued for note in placed),
    )

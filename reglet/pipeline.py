"""A report's folder in, its finished editions out: the stages in order, and nothing of their work.

Alone knows the flow; each stage returns its value and what it found, and errors end the build
before anything is written.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from reglet.editions import gather, set_editions
from reglet.ledger import Ledger
from reglet.model.diagnostic import Outcome, diagnose, nearest
from reglet.model.document import Built, Document, Proof
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.model.result import BuildResult, NoteCount
from reglet.model.span import NOWHERE
from reglet.progress import Onlooker, Progress
from reglet.reading import Reading, read_report
from reglet.source.origins import Origin
from reglet.warm import Warm
from reglet.workshop import Workshop, opened

PRESS = "x-4"


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
    allowed: frozenset[Origin] = frozenset(),
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
    Pictures are fetched from the hosts `allowed`, and from no other.
    """
    ledger = Ledger(progress, strict=strict)
    asked = _Asked(depth, unproven, sign)

    def work() -> BuildResult | None:
        from reglet.write import no_room

        try:
            with opened(jobs, keeps=keeps) as workshop:
                read = partial(read_report, folder, ledger, Warm(workshop, allowed=allowed))
                return _build(read, editions, output, asked, ledger)
        except OSError as error:
            if (fault := no_room(error)) is None:
                raise
            ledger.add([fault])
        return None

    return ledger.run(work, None)


def _build(
    begin: Callable[[], Reading | None],
    editions: Sequence[str],
    output: Path | None,
    asked: "_Asked",
    ledger: Ledger,
) -> BuildResult | None:
    """Go through the stages; none after one that fails. Raises LimitError."""
    from reglet.write import leads_out, write

    started = time.monotonic()
    read = begin()
    chosen = _choose(read.project, editions, ledger) if read else ()
    if read is None:
        return None
    place = output or Path(read.project.root) / "output"
    ledger.add(() if output else leads_out(place))
    if ledger.failed:
        return None
    builts = set_editions(read, chosen)
    if ledger.failed:
        return None
    builts, proofs = _proven(tuple(map(asked.signed, builts)), read, asked)
    if not ledger.failed:
        builts = _offer(read, builts, proofs, chosen, asked)
    if ledger.failed:
        return None
    ledger.stage("writing")
    files = ledger.take(write(builts, place))
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
    builts: tuple[Built, ...], read: Reading, asked: _Asked
) -> tuple[tuple[Built, ...], tuple[Proof, ...]]:
    """Prove files; return them, named for what they lack where `unproven`, and their proofs."""
    from reglet.proof.gate import Depth, mark_unproven, prove

    read.ledger.stage("proving", ", ".join(built.filename for built in builts))
    proofs = prove(builts, read.document, Depth(asked.depth), read.warm.workshop)
    builts, proofs = mark_unproven(builts, proofs) if asked.unproven else (builts, proofs)
    return builts, read.ledger.take(proofs)


def check(
    folder: Path,
    *,
    strict: bool = False,
    allowed: frozenset[Origin] = frozenset(),
    progress: Progress | None = None,
) -> Outcome[Document | None]:
    """Find every mistake that can be found without setting a page; options as in `build`."""
    from reglet.progress import NoProgress

    ledger = Ledger(progress or NoProgress(), strict=strict)

    def work() -> Document | None:
        read = read_report(folder, ledger, Warm(Workshop(jobs=1), allowed=allowed))
        return read.document() if read else None

    return ledger.run(work, None)


def preview(folder: Path, editions: Sequence[Edition]) -> Outcome[tuple[Built, ...]]:
    """Set editions, which report.yaml need not name, and prove nothing: files to look at."""
    from reglet.progress import NoProgress

    ledger = Ledger(NoProgress())

    def work() -> tuple[Built, ...]:
        with opened() as workshop:
            read = read_report(folder, ledger, Warm(workshop))
            return set_editions(read, editions) if read and not ledger.failed else ()

    return ledger.run(work, ())


def show(folder: Path, onlooker: Onlooker, warm: Warm) -> Outcome[None]:
    """Set the editions that an onlooker chooses; it sees each as soon as it is made.

    They are as `preview` makes them. What is still `warm` from the time before is not made again.
    """
    ledger = Ledger(onlooker)

    def work() -> None:
        read = read_report(folder, ledger, warm)
        if read is None:
            return
        read.onlooker = onlooker
        chosen = onlooker.choose(read.project.report, ledger.close(None).diagnostics)
        if not ledger.failed:
            set_editions(read, chosen)

    return ledger.run(work, None)


def _choose(project: Project, names: Sequence[str], ledger: Ledger) -> tuple[Edition, ...]:
    """Pick the editions named on the command line; all of them where none is."""
    known = {edition.name: edition for edition in project.report.editions}
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"editions: {', '.join(known)}"
            ledger.add([diagnose("unknown-edition", NOWHERE, hint, name=name)])
    return tuple(known[name] for name in (names or known) if name in known)


def _offer(
    read: Reading,
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
    offered = gather(read, builts, offering)
    files = {built.filename: built.data for built in builts}
    told = ledger.take(proof_page(project.report, files, proofs, project.templates))
    whole = (*builts, *offered, record_build(builts, proofs), *([told] if told else []))
    listed = make_manifest(project, whole, editions, depth=asked.depth, unproven=asked.unproven)
    return (*whole, listed)


def _count(read: Reading, builts: Sequence[Built]) -> NoteCount:
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

"""A report's folder in, its finished editions out: the stages in order, and nothing of their work.

Alone knows the flow; each stage returns its value and what it found, and errors end the build
before anything is written.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reglet.editions import gather, set_editions
from reglet.ledger import Ledger
from reglet.model.diagnostic import Outcome, diagnose, nearest
from reglet.model.document import Built, Document, Proof
from reglet.model.project import Project
from reglet.model.report import Edition
from reglet.model.result import BuildResult, NoteCount
from reglet.model.span import NOWHERE
from reglet.progress import Onlooker, Progress
from reglet.reading import Reading, load_report, read_report
from reglet.source.origins import Origin
from reglet.warm import Warm
from reglet.workshop import Workshop, opened

if TYPE_CHECKING:
    from reglet.manifest.model import Manifest

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
    asked = _Asked(tuple(editions), output, depth, unproven, sign)

    def work() -> BuildResult | None:
        from reglet.write import no_room

        try:
            with opened(jobs, keeps=keeps) as workshop:
                return _build(folder, asked, ledger, Warm(workshop, allowed=allowed))
        except OSError as error:
            if (fault := no_room(error)) is None:
                raise
            ledger.add([fault])
        return None

    return ledger.run(work, None)


def _build(folder: Path, asked: "_Asked", ledger: Ledger, warm: Warm) -> BuildResult | None:
    """Build, unless what was built of the same still stands. Raises LimitError."""
    from reglet.manifest.make import facts_of
    from reglet.standing import standing
    from reglet.write import leads_out

    started = time.monotonic()
    project = load_report(folder, ledger)
    chosen = _choose(project, asked.editions, ledger) if project else ()
    if project is None:
        return None
    place = asked.output or Path(project.root) / "output"
    ledger.add(() if asked.output else leads_out(place))
    if ledger.failed:
        return None
    facts = facts_of(project, chosen, depth=asked.depth, unproven=asked.unproven)
    # signatures differ each time, and what is fetched may change
    store = None if asked.sign or warm.allowed else warm.workshop.store
    stands = standing(facts, place, store, ledger.levels.strict, [*ledger.entries])
    if (found := stands.found()) is not None:
        result, told = replace(found[0], unchanged=True), found[1]
        ledger.repeat(told)
    elif (made := _make(read_report(project, ledger, warm), place, chosen, asked, facts)) is None:
        return None
    else:
        result = made
        stands.keep(result, [*ledger.entries])
    return replace(result, seconds=time.monotonic() - started)


def _make(
    read: Reading, place: Path, editions: Sequence[Edition], asked: "_Asked", facts: "Manifest"
) -> BuildResult | None:
    """Go through the stages; none after one that fails. Raises LimitError."""
    from reglet.write import write

    ledger = read.ledger
    if ledger.failed:
        return None
    builts = set_editions(read, editions)
    read.warm.workshop.rest()  # what proves files takes as much memory as what sets them
    if ledger.failed:
        return None
    builts, proofs = _proven(tuple(map(asked.signed, builts)), read, asked)
    if not ledger.failed:
        builts = _offer(read, builts, proofs, editions, facts)
    if ledger.failed:
        return None
    ledger.stage("writing")
    files = ledger.take(write(builts, place))
    return None if ledger.failed else BuildResult(files, proofs, _count(read, builts))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is to be built, and how finished: proven by whom, published if it fails, signed."""

    editions: tuple[str, ...]  # all where none is named
    output: Path | None
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
        project = load_report(folder, ledger)
        warm = Warm(Workshop(jobs=1), allowed=allowed)
        read = read_report(project, ledger, warm) if project else None
        return read.document() if read else None

    return ledger.run(work, None)


def preview(folder: Path, editions: Sequence[Edition]) -> Outcome[tuple[Built, ...]]:
    """Set editions, which report.yaml need not name, and prove nothing: files to look at."""
    from reglet.progress import NoProgress

    ledger = Ledger(NoProgress())

    def work() -> tuple[Built, ...]:
        with opened() as workshop:
            project = load_report(folder, ledger)
            read = read_report(project, ledger, Warm(workshop)) if project else None
            return set_editions(read, editions) if read and not ledger.failed else ()

    return ledger.run(work, ())


def show(folder: Path, onlooker: Onlooker, warm: Warm) -> Outcome[None]:
    """Set the editions that an onlooker chooses; it sees each as soon as it is made.

    They are as `preview` makes them. What is still `warm` from the time before is not made again.
    """
    ledger = Ledger(onlooker)

    def work() -> None:
        project = load_report(folder, ledger)
        if project is None:
            return
        read = read_report(project, ledger, warm)
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
    facts: "Manifest",
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
    return (*whole, make_manifest(facts, project, whole))


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

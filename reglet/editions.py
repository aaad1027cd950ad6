"""A report as it was read in, the files of its editions out: rendered and set until all is settled.

What an edition prints of its own pages is known when it is set; it is rendered and set again until
nothing changes.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from reglet.deadline import within
from reglet.model.diagnostic import Outcome, diagnose
from reglet.model.document import Built, Document, Markup
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.reading import Reading

if TYPE_CHECKING:
    from reglet.formats.table import LaidOut

MOST_PASSES = 9  # layouts until what depends on pages has settled


def set_editions(read: Reading, editions: Sequence[Edition]) -> tuple[Built, ...]:
    """Make every edition's file but the pages that offer them."""
    from reglet.formats.table import FORMATS

    builts: list[Built] = []
    for edition in sorted(editions, key=lambda edition: FORMATS[edition.format].lists_pages):
        place = Span(f"edition {edition.name}")
        with within(read.project.report.limits, "edition-seconds", "setting this edition", place):
            built = _set_edition(read, edition, _paged(builts))
        builts += [built] if built else []
        if built and read.onlooker:
            read.onlooker.made(built)
    builts.sort(key=lambda built: editions.index(built.edition))
    gathered = [edition for edition in editions if not FORMATS[edition.format].offers]
    return tuple(builts + gather(read, builts, gathered))


def gather(read: Reading, builts: Sequence[Built], editions: Sequence[Edition]) -> list[Built]:
    """Make those editions that are made of the others' files."""
    from reglet.formats.table import FORMATS

    project, ledger = read.project, read.ledger
    made: list[Built] = []
    for edition in editions:
        if make := FORMATS[edition.format].gather:
            ledger.stage("setting", edition.name)
            place = Span(f"edition {edition.name}")
            with within(project.report.limits, "edition-seconds", "setting this edition", place):
                built = ledger.take(make(project, edition, tuple(builts)))
            made += [built] if built else []
    return made


def _paged(builts: Sequence[Built]) -> Built | None:
    """Return the file whose pages are cited: the edition `screen`, or the first with pages."""
    paged = [built for built in builts if built.pages is not None]
    return next(iter(sorted(paged, key=lambda built: built.edition.name != "screen")), None)


def _set_edition(read: Reading, edition: Edition, paged: Built | None) -> Built | None:
    """Render and set one edition, until all that it prints of its pages is as they have it."""
    from reglet.formats.table import FORMATS, Workplace

    lay_out = FORMATS[edition.format].lay_out
    if lay_out is None:
        return None
    tell = partial(read.ledger.stage, "setting", edition.name)
    place = Workplace(read.workshop, tell, paged)
    read.workshop.forget()
    last = _settled(
        read, edition, lambda markup, document: lay_out(markup, document, read.project, place)
    )
    return read.ledger.take(last.write()) if last else None


def _settled(
    read: Reading,
    edition: Edition,
    lay_out: Callable[[Markup, Document], "Outcome[LaidOut | None]"],
) -> "LaidOut | None":
    """Lay an edition out until it prints of its pages what they have; tell where it never does."""
    from reglet.render import render
    from reglet.resolve.paging import Paging
    from reglet.theme import load_labels

    ledger, document, templates = read.ledger, read.document(edition), read.project.templates
    paging = Paging(document, edition, load_labels(templates, document.report.lang).value)
    last: LaidOut | None = None
    printed: Markup | None = None
    wrong = 0
    for _ in range(MOST_PASSES):
        ledger.stage("rendering", edition.name)
        settled = paging.settled()
        markup = ledger.take(render(settled, edition, templates, paging.numbers, placed=read.shown))
        if markup is None or (last and markup == printed):
            return last if markup else None
        ledger.stage("setting", edition.name)
        last, printed = ledger.take(lay_out(markup, settled)), markup
        if last is None or last.anchors is None:
            return last
        anchors = last.anchors
        wrong = sum(paging.pages.get(name) != anchors.get(name) for name in markup.page_of)
        paging.learn(anchors)
    ledger.add([diagnose("unsettled-pages", Span(f"edition {edition.name}"), count=wrong)])
    return last

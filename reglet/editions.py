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
    from reglet.resolve.paging import Paging

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
    """Render and set one edition; begin with the pages of the build before, where there was one."""
    from reglet.formats.table import FORMATS, Workplace
    from reglet.resolve.guess import letters_on_page
    from reglet.resolve.paging import Paging
    from reglet.theme import load_labels
    from reglet.tokens import load_tokens

    lay_out = FORMATS[edition.format].lay_out
    if lay_out is None:
        return None
    document, templates = read.document(edition), read.project.templates
    labels = load_labels(templates, document.report.lang).value
    letters = letters_on_page(load_tokens(edition, templates).value)
    fresh = Paging(document, edition, labels, letters)
    known = read.warm.resumed(fresh)
    tell = partial(read.ledger.stage, "setting", edition.name)
    place = Workplace(read.warm.workshop, tell, paged)
    read.warm.begin_edition()

    def lay(markup: Markup, document: Document) -> "Outcome[LaidOut | None]":
        return lay_out(markup, document, read.project, place)

    last = _settled(read, known, lay, 1) if known else None
    if last is None and not read.ledger.failed:
        last = _settled(read, fresh, lay, MOST_PASSES)
    return read.ledger.take(last.write()) if last else None


def _settled(
    read: Reading,
    paging: "Paging",
    lay_out: Callable[[Markup, Document], "Outcome[LaidOut | None]"],
    most: int,
) -> "LaidOut | None":
    """Lay an edition out until it prints of its pages what they have.

    Where that takes more than `most` layouts there is none, or the last, which is then told.
    """
    from reglet.render import render

    ledger, edition, templates = read.ledger, paging.edition, read.project.templates
    pieces = read.warm.pieces(edition.name)
    last: LaidOut | None = None
    printed: Markup | None = None
    wrong = 0
    for _ in range(most):
        ledger.stage("rendering", edition.name)
        settled = paging.settled()
        markup = ledger.take(render(settled, edition, templates, paging.numbers, pieces))
        if markup is None or (last and markup == printed):
            return last if markup else None
        ledger.stage("setting", edition.name)
        last, printed = ledger.take(lay_out(markup, settled)), markup
        if last is None or last.anchors is None:
            return last
        anchors, before = last.anchors, paging.state
        wrong = sum(paging.pages.get(name) != anchors.get(name) for name in markup.page_of)
        paging.learn(anchors)
        if paging.state == before:
            read.warm.pagings[edition.name] = paging
            return last
    if most < MOST_PASSES:
        return None
    ledger.add([diagnose("unsettled-pages", Span(f"edition {edition.name}"), count=wrong)])
    return last

"""A stretch in, its pages out: laid out, read, drawn and taken apart."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from reglet.deadline import within
from reglet.dress import PLACE
from reglet.formats.pdf.addresses import BASE
from reglet.formats.pdf.breaks import printed
from reglet.formats.pdf.engine import Pages, lay_out
from reglet.formats.pdf.entry import Entry
from reglet.formats.pdf.gaps import gaps
from reglet.formats.pdf.harvest import fonts_used
from reglet.formats.pdf.listed import seen_in_lists
from reglet.formats.pdf.notes import first_pages, seen_at_foot
from reglet.formats.pdf.page_limit import counted
from reglet.formats.pdf.press.resolution import picture_widths
from reglet.formats.pdf.spots import spots
from reglet.formats.pdf.stretch import Bookmark, Seen, Setting, Supplies, Task
from reglet.formats.pdf.writing import draw
from reglet.model.span import Span


def set_stretch(task: Task, supplies: Supplies) -> Setting:
    """Set a stretch in pages.

    Raises what `reglet.formats.pdf.engine.lay_out` does, TooManyPagesError and LimitError.
    """
    place = Span(f"edition {supplies.edition}")
    with within(supplies.limits, "edition-seconds", f"setting `{task.name}`", place):
        return _set(task, supplies)


def _set(task: Task, supplies: Supplies) -> Setting:
    entry = Entry(task.first, task.right, dict(task.strings), task.blank)
    count = counted(supplies.limits)
    pages = lay_out(task.markup, task.stylesheet, supplies.images, count, entry)
    if task.blank:
        del pages.document.pages[1:]
    seen = read(pages, task)
    fonts, objects = draw(pages, task)
    remarks = tuple(dict.fromkeys(pages.remarks))
    return Setting(seen, remarks, fonts_used(fonts, _digest), objects)


def read(pages: Pages, task: Task) -> Seen:
    """Read what laid-out pages hold."""
    laid_out: Sequence[Any] = pages.document.pages
    links = (link for page in laid_out for link in page.links)
    return Seen(
        heights=tuple(float(page.height) for page in laid_out),
        anchors=first_pages(laid_out),
        notes=seen_at_foot(laid_out) if task.at_foot else seen_in_lists(laid_out, task.listed),
        printed=printed(laid_out),
        pictures=picture_widths(laid_out, BASE),
        gaps=tuple(gaps(laid_out)),
        strings=dict(pages.strings),
        lacking=pages.lacking,
        bookmarks=tuple(
            Bookmark(number, level, label, float(x), float(y), state)
            for number, page in enumerate(laid_out, start=1)
            for level, label, (x, y), state in page.bookmarks
        ),
        spots=spots(laid_out) if PLACE in task.markup else (),
        targets=frozenset(target for kind, target, *_ in links if kind == "internal"),
    )


@lru_cache(maxsize=64)
def _digest(file: bytes) -> str:
    return sha256(file).hexdigest()

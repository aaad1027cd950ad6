"""Where in a report a part of it is that is laid out apart: what its first page continues.

The engine lays out whole documents, which begin with their first page, a right one.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint import layout as engine
from weasyprint.layout import page as pages

from reglet.formats.pdf.patching import in_place_of

_engine_begins = engine.initialize_page_maker
_engine_type = pages.PageType


@dataclass(frozen=True, slots=True)
class Entry:
    """How pages begin: as the report's `first` or not, on a `right` page or a left one.

    `strings` are those that the pages before have set (CSS GCPM 3 §1.1). Where `blank`, all pages
    are as those that a break to the next right or left page leaves.
    """

    first: bool = True
    right: bool = True
    strings: Mapping[str, str] = field(default_factory=dict)
    blank: bool = False


@contextmanager
def entered(entry: Entry) -> Iterator[None]:
    """Let the engine lay out pages from `entry` on while the context lasts."""

    def begin(context: Any, root_box: Any) -> None:
        _engine_begins(context, root_box)
        resume, following, _, state, remake = context.page_maker[0]
        context.page_maker[0] = (resume, following, entry.right, state, remake)

    def page_type(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        before = 0 if entry.first else 1
        return _engine_type(side, blank or entry.blank, name, index + before, groups)

    with (
        in_place_of(engine, "initialize_page_maker", begin),
        in_place_of(pages, "PageType", page_type),
    ):
        yield

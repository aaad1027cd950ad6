"""WeasyPrint's layout with its notes mended.

Every note starts on the page of its call, one that does not fit goes on overleaf, none is lost.

Written over the engine's own classes, for the exact version that `pyproject.toml` pins.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

from weasyprint import document as engine
from weasyprint.document import Document
from weasyprint.layout import LayoutContext

from reglet.formats.pdf.area import Area
from reglet.formats.pdf.calls import tie_calls
from reglet.formats.pdf.lines import own_lines
from reglet.formats.pdf.measure import Measure

TEXT_SHARE = 0.2  # of a page's height is kept for its text while a note from before goes on


class Waiting:
    """Notes whose calls are not laid out yet; asked for by identity, in constant time."""

    def __init__(self, notes: Iterable[Any] = ()) -> None:
        self._notes = {id(note): note for note in notes}

    def __contains__(self, note: Any) -> bool:
        return id(note) in self._notes

    def __bool__(self) -> bool:
        return bool(self._notes)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._notes.values())

    def copy(self) -> "Waiting":
        """Return the same notes, waiting independently."""
        return Waiting(tuple(self))

    def append(self, note: Any) -> None:
        """Let a note wait (again)."""
        self._notes[id(note)] = note

    def remove(self, note: Any) -> None:
        """Let a note wait no longer."""
        self._notes.pop(id(note), None)


class NotesContext(LayoutContext):  # type: ignore[misc]
    """Lays out pages and their notes (CSS GCPM 3 §2).

    The engine asks the same questions as before; what answers is `Area`, which knows the notes of
    the page being laid out, whole or in part.
    """

    measure: Measure
    area: Area
    handed_on: dict[int, tuple[Any, ...]]
    incoming: tuple[Any, ...]
    laid_out: int

    @classmethod
    def adopt(cls, context: LayoutContext) -> "NotesContext":
        """Turn a context that the engine has made into one of ours, before anything is laid out."""
        waiting = Waiting(context.__dict__.pop("footnotes"))
        current_page = context.__dict__.pop("current_page")
        for name in ("current_footnote_area", "reported_footnotes"):
            context.__dict__.pop(name)
        context.__class__ = cls
        adopted: NotesContext = context
        adopted.measure = Measure(adopted)
        adopted.area = Area(adopted.measure, None)
        adopted.handed_on = {}
        adopted.laid_out = 0
        adopted.incoming = ()
        adopted._footnotes = waiting
        adopted.current_page = current_page
        return adopted

    # what the engine sets when a page or a round of pages begins

    @property
    def footnotes(self) -> Waiting:
        """Notes whose calls are still to come."""
        return self._footnotes

    @footnotes.setter
    def footnotes(self, notes: Waiting) -> None:
        """Begin another round: pages that hand notes on are laid out again, and in order.

        WeasyPrint 70.0 drops what a page handed on when it uses the page again.
        """
        self._footnotes = notes
        for page in self.handed_on:
            for index in (page - 1, page):
                if index < len(self.page_maker) - 1:
                    self.page_maker[index][-1]["content_changed"] = True
        self.handed_on.clear()
        self.laid_out = 0

    @property
    def current_footnote_area(self) -> Any:
        """The engine's box for the notes of this page."""
        return self.area.box

    @current_footnote_area.setter
    def current_footnote_area(self, box: Any) -> None:
        """Begin page `current_page`: what the page before handed on comes first."""
        left = self.area.left()
        if left:
            self.handed_on[self.laid_out] = left
        resumed = self.laid_out == self.current_page - 1
        self.incoming = left if resumed else self.handed_on.get(self.current_page - 1, ())
        self.area = Area(self.measure, box)
        self.laid_out = self.current_page
        over = self.current_page > 1 and self.page_maker[self.current_page - 1][0] is None
        self.kept_for_text = 0.0 if over else TEXT_SHARE * box.page.height

    @property
    def reported_footnotes(self) -> list[Any]:
        """Parts of notes for the next page; while a page begins, those handed on to it."""
        return list(self.incoming or self.area.left())

    @reported_footnotes.setter
    def reported_footnotes(self, notes: list[Any]) -> None:
        """Take note that the engine has begun to hand `incoming` over one by one."""
        self.incoming = tuple(notes)

    # what the engine asks for while a page is laid out

    def layout_footnote(self, footnote: Any) -> bool:
        """Go on with a part of a note handed on from the page before."""
        self._footnotes.remove(footnote)
        room = self._room_of_page() - self.kept_for_text
        with self._changing():
            self.area.carry(footnote, room)
        self._no_longer_wait()
        return False

    def unlayout_footnote(self, footnote: Any) -> None:
        """Let a note wait again, since its call has left the page."""
        with self._changing():
            taken = self.area.remove(footnote)
        for note in taken:
            self._footnotes.append(note)

    def called(self, line: Any, bottom_space: float) -> list[Any]:
        """List the notes that wait to begin with `line`; none while the area itself is laid out."""
        if self.measure.busy or bottom_space == -inf or not self._footnotes:
            return []
        return [
            box.footnote
            for box in line.descendants()
            if box.footnote is not None and box.footnote in self._footnotes
        ]

    def begin(
        self, notes: list[Any], line_bottom: float, bottom_space: float, *, must: bool
    ) -> bool:
        """Begin the notes of a line that ends at `line_bottom`; tell whether they could begin."""
        room = self._page_end() - bottom_space - line_bottom
        with self._changing():
            begun = self.area.place(notes, room, must=must)
        self._no_longer_wait()
        return begun

    def _no_longer_wait(self) -> None:
        """Take the notes that have begun on this page out of those that wait."""
        for entry in self.area.entries:
            self._footnotes.remove(entry.note)

    def _page_end(self) -> float:
        """Return where the page's content would end if it had no notes."""
        return float(self.page_bottom + (0 if self.in_column else self.area.margin_height()))

    def _room_of_page(self) -> float:
        return self._page_end() - float(self.area.box.page.content_box_y())

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Move the page's bottom with the height of its notes; columns settle it at their end."""
        end = self._page_end()
        yield
        self.area.show()
        if not self.in_column:
            self.page_bottom = end - self.area.margin_height()


class NotesDocument(Document):  # type: ignore[misc]
    """A document laid out by `NotesContext`."""

    @classmethod
    def _build_layout_context(cls, *arguments: Any) -> NotesContext:
        return NotesContext.adopt(super()._build_layout_context(*arguments))

    @classmethod
    def _render(cls, *arguments: Any) -> Any:
        with own_lines(), _calls_tied():
            return super()._render(*arguments)


@contextmanager
def _calls_tied() -> Iterator[None]:
    """Tie the notes to their calls before anything is laid out."""
    engine_layout = engine.layout_document

    def layout_document(html: Any, root_box: Any, context: Any) -> Any:
        tie_calls(root_box)
        return engine_layout(html, root_box, context)

    engine.layout_document = layout_document
    try:
        yield
    finally:
        engine.layout_document = engine_layout

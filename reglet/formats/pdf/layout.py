"""WeasyPrint's layout with its notes mended.

Every note starts on the page of its call, one that does not fit goes on overleaf, none is lost.

Written over the engine's own classes, for the exact version that `pyproject.toml` pins.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import inf
from typing import Any

from weasyprint import document as engine
from weasyprint.document import Document
from weasyprint.layout import LayoutContext

from reglet.formats.pdf.area import Area
from reglet.formats.pdf.calls import calls_kept, tie_calls
from reglet.formats.pdf.columns import own_columns
from reglet.formats.pdf.continued import continued_heads
from reglet.formats.pdf.deferred import Deferred, deferring
from reglet.formats.pdf.entry import entered
from reglet.formats.pdf.flow import own_flow
from reglet.formats.pdf.line_ends import kept_ends
from reglet.formats.pdf.lines import own_lines
from reglet.formats.pdf.measure import Measure
from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.waiting import Waiting


@dataclass(frozen=True, slots=True)
class State:
    """What laying a page's text out changes in its context, but for the text itself."""

    waiting: Waiting
    broken: dict[Any, Any]
    shapes: dict[Any, list[Any]]
    forced_break: bool


class NotesContext(LayoutContext):  # type: ignore[misc]
    """Lays out pages and their notes (CSS GCPM 3 §2).

    The engine asks the same questions as before; what answers is `Area`, which knows the notes of
    the page being laid out, whole or in part. The engine's own box for them stays empty.
    """

    measure: Measure
    area: Area
    order: dict[int, int]  # of notes by identity: their place in the document
    handed_on: dict[int, tuple[Any, ...]]
    incoming: tuple[Any, ...]
    laid_out: int
    page_end: float  # where the page's text would end if it had no notes
    reserve: float  # px kept free for notes before they are called
    column_reserve: float  # px kept free below columns for the notes called in them
    first_row: int | None  # the table row that the page's text has begun with
    text_begun: bool  # whether the page has text that could end there; no heads of tables
    at_foot: bool  # whether the notes of a page are being laid out
    at_space: bool  # whether white space stands behind the text just laid out
    strings: dict[str, str]  # by name, as the pages before have set them
    lacking: set[str]  # names of strings that pages show and none has set
    in_place: frozenset[str]  # identifiers of figures that stay where they are
    leaving: list[Deferred]  # figures that the page being laid out has no room for
    deferred: dict[int, tuple[Deferred, ...]]  # by the page that they have left
    _footnotes: Waiting
    _in_column: bool
    _column_notes: float  # the notes' height where columns begin

    @classmethod
    def adopt(cls, context: LayoutContext) -> "NotesContext":
        """Turn a context that the engine has made into one of ours, before anything is laid out."""
        waiting = Waiting(context.__dict__.pop("footnotes"))
        taken = ("current_page", "in_column", "page_bottom")
        current_page, *_ = (context.__dict__.pop(name) for name in taken)
        for name in ("current_footnote_area", "reported_footnotes"):
            context.__dict__.pop(name)
        context.__class__ = cls
        adopted: NotesContext = context
        adopted.measure = Measure(adopted)
        adopted.order = {id(note): place for place, note in enumerate(waiting)}
        adopted.area = Area(adopted.measure, None, (), adopted.order, over=False)
        adopted.handed_on = {}
        adopted.strings, adopted.lacking = {}, set()
        adopted.in_place, adopted.leaving, adopted.deferred = frozenset(), [], {}
        adopted.laid_out = 0
        adopted.page_end = adopted.reserve = adopted._column_notes = 0.0
        adopted.column_reserve = 0.0
        adopted._in_column = adopted.at_foot = adopted.at_space = False
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
        left = self.area.composed.left()
        if left:
            self.handed_on[self.laid_out] = left
        resumed = self.laid_out == self.current_page - 1
        self.incoming = left if resumed else self.handed_on.get(self.current_page - 1, ())
        self.laid_out = self.current_page
        self.measure.forget(self._footnotes)
        self._begin_area(box, 0.0)

    def _begin_area(self, box: Any, reserve: float) -> None:
        over = self.current_page > 1 and self.page_maker[self.current_page - 1][0] is None
        self.reserve, self.text_begun, self.first_row = reserve, False, None
        self.measure.box = box
        self.area = Area(self.measure, box, self.incoming, self.order, over=over)

    @property
    def reported_footnotes(self) -> list[Any]:
        """Parts of notes for the next page."""
        return list(self.area.composed.left())

    @reported_footnotes.setter
    def reported_footnotes(self, notes: list[Any]) -> None:
        """Let the engine empty its own list."""

    def layout_footnote(self, footnote: Any) -> bool:
        """Let the engine hand on parts of notes that the page has begun with."""
        self._footnotes.remove(footnote)
        return False

    # where the page ends

    @property
    def page_bottom(self) -> float:
        """Where the page's text has to end; within columns it stays, which the engine counts on."""
        notes = self._column_notes if self._in_column else self.notes_height()
        return self.page_end - notes

    @page_bottom.setter
    def page_bottom(self, bottom: float) -> None:
        """Begin a page whose text would end here if it had no notes."""
        self.page_end = float(bottom)

    @property
    def in_column(self) -> bool:
        """Tell whether columns are being laid out."""
        return self._in_column

    @in_column.setter
    def in_column(self, value: bool) -> None:
        if value and not self._in_column:
            self._column_notes = max(self.notes_height(), self.column_reserve)
        self._in_column = value

    def notes_height(self) -> float:
        """Return the height that notes take from the page, in px."""
        return max(self.reserve, self.area.composed.height)

    # what is asked while a page is laid out

    def unlayout_footnote(self, footnote: Any) -> None:
        """Let a note wait again, since its call has left the page."""
        if self.area.remove(footnote):
            self._footnotes.append(footnote)

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
        below = 0.0 if self._in_column else bottom_space  # a column's is that of its own height
        if not self.area.begin(notes, self.page_end - below - line_bottom, must=must):
            return False
        for note in notes:
            self._footnotes.remove(note)
        return True

    # strings, which running heads show

    def get_string_set_for(self, page: Any, name: str, keyword: str = "first") -> tuple[str, ...]:
        """Return what a string is on a page, given those that pages before have set."""
        found: tuple[str, ...] = super().get_string_set_for(page, name, keyword)
        if found or self.string_set[name]:
            return found
        if name not in self.strings:
            self.lacking.add(name)
            return ()
        return () if keyword == "all-once" else (self.strings[name],)

    def strings_set(self) -> dict[str, str]:
        """Return each string as the pages leave it."""
        last = {name: set_on[max(set_on)][-1] for name, set_on in self.string_set.items() if set_on}
        return self.strings | last

    # a page's text laid out more than once

    def state(self) -> State:
        """Return what `again` needs to lay the page's text out once more."""
        shapes = {box: list(shapes) for box, shapes in self._excluded_shapes.items()}
        return State(
            self._footnotes.copy(), dict(self.broken_out_of_flow), shapes, self.forced_break
        )

    def again(self, state: State, reserve: float) -> None:
        """Go back to `state`, and keep `reserve` px free for notes from the start."""
        self._footnotes = state.waiting.copy()
        self.broken_out_of_flow.clear()
        self.broken_out_of_flow.update(state.broken)
        for box, shapes in state.shapes.items():
            self._excluded_shapes[box] = list(shapes)
        self.forced_break = state.forced_break
        for elements in self.running_elements.values():
            elements.pop(self.current_page, None)
        self._begin_area(self.area.box, reserve)


class NotesDocument(Document):  # type: ignore[misc]
    """A document laid out by `NotesContext`."""

    @classmethod
    def _build_layout_context(cls, *arguments: Any) -> NotesContext:
        return NotesContext.adopt(super()._build_layout_context(*arguments))

    @classmethod
    def _render(cls, *arguments: Any) -> Any:
        with (
            own_lines(),
            own_flow(),
            own_columns(),
            deferring(),
            continued_heads(),
            kept_ends(),
            calls_kept(),
            _calls_tied(),
        ):
            return super()._render(*arguments)


def _calls_tied() -> AbstractContextManager[None]:
    """Tie the notes to their calls before anything is laid out, from the document's entry on."""
    engine_layout = engine.layout_document

    def layout_document(html: Any, root_box: Any, context: Any) -> Any:
        tie_calls(root_box)
        context.strings, context.in_place = dict(html.entry.strings), html.in_place
        with entered(html.entry):
            pages = engine_layout(html, root_box, context)
        html.strings, html.lacking = context.strings_set(), frozenset(context.lacking)
        return pages

    return in_place_of(engine, "layout_document", layout_document)

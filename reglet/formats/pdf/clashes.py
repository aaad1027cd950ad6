"""A laid-out page in, what of its notes stands badly out: over the text, or outside its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from reglet.model.document import Clash

TOLERANCE = 0.5  # CSS px
_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Frame:
    """The edges of a box; CSS px from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Frame") -> bool:
        """Tell whether both cover a place of some size."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > TOLERANCE
            and min(self.bottom, other.bottom) - max(self.top, other.top) > TOLERANCE
        )

    def within(self, other: "Frame") -> "Frame":
        """Return what of this lies within the other."""
        return Frame(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def holds(self, other: "Frame") -> bool:
        """Tell whether the other lies within this one."""
        return (
            other.left >= self.left - TOLERANCE
            and other.top >= self.top - TOLERANCE
            and other.right <= self.right + TOLERANCE
            and other.bottom <= self.bottom + TOLERANCE
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line, a picture, or a box with a border or a background; all that covers a place."""

    frame: Frame
    box: Any
    note: str = ""

    @property
    def is_line(self) -> bool:
        return isinstance(self.box, boxes.LineBox)


def clashes_at_foot(page: Any, number: int) -> Iterator[tuple[str, Clash]]:
    """Yield note and clash for what overlaps the notes at the foot of an engine's page.

    `number` is the page's, from 1. Boxes out of the flow (`position`) are taken for decoration.
    """
    whole = Frame(0, 0, page.margin_width(), page.margin_height())
    for area in areas(page):
        place = _content(area).within(whole)
        frame = _border(area)
        notes = [(note.element.get("id"), note) for note in area.children]
        seen = [each for id, note in notes for each in _seen(note, id)]
        yield from _outside(seen, place, number)
        yield from _on_each_other([each for each in seen if each.is_line], number)
        for each in _seen(page.children[0]):
            if each.frame.bottom > frame.top and each.frame.meets(frame):
                hit = (line.note for line in seen if line.frame.meets(each.frame))
                yield next(hit, notes[0][0]), _clash(each, number)


def clashes_in_list(page: Any, note: Any, number: int) -> Iterator[tuple[str, Clash]]:
    """Yield the clash of each line of a note's box in a list that leaves its page."""
    whole = Frame(0, 0, page.margin_width(), page.margin_height())
    return _outside(_seen(note, note.element.get("id")), whole, number)


def areas(page: Any) -> Iterator[Any]:
    """Yield the footnote area of a page, if it has notes."""
    for box in page.children:
        if isinstance(box, boxes.FootnoteAreaBox) and box.children:
            yield box


def _outside(seen: Iterable[_Seen], place: Frame, number: int) -> Iterator[tuple[str, Clash]]:
    for each in seen:
        if not place.holds(each.frame):
            yield each.note, _clash(each, number, outside=True)


def _on_each_other(lines: list[_Seen], number: int) -> Iterator[tuple[str, Clash]]:
    """Compare every line with those above it that have not ended where it begins."""
    open_lines: list[_Seen] = []
    for line in sorted(lines, key=lambda line: line.frame.top):
        open_lines = [one for one in open_lines if one.frame.bottom - TOLERANCE > line.frame.top]
        for other in open_lines:
            if other.frame.meets(line.frame):
                yield line.note, _clash(other, number)
        open_lines.append(line)


def _clash(each: _Seen, number: int, *, outside: bool = False) -> Clash:
    return Clash(number, "".join(words(each.box)).strip() if each.is_line else "", outside)


def words(box: Any) -> Iterator[str]:
    """Yield the text of a box, without bullets and numbers of lists."""
    if (box.element_tag or "").endswith("::marker"):
        return
    if isinstance(box, boxes.TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from words(child)


def _seen(box: Any, note: str = "") -> Iterator[_Seen]:
    """Yield what can be seen below a box, in order; a line covers all that stands in it."""
    pending = [box]
    while pending:
        box = pending.pop()
        if isinstance(box, AbsolutePlaceholder):
            continue
        if isinstance(box, boxes.LineBox):
            right, bottom = box.position_x + box.width, box.position_y + box.height
            yield _Seen(Frame(box.position_x, box.position_y, right, bottom), box, note)
            pending += [child for child in box.descendants() if child.is_floated()]
            continue
        if isinstance(box, boxes.ReplacedBox) or _has_ink(box):
            yield _Seen(_border(box), box, note)
        pending += reversed(getattr(box, "children", ()))


def _has_ink(box: Any) -> bool:
    """Tell whether a box has a border or a background of its own."""
    return getattr(box, "background", None) is not None or any(
        getattr(box, f"border_{side}_width", 0) for side in _SIDES
    )


def _border(box: Any) -> Frame:
    left, top = box.border_box_x(), box.border_box_y()
    return Frame(left, top, left + box.border_width(), top + box.border_height())


def _content(box: Any) -> Frame:
    left, top = box.content_box_x(), box.content_box_y()
    return Frame(left, top, left + box.width, top + box.height)

"""What all figures drawn from data have: a drawing with words for it, a caption, a table."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reglet.figures.canvas import Geometry
from reglet.language import direction
from reglet.model.document import Kind, Node
from reglet.model.words import plain
from reglet.resolve.descriptions import described
from reglet.resolve.filling import NOTHING, Filling, Nodes, Table
from reglet.resolve.options import Options
from reglet.resolve.tables import caption
from reglet.resolve.walk import walk

ALT_CHARACTERS = 1000  # that a description made from the data has at most


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing for the template of that name; `short` and `items` say in words what it shows.

    `rows` are the same as a table, below `head`; `label` words a description made from `items`.
    """

    template: str
    label: str
    geometry: Geometry
    short: str
    items: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: Mapping[str, str] = field(default_factory=dict)  # words of the description


def figure(filling: Filling, options: Options, drawn: Drawn) -> Nodes:
    """Set a drawing as a figure, described by its data where nobody does."""
    title = plain(filling.option(options, "caption"))
    alt = plain(filling.option(options, "alt")) or _cut(sentence(filling, drawn, drawn.items))
    short = sentence(filling, drawn, title or drawn.short)
    attrs = {"template": drawn.template, "alt": alt, "short": short, "title": title}
    words = json.dumps(drawn.geometry, ensure_ascii=False)
    node = Node(Kind.DRAWING, options.node.span, text=words, attrs=attrs)
    numbers = _table(options, drawn)
    return (described(_captioned(filling, options, node), options.node.span, (numbers,)),)


def sentence(filling: Filling, drawn: Drawn, items: str) -> str:
    """Say in a sentence what is drawn."""
    words = filling.wording.label(drawn.label)
    for key, text in {**drawn.more, "items": items}.items():
        words = words.replace(f"{{{key}}}", text.rstrip("."))
    return words


def is_rtl(filling: Filling) -> bool:
    """Tell whether what is drawn is read from right to left."""
    return direction(filling.lang) == "rtl"


def listed(pairs: Iterable[tuple[str, str]]) -> str:
    """Word names with what each of them has."""
    return "; ".join(f"{name}: {words or NOTHING}" for name, words in pairs)


def countable(options: Options, path: str, found: int, most: int, what: str) -> bool:
    """Tell whether there is something to draw, and not too much; report either."""
    if 0 < found <= most:
        return True
    hint = f"at most {most}: choose some with `where`, or draw two figures"
    if not found:
        hint = "change `where`, or name a file with something to draw"
    options.report("bad-value", (path,), hint, found=found, expected=f"number of {what} to draw")
    return False


def fitting(options: Options, kind: str, keys: Iterable[str]) -> bool:
    """Tell whether a chart has no options that are of another type of chart; report them."""
    wrong = [key for key in keys if key in options.values]
    for key in wrong:
        hint = "take the line out, or change `type`"
        options.report("bad-value", (key,), hint, found=key, expected=f"option of `type: {kind}`")
    return not wrong


def coordinate(filling: Filling, table: Table, key: str, most: float) -> list[float | None]:
    """Return the degrees of a column, from -`most` to `most`; what is none is reported."""
    expected = f"number of degrees from -{most:g} to {most:g}"
    found: list[float | None] = []
    for line in table.lines:
        value = line.cells.get(key)
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
        number = float(value) if good and isinstance(value, (int, float)) else None
        found.append(number if number is not None and abs(number) <= most else None)
        if found[-1] is None:
            filling.report_cell(table, line, key, expected)
    return found


def _cut(words: str) -> str:
    return words if len(words) <= ALT_CHARACTERS else f"{words[: ALT_CHARACTERS - 1]}…"


def _table(options: Options, drawn: Drawn) -> Node:
    """Write what is drawn as a table; the first cell of each row is its head."""
    span = options.node.span

    def cell(words: str, header: str = "") -> Node:
        return Node(Kind.CELL, span, (Node(Kind.TEXT, span, text=words),), attrs={"header": header})

    head = Node(Kind.ROW, span, tuple(cell(key.replace("_", " "), "col") for key in drawn.head))
    rows = [
        Node(Kind.ROW, span, (cell(first, "row"), *map(cell, more))) for first, *more in drawn.rows
    ]
    return Node(
        Kind.TABLE, span, (Node(Kind.HEAD, span, (head,)), Node(Kind.BODY, span, tuple(rows)))
    )


def _captioned(filling: Filling, options: Options, drawing: Node) -> Node:
    """Set a drawing with its caption and its source; notes of the source go to the caption."""
    words = filling.option(options, "source")
    attrs = {}
    captions = caption(filling, options)
    if words:
        attrs["credit"] = f"{filling.wording.label('source')}: {plain(words)}"
        notes = [node for node in walk(words) if node.kind in (Kind.CALL, Kind.CITATION)]
        captions = tuple(Node(node.kind, node.span, (*node.children, *notes)) for node in captions)
    return Node(
        Kind.FIGURE,
        options.node.span,
        (drawing, *captions),
        id=options.plain("id") or options.node.id,
        classes=("chart", *options.node.classes),
        attrs=attrs,
    )

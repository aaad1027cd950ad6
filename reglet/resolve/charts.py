"""The `chart` directive: columns of a data file in, a figure with a drawing of them out."""

import json
from collections.abc import Sequence

from reglet.figures.chart import Series, bar_geometry
from reglet.language import direction
from reglet.model.diagnostic import nearest
from reglet.model.document import Kind, Node
from reglet.model.words import plain
from reglet.resolve.descriptions import described
from reglet.resolve.filling import Filling, Nodes, Table
from reglet.resolve.options import Options
from reglet.resolve.tables import caption
from reglet.resolve.walk import walk

TYPES = ("bar",)
ALT_CHARACTERS = 1000  # that a description made from the data has at most


def bar_chart(filling: Filling, options: Options) -> Nodes:
    """Make the figure that a `chart` directive asks for."""
    kind = options.plain("type") or TYPES[0]
    if kind not in TYPES:
        hint = nearest(kind, TYPES) or f"write `type: {TYPES[0]}`"
        options.report("bad-value", ("type",), hint, found=kind, expected="type of chart")
        return ()
    table = filling.table(options)
    columns = _values(filling, options, table) if table else []
    if table is None or not columns:
        return ()
    label = filling.column(options, table, "label")
    names = [plain(filling.cell(table, line, label)) for line in table.lines]
    series = [Series(_title(key, columns), _numbers(filling, table, key)) for key in columns]
    alt = plain(filling.option(options, "alt")) or _description(filling, names, series)
    title = plain(filling.option(options, "caption"))
    rtl = direction(filling.lang) == "rtl"
    geometry = bar_geometry(names, series, filling.wording.number, rtl=rtl)
    short = _sentence(filling, title or ", ".join(names))
    attrs = {"template": "bar", "alt": alt, "short": short, "title": title}
    drawing = Node(
        Kind.DRAWING, options.node.span, text=json.dumps(geometry, ensure_ascii=False), attrs=attrs
    )
    numbers = _table(filling, options, (label, *columns), names, series)
    return (described(_figure(filling, options, drawing), options.node.span, (numbers,)),)


def _values(filling: Filling, options: Options, table: Table) -> list[str]:
    """Return the columns whose numbers are drawn."""
    if "values" in options.values:
        listed = isinstance(options.values["values"], list)
        return [
            filling.column(options, table, "values", *((number,) if listed else ()))
            for number, _ in enumerate(options.items("values"))
        ]
    if "value" not in options.values:
        options.missing((), "value")
        return []
    return [filling.column(options, table, "value")]


def _title(key: str, columns: Sequence[str]) -> str:
    """Name a series where there are several, by its column."""
    return key.replace("_", " ") if len(columns) > 1 else ""


def _numbers(filling: Filling, table: Table, key: str) -> list[float | None]:
    """Return the numbers of a column; what is none is reported, and nothing is left out."""
    numbers: list[float | None] = []
    for line in table.lines:
        value = line.cells.get(key)
        good = isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0
        numbers.append(float(value) if good and isinstance(value, (int, float)) else None)
        if value is not None and not good:
            filling.report_cell(table, line, key, "number from 0 on, for a bar")
    return numbers


def _description(filling: Filling, names: Sequence[str], series: Sequence[Series]) -> str:
    """Say in a sentence what the chart shows."""
    items = []
    for number, name in enumerate(names):
        shown = [
            f"{one.title} {filling.wording.number(value)}".strip()
            for one in series
            if (value := one.values[number]) is not None
        ]
        items.append(f"{name}: {', '.join(shown) or '–'}")
    words = _sentence(filling, "; ".join(items))
    return words if len(words) <= ALT_CHARACTERS else f"{words[: ALT_CHARACTERS - 1]}…"


def _sentence(filling: Filling, items: str) -> str:
    return filling.wording.label("chart_alt").replace("{items}", items.rstrip("."))


def _table(
    filling: Filling,
    options: Options,
    keys: Sequence[str],
    names: Sequence[str],
    series: Sequence[Series],
) -> Node:
    """Write what is drawn as a table: a row for each name, a column for each series."""
    span = options.node.span

    def cell(words: str, header: str = "") -> Node:
        return Node(Kind.CELL, span, (Node(Kind.TEXT, span, text=words),), attrs={"header": header})

    def row(*cells: Node) -> Node:
        return Node(Kind.ROW, span, cells)

    head = row(*(cell(key.replace("_", " "), "col") for key in keys))
    rows = []
    for number, name in enumerate(names):
        values = [one.values[number] for one in series]
        shown = ("–" if value is None else filling.wording.number(value) for value in values)
        rows.append(row(cell(name, "row"), *map(cell, shown)))
    parts = (Node(Kind.HEAD, span, (head,)), Node(Kind.BODY, span, tuple(rows)))
    return Node(Kind.TABLE, span, parts)


def _figure(filling: Filling, options: Options, drawing: Node) -> Node:
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

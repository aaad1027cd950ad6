"""The `table` directive: columns of a data file in, a table out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reglet.language import direction
from reglet.model.diagnostic import nearest
from reglet.model.document import Kind, Node
from reglet.resolve.filling import Filling, Nodes, Table
from reglet.resolve.options import Options

COLUMN = ("key", "title", "align", "format")
ALIGNS = ("left", "right", "center")
FORMATS = ("date", "number", "text")


@dataclass(frozen=True, slots=True)
class _Column:
    """A column to print: the key of its values, its place among the options, how it is set."""

    key: str
    at: int
    align: str
    form: str


def data_table(filling: Filling, options: Options) -> Nodes:
    """Make the table that a `table` directive asks for."""
    table = filling.table(options)
    columns = _columns(filling, options, table) if table else ()
    if table is None or not columns:
        return ()
    span = options.node.span
    titles = [_cell(options, column, _title(filling, options, column), "col") for column in columns]
    head = Node(Kind.HEAD, span, (Node(Kind.ROW, span, tuple(titles)),))
    rows = [*_rows(filling, options, table, columns), *_total(filling, options, table, columns)]
    body = Node(Kind.BODY, span, tuple(rows))
    return (
        Node(
            Kind.TABLE,
            span,
            (*caption(filling, options), head, body),
            id=options.plain("id") or options.node.id,
            classes=options.node.classes,
        ),
    )


def caption(filling: Filling, options: Options) -> Nodes:
    """Return the caption that a directive asks for."""
    words = filling.option(options, "caption")
    return (Node(Kind.CAPTION, options.at("caption"), words),) if words else ()


def _columns(filling: Filling, options: Options, table: Table) -> Sequence[_Column]:
    columns = []
    for number, value in enumerate(options.items("columns")):
        path = ("columns", number)
        found: Mapping[str, object] = (
            {"key": value} if isinstance(value, str) else options.mapping(value, path, COLUMN)
        )
        if "key" not in found:
            if found:
                options.missing(path, "key")
            continue
        key = filling.column(options, table, *path, *(() if isinstance(value, str) else ("key",)))
        align = _choice(options, number, "align", found.get("align"), ALIGNS)
        form = _choice(options, number, "format", found.get("format"), FORMATS)
        if not align and form != "text" and _numeric(table, key):
            align = "left" if direction(filling.lang) == "rtl" else "right"
        columns.append(_Column(key, number, align, form))
    return columns


def _choice(options: Options, number: int, key: str, value: object, known: Sequence[str]) -> str:
    if value is None:
        return ""
    if value in known:
        return str(value)
    hint = nearest(str(value), known) or f"write one of {', '.join(known)}"
    path = ("columns", number, key)
    options.report("bad-value", path, hint, found=value, expected=f"`{key}` of a column")
    return ""


def _numeric(table: Table, key: str) -> bool:
    values = [line.cells.get(key) for line in table.lines]
    known = [value for value in values if value is not None]
    return bool(known) and all(_is_number(value) for value in known)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _title(filling: Filling, options: Options, column: _Column) -> Nodes:
    value = options.items("columns")[column.at]
    if isinstance(value, dict) and value.get("title") is not None:
        return filling.option(options, "columns", column.at, "title")
    return (Node(Kind.TEXT, options.at("columns", column.at), text=column.key),)


def _cell(options: Options, column: _Column, words: Nodes, header: str) -> Node:
    span = words[0].span if words else options.node.span
    return Node(Kind.CELL, span, words, attrs={"align": column.align, "header": header})


def _rows(
    filling: Filling, options: Options, table: Table, columns: Sequence[_Column]
) -> Iterator[Node]:
    for line in table.lines:
        cells = [
            _cell(
                options,
                column,
                filling.cell(table, line, column.key, column.form),
                "" if number else "row",
            )
            for number, column in enumerate(columns)
        ]
        span = filling.project.data[table.name].at((line.step,))
        yield Node(Kind.ROW, span, tuple(cells))


def _total(
    filling: Filling, options: Options, table: Table, columns: Sequence[_Column]
) -> Iterator[Node]:
    """Yield the last row, of sums, where the directive asks for one."""
    keys = [str(key) for key in options.items("total")]
    if not keys:
        return
    for number, key in enumerate(keys):
        shown = [column.key for column in columns]
        if key not in shown:
            hint = nearest(key, shown) or f"columns: {', '.join(shown)}"
            path = ("total", number) if isinstance(options.values["total"], list) else ("total",)
            options.report("unknown-data", path, hint, name=key)
    cells = []
    for number, column in enumerate(columns):
        words: Nodes = ()
        if column.key in keys:
            words = (Node(Kind.TEXT, options.at("total"), text=_sum(filling, table, column.key)),)
        elif number == 0:
            words = (Node(Kind.TEXT, options.at("total"), text=filling.wording.label("total")),)
        cells.append(_cell(options, column, words, "" if number else "row"))
    yield Node(Kind.ROW, options.at("total"), tuple(cells), classes=("total",))


def _sum(filling: Filling, table: Table, key: str) -> str:
    values = [line.cells.get(key) for line in table.lines]
    numbers = [value for value in values if isinstance(value, (int, float)) and _is_number(value)]
    return filling.wording.number(sum(numbers))

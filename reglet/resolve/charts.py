"""The `chart` directive: columns of a data file in, a figure with a drawing of them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

from reglet.figures.canvas import Geometry, Series
from reglet.figures.chart import bar_geometry
from reglet.figures.dates import period
from reglet.figures.line import line_geometry, line_panels
from reglet.figures.panels import bar_panels
from reglet.figures.stacked import stacked_geometry
from reglet.model.diagnostic import nearest
from reglet.model.words import plain
from reglet.resolve.along import across, iso_of, isos
from reglet.resolve.drawn import Drawn, countable, figure, fitting, is_rtl, listed
from reglet.resolve.filling import NOTHING, Filling, Nodes, Table
from reglet.resolve.options import Options
from reglet.resolve.timelines import timeline

TYPES = ("bar", "stacked", "line", "timeline")
ALTS = {"bar": "chart_alt", "stacked": "stacked_alt", "line": "line_alt"}
MOST_ROWS = {"bar": 60, "stacked": 60, "line": 400}
MOST_SERIES = {"bar": 5, "stacked": 5, "line": 4}
MOST_PANELS = 12


@dataclass(frozen=True, slots=True)
class _Chart:
    """What is drawn: a column of names, a column of panels or none, a series for each column."""

    kind: str
    label: str
    split: str
    values: Sequence[object]  # of the column of names
    names: Sequence[str]
    panels: Sequence[str]  # of each row
    series: Sequence[Series]


def chart(filling: Filling, options: Options) -> Nodes:
    """Make the figure that a `chart` directive asks for."""
    kind = options.plain("type") or TYPES[0]
    if kind not in TYPES:
        hint = nearest(kind, TYPES) or f"write one of {', '.join(TYPES)}"
        options.report("bad-value", ("type",), hint, found=kind, expected="type of chart")
        return ()
    if kind == "timeline":
        return timeline(filling, options)
    table = filling.table(options)
    if table is None or not fitting(options, kind, ("date", "panels")[: 1 + (kind == "stacked")]):
        return ()
    columns = _columns(filling, options, table)
    label = filling.column(options, table, "label")
    split = filling.column(options, table, "panels") if "panels" in options.values else ""
    if not columns or not _fits(options, kind, table, len(columns)):
        return ()
    if not {*columns, label, split} - {""} <= set(table.columns):
        return ()
    table = _in_order(table, label) if kind == "line" else table
    before = len(filling.found)
    drawn = _read(filling, table, (label, split), kind, columns)
    told = any(item.code == "bad-value" for item in filling.found[before:])
    if not _has_numbers(options, drawn, told=told) or not _parted(filling, options, table, drawn):
        return ()
    return figure(filling, options, _drawn(filling, drawn, columns))


def _columns(filling: Filling, options: Options, table: Table) -> list[str]:
    """Return the columns whose numbers are drawn."""
    if "values" in options.values:
        is_list = isinstance(options.values["values"], list)
        return [
            filling.column(options, table, "values", *((number,) if is_list else ()))
            for number, _ in enumerate(options.items("values"))
        ]
    if "value" not in options.values:
        options.missing((), "value")
        return []
    return [filling.column(options, table, "value")]


def _fits(options: Options, kind: str, table: Table, series: int) -> bool:
    path = "values" if "values" in options.values else "value"
    rows = countable(options, "data", len(table.lines), MOST_ROWS[kind], "rows")
    return countable(options, path, series, MOST_SERIES[kind], "columns") and rows


def _in_order(table: Table, label: str) -> Table:
    """Put rows in the order of their dates, where all have one."""
    dates = isos([line.cells.get(label) for line in table.lines])
    order = sorted(range(len(dates)), key=lambda number: period(dates[number]))
    return replace(table, lines=[table.lines[number] for number in order]) if dates else table


def _has_numbers(options: Options, drawn: _Chart, *, told: bool) -> bool:
    """Tell whether there is a number to draw; report that none is, unless values were `told`."""
    numbers = sum(value is not None for one in drawn.series for value in one.values)
    if told and not numbers:
        return False
    return countable(options, "data", numbers, numbers, "values")


def _read(
    filling: Filling, table: Table, heads: tuple[str, str], kind: str, columns: Sequence[str]
) -> _Chart:
    """Read names and numbers; `heads` are the columns of names and of panels."""
    label, split = heads
    values = [line.cells.get(label) for line in table.lines]
    names = _names(filling, table, label)
    panels = _names(filling, table, split) if split else [""] * len(names)
    series = [
        Series(
            key.replace("_", " ") if len(columns) > 1 else "",
            _numbers(filling, table, key, kind),
        )
        for key in columns
    ]
    return _Chart(kind, label, split, values, names, panels, series)


def _names(filling: Filling, table: Table, key: str) -> list[str]:
    """Word the values of a column; dates where all of them are dates or years."""
    dates = isos([line.cells.get(key) for line in table.lines])
    if dates:
        return [filling.wording.date(iso) for iso in dates]
    return [plain(filling.cell(table, line, key)) for line in table.lines]


def _numbers(filling: Filling, table: Table, key: str, kind: str) -> list[float | None]:
    """Return the numbers of a column; what is none is reported, and nothing is left out."""
    numbers: list[float | None] = []
    expected = "number, for a line" if kind == "line" else "number from 0 on, for a bar"
    for line in table.lines:
        value = line.cells.get(key)
        number = None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
            number = float(value) if kind == "line" or value >= 0 else None
        numbers.append(number)
        if value is not None and number is None:
            filling.report_cell(table, line, key, expected)
    return numbers


def _parted(filling: Filling, options: Options, table: Table, drawn: _Chart) -> bool:
    """Tell whether there are not too many panels, and each name is in each of them but once."""
    if not drawn.split:
        return True
    seen: set[tuple[str, str]] = set()
    good = countable(options, "panels", len(set(drawn.panels)), MOST_PANELS, "panels")
    for line, pair in zip(table.lines, zip(drawn.panels, drawn.names, strict=True), strict=False):
        if pair in seen:
            expected = f"`{drawn.label}` that stands once in its panel"
            filling.report_cell(table, line, drawn.label, expected)
            good = False
        seen.add(pair)
    return good


def _drawn(filling: Filling, drawn: _Chart, columns: Sequence[str]) -> Drawn:
    """Say what is drawn: as a drawing, in words and as a table."""
    write = filling.wording.number
    heads = [f"{panel}, {name}" if panel else name
             for panel, name in zip(drawn.panels, drawn.names, strict=True)]  # fmt: skip
    said = []
    rows = []
    for at, name in enumerate(heads):
        numbers = [(one.title, one.values[at]) for one in drawn.series]
        words = [f"{title} {write(v)}".strip() for title, v in numbers if v is not None]
        said.append((name, ", ".join(words)))
        cells = [NOTHING if value is None else write(value) for _, value in numbers]
        rows.append([*([drawn.panels[at]] if drawn.split else []), drawn.names[at], *cells])
    head = [*([drawn.split] if drawn.split else []), drawn.label, *columns]
    short = ", ".join(dict.fromkeys(drawn.panels if drawn.split else drawn.names))
    geometry = _geometry(filling, drawn)
    return Drawn(drawn.kind, ALTS[drawn.kind], geometry, short, listed(said), head, rows)


def _geometry(filling: Filling, drawn: _Chart) -> Geometry:
    write, rtl = filling.wording.number, is_rtl(filling)
    if drawn.split:
        values = dict(zip(drawn.names, drawn.values, strict=True))
        names = list(values)
        if isos(drawn.values):
            names.sort(key=lambda name: period(iso_of(values[name])))
        panels = _panels(drawn, names)
        if drawn.kind == "bar":
            return bar_panels(names, panels, write, rtl=rtl)
        axis = across(filling.wording, [values[name] for name in names], names)
        return line_panels(axis, panels, write, rtl=rtl)
    if drawn.kind == "line":
        axis = across(filling.wording, drawn.values, drawn.names)
        return line_geometry(axis, drawn.series, write, rtl=rtl)
    draw = bar_geometry if drawn.kind == "bar" else stacked_geometry
    return draw(drawn.names, drawn.series, write, rtl=rtl)


def _panels(drawn: _Chart, names: Sequence[str]) -> Mapping[str, Sequence[Series]]:
    """Part series into panels, in each of which every name has its place."""
    found = {}
    for panel in dict.fromkeys(drawn.panels):
        rows = {name: at for at, name in enumerate(drawn.names) if drawn.panels[at] == panel}
        found[panel] = [
            Series(one.title, [one.values[rows[name]] if name in rows else None for name in names])
            for one in drawn.series
        ]
    return found

"""A file of `data/`: its tree comes in, checked goes out, years as dates are written.

It holds a list of rows, or a mapping of names to plain values or to rows; a row maps keys to plain
values or lists of them.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.project import Tree, YamlPath
from reglet.source.complaints import YamlFile, wrong_type
from reglet.source.dates import date_hint, date_parts, seems_date

_DATE = re.compile(r"(?:.*[-_ ])?date|issued|accessed")
_MAYBE_DATE = frozenset({"begin", "start", "end", "since", "until", "born", "died"})
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", re.ASCII)
_NUMERIC = re.compile(r"[-+]?[0-9][0-9 ,]*(?:\.[0-9]+)?", re.ASCII)

_Cell = tuple[YamlPath, object]


def read_data(file: YamlFile) -> Outcome[Tree]:
    """Check the shape of a data file, its identifiers, its dates and the types of its columns."""
    rows, diagnostics = _rows(file)
    diagnostics.extend(_duplicates(file, rows))
    columns: dict[str, list[_Cell]] = defaultdict(list)
    for path in rows:
        row = file.value(path)
        for key, value in row.items() if isinstance(row, dict) else ():
            columns[key].append(((*path, key), value))
    alone = _single_values(file.tree.value, rows)
    years = dict(_years([*columns.items(), *alone]))
    for key, cells in columns.items():
        diagnostics.extend(_dates(file, key, cells))
        diagnostics.extend(_mixed(file, key, cells, years))
    for key, cells in alone:
        diagnostics.extend(_dates(file, key, cells))
    value = _with(file.tree.value, (), years) if years else file.tree.value
    found = tuple(sorted(diagnostics, key=lambda item: item.span))
    return Outcome(replace(file.tree, value=[] if value is None else value), found)


def _rows(file: YamlFile) -> tuple[list[YamlPath], list[Diagnostic]]:
    """Return the places of the rows, and what is in the file that is neither row nor value."""
    value = file.tree.value
    rows: list[YamlPath] = []
    diagnostics: list[Diagnostic] = []
    if isinstance(value, list):
        for number, row in enumerate(value):
            if isinstance(row, dict):
                rows.append((number,))
            else:
                expected = "a row, `key: value`"
                diagnostics.append(wrong_type(file, (number,), expected))
    elif isinstance(value, dict):
        for name, row in value.items():
            if isinstance(row, dict):
                rows.append((name,))
            else:
                diagnostics.extend(_not_plain(file, (name,), row))
    elif value is not None:
        hint = "write rows as `- key: value`, or lines as `name: value`"
        diagnostics.append(wrong_type(file, (), "a list of rows or a mapping", hint))
    for path in rows:
        row = file.value(path)
        for key, cell in row.items() if isinstance(row, dict) else ():
            diagnostics.extend(_not_plain(file, (*path, key), cell))
    return rows, diagnostics


def _not_plain(file: YamlFile, path: YamlPath, value: object) -> Iterator[Diagnostic]:
    expected = "a plain value or a list of plain values"
    if isinstance(value, dict):
        yield wrong_type(file, path, expected, "put it in a data file of its own")
    for number, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, (dict, list)):
            yield wrong_type(file, (*path, number), "a plain value")


def _duplicates(file: YamlFile, rows: Iterable[YamlPath]) -> Iterator[Diagnostic]:
    """Tell rows that have an identifier of the wrong type, or that of another row."""
    first: dict[str, YamlPath] = {}
    for path in rows:
        place = (*path, "id")
        if place not in file.tree.spans:
            continue
        name = file.value(place)
        if not isinstance(name, str):
            yield wrong_type(file, place, "text")
        elif first.setdefault(name, place) != place:
            span, before = file.tree.at(place), file.tree.at(first[name])
            yield diagnose("duplicate-id", span, id=name, first=before)


def _single_values(value: object, rows: list[YamlPath]) -> list[tuple[str, list[_Cell]]]:
    """Return the plain values that a mapping gives names to, each as a column of one."""
    if not isinstance(value, dict):
        return []
    names = {path[0] for path in rows}
    return [(name, [((name,), item)]) for name, item in value.items() if name not in names]


def _is_date_column(key: str, cells: Iterable[_Cell]) -> bool:
    """Tell by its name whether a column holds dates; some names say so only beside a date."""
    if _DATE.fullmatch(key.lower()):
        return True
    return key.lower() in _MAYBE_DATE and any(
        isinstance(value, str) and _ISO.fullmatch(value) for _, value in cells
    )


def _years(columns: Iterable[tuple[str, list[_Cell]]]) -> Iterator[tuple[YamlPath, str]]:
    """Return the years that stand as numbers in columns of dates, as text."""
    for key, cells in columns:
        if _is_date_column(key, cells):
            for path, value in cells:
                if type(value) is int and 1000 <= value <= 9999:
                    yield path, str(value)


def _dates(file: YamlFile, key: str, cells: list[_Cell]) -> Iterator[Diagnostic]:
    """Tell what is written as a date and is none."""
    named = _is_date_column(key, cells)
    for path, value in cells:
        text = str(value) if named and type(value) in (int, float) else value
        if not isinstance(text, str) or date_parts(text) is not None:
            continue
        if _ISO.fullmatch(text) or (named and (seems_date(text) or text is not value)):
            yield diagnose("bad-date", file.tree.at(path), date_hint(text), found=text)


def _mixed(
    file: YamlFile, key: str, cells: list[_Cell], years: dict[YamlPath, str]
) -> Iterator[Diagnostic]:
    """Tell the values of a column that are of another type than those above them."""
    expected = ""
    dated = _is_date_column(key, cells)
    for path, value in cells:
        found = "text" if path in years else _type(value)
        if found == "a number" and (dated or key == "id"):
            continue  # told as a wrong date or identifier
        expected = expected or found
        if found and found != expected:
            hint = ""
            if expected == "a number" and isinstance(value, str) and _NUMERIC.fullmatch(value):
                hint = f"write `{re.sub(r'[ ,]', '', value)}`, without quotes"
            elif expected == "text" and found in ("a number", "true or false"):
                hint = f'put it in quotes: `{key}: "{file.written(path)}"`'
            span = file.tree.at(path)
            yield diagnose("mixed-types", span, hint, key=key, found=found, expected=expected)


def _type(value: object) -> str:
    """Name the type of a value; nothing at all is of every type."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, list):
        return "a list"
    return "text" if isinstance(value, str) else ""


def _with(value: object, path: YamlPath, years: dict[YamlPath, str]) -> object:
    """Copy a value with the years put in."""
    if path in years:
        return years[path]
    if isinstance(value, dict):
        return {key: _with(item, (*path, key), years) for key, item in value.items()}
    if isinstance(value, list):
        return [_with(item, (*path, number), years) for number, item in enumerate(value)]
    return value

"""What directives are filled with: options and rows of data in, nodes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node
from reglet.model.limits import raise_hint
from reglet.model.project import InlineParser, Project, YamlPath
from reglet.model.span import Span
from reglet.resolve.data import table_of
from reglet.resolve.expressions import Expressions
from reglet.resolve.options import Options
from reglet.resolve.walk import change
from reglet.resolve.wording import Wording, is_date

Nodes = tuple[Node, ...]
CELLS = "table-cells"
NOTHING = "–"  # printed where there is no value


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a data file, with its place in it."""

    step: str | int
    cells: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that a directive shows, of the data file `name`."""

    name: str
    lines: Sequence[Line]
    columns: Sequence[str]  # that any row of the file has


class Filling:
    """What directives are filled from: data, language and Markdown; `found` collects mistakes."""

    def __init__(
        self, project: Project, wording: Wording, inline: InlineParser, expressions: Expressions
    ) -> None:
        self.project = project
        self.wording = wording
        self.expressions = expressions
        self.found: list[Diagnostic] = []
        self.lang = project.report.lang
        self._parse = inline

    def inline(self, words: str, span: Span) -> Nodes:
        """Parse inline Markdown that stands at `span`, and evaluate its expressions."""
        outcome = self._parse(words, span, self.lang)
        self.found += outcome.diagnostics
        return change(outcome.value, self.expressions.text_of)

    def option(self, options: Options, *path: str | int) -> Nodes:
        """Parse the option at `path` as inline Markdown."""
        value = options.value(path)
        if isinstance(value, (dict, list)):
            options.wrong(path, "text")
            return ()
        return () if value is None else self.inline(str(value), options.at(*path))

    def table(self, options: Options) -> Table | None:
        """Return the rows of the data file that a directive names, as `where` keeps them."""
        name = options.plain("data")
        tree = self.project.data.get(name)
        rows = table_of(tree) if tree else None
        if rows is None:
            hint = "" if tree else nearest(name, self.project.data)
            hint = hint or "name a file of `data/` that holds rows"
            options.report("unknown-data", ("data",), hint, name=name)
            return None
        columns = tuple(dict.fromkeys(key for _, row in rows for key in row))
        where = options.values.get("where") or {}
        if not isinstance(where, dict):
            options.wrong(("where",), "a mapping of columns to values")
            where = {}
        for key in where if columns else ():
            if key not in columns:
                hint = nearest(key, columns)
                span = options.tree.keys.get(("where", key)) or options.at("where")
                self.found.append(diagnose("unknown-data", span, hint, name=key))
        kept = [Line(step, row) for step, row in rows if all(row.get(k) == where[k] for k in where)]
        return Table(name, kept, columns) if self._fits(options, len(kept)) else None

    def _fits(self, options: Options, rows: int) -> bool:
        """Tell whether so many rows make no more cells, or bars, than a table may have."""
        shown = options.values.get("columns") or options.values.get("values")
        count = rows * (len(shown) if isinstance(shown, list) else 1)
        most = self.project.report.limits[CELLS]
        if count > most:
            hint = f"keep fewer rows with `where`, or {raise_hint(CELLS)}"
            span, limit = options.node.span, f"{most:,}"
            self.found.append(diagnose("table-limit", span, hint, found=f"{count:,}", limit=limit))
        return count <= most

    def column(self, options: Options, table: Table, *path: str | int) -> str:
        """Return the column named by the option at `path`; one that there is not is reported."""
        name = str(options.value(path))
        if table.columns and name not in table.columns:
            hint = nearest(name, table.columns) or f"columns: {', '.join(table.columns)}"
            options.report("unknown-data", path, hint, name=name)
        return name

    def cell(self, table: Table, line: Line, key: str, form: str = "") -> Nodes:
        """Write a value: a number or date by language, text as inline Markdown.

        `form` is "number", "text", "date" (of medium length), "long" (a date in full), or nothing:
        numbers are then numbers, and all else is text.
        """
        value = line.cells.get(key)
        at: YamlPath = (line.step, key)
        span = self.project.data[table.name].at(at)
        if isinstance(value, list):
            value = ", ".join(str(item) for item in value)
        if value is None or value == "":
            return (Node(Kind.TEXT, span, text=NOTHING),)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and form != "text":
            return (Node(Kind.TEXT, span, text=self.wording.number(value)),)
        if form in ("date", "long") and is_date(value):
            length = "medium" if form == "date" else "long"
            return (Node(Kind.TEXT, span, text=self.wording.date(str(value), length)),)
        return self.inline(str(value), span)

    def report_cell(self, table: Table, line: Line, key: str, expected: str) -> None:
        """Note a value of the data that is not what a directive needs."""
        span = self.project.data[table.name].at((line.step, key))
        found = line.cells.get(key)
        self.found.append(diagnose("bad-value", span, found=found, expected=expected))

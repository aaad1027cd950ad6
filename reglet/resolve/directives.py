"""Directive blocks in, tables, lists and figures out, filled from the report's data.

One function a directive and one row in `DIRECTIVES`; a new directive is both.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from reglet.figures.chart import bars
from reglet.language import long_date
from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node
from reglet.model.project import InlineParser, Project, Tree
from reglet.model.span import Span
from reglet.resolve.data import Expressions
from reglet.resolve.walk import change, plain
from reglet.yamltree import read_yaml

NOTHING = "–"  # what a cell without a value prints


@dataclass(frozen=True, slots=True)
class _Block:
    """A directive's YAML, its place, and what it is filled from."""

    node: Node
    tree: Tree
    options: Mapping[str, Any]
    maker: "Directives"

    def span(self, *path: str | int) -> Span:
        """Return the place of an option."""
        return self.tree.at(path) if self.tree.spans else self.node.span

    def inline(self, value: object, *path: str | int) -> tuple[Node, ...]:
        """Parse an option, or a value of the data, as inline Markdown."""
        return self.maker.inline(str(value), self.span(*path))

    def rows(self) -> list[Mapping[str, Any]]:
        """Return the rows that the directive shows."""
        return self.maker.rows(self)


class Directives:
    """Fills the directives of one report."""

    def __init__(
        self,
        project: Project,
        labels: Mapping[str, str],
        inline: InlineParser,
        expressions: Expressions,
    ) -> None:
        self.project = project
        self.labels = labels
        self.parse = inline
        self.expressions = expressions
        self.found: list[Diagnostic] = []

    def fill(self, node: Node) -> Node | tuple[Node, ...]:
        """Turn a DIRECTIVE into what it shows; other nodes stay as they are."""
        if node.kind is not Kind.DIRECTIVE:
            return node
        name = node.attrs["name"]
        read = read_yaml(node.text, node.span.path, node.span.line, node.span.column)
        self.found += read.diagnostics
        options = read.value.value
        directive = DIRECTIVES.get(name)
        if directive is None or not isinstance(options, dict):
            if not read.diagnostics:
                self.bad(node.span, name, "write its options as `key: value` lines")
            return ()
        block = _Block(node, read.value, options, self)
        if not self._known(block, directive):
            return ()
        return directive.make(block)

    def bad(self, span: Span, name: str, reason: str, hint: str = "") -> None:
        """Note what is wrong with a directive."""
        self.found.append(diagnose("bad-directive", span, hint, name=name, reason=reason))

    def inline(self, text: str, span: Span) -> tuple[Node, ...]:
        """Parse inline Markdown and evaluate its expressions."""
        outcome = self.parse(text, span, self.project.report.lang)
        self.found += outcome.diagnostics
        return change(outcome.value, self.expressions.text_of)

    def rows(self, block: _Block) -> list[Mapping[str, Any]]:
        """Return the rows of the data set that a directive names, as `where` keeps them."""
        name = str(block.options["data"])
        tree = self.project.data.get(name)
        if tree is None:
            hint = nearest(name, self.project.data)
            self.found.append(diagnose("unknown-data", block.span("data"), hint, name=name))
            return []
        value = tree.value
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        if isinstance(value, dict):
            rows = [{"id": key, **row} for key, row in value.items() if isinstance(row, dict)]
        wanted = block.options.get("where") or {}
        return [row for row in rows if all(row.get(key) == wanted[key] for key in wanted)]

    def column(self, block: _Block, rows: list[Mapping[str, Any]], *path: str | int) -> str:
        """Return the name of a column, checked against the rows."""
        key: Any = block.options
        for step in path:
            key = key[step]
        known = {name for row in rows for name in row}
        if rows and key not in known:
            self.found.append(
                diagnose("unknown-data", block.span(*path), nearest(str(key), known), name=key)
            )
        return str(key)

    def _known(self, block: _Block, directive: "_Directive") -> bool:
        name = block.node.attrs["name"]
        for key in block.options:
            if key not in directive.keys:
                place = block.tree.keys.get((key,), block.span(key))
                hint = nearest(key, directive.keys) or f"keys: {', '.join(directive.keys)}"
                self.found.append(diagnose("unknown-key", place, hint, key=key))
        missing = [key for key in directive.needed if key not in block.options]
        for key in missing:
            self.bad(block.node.span, name, f"the key `{key}` is missing", f"add `{key}: …`")
        return not missing


def _table(block: _Block) -> Node:
    rows = block.rows()
    columns: list[dict[str, Any]] = []
    for number, column in enumerate(block.options["columns"] or []):
        if not isinstance(column, dict) or "key" not in column:
            reason = "each column is `{key: …, title: …}`"
            block.maker.bad(block.span("columns", number), "table", reason)
            continue
        block.maker.column(block, rows, "columns", number, "key")
        columns.append({**column, "at": number})
    head = Node(Kind.HEAD, children=(_row(_titles(block, columns)),))
    body = [_row(_cells(block, columns, row)) for row in rows]
    if totals := block.options.get("total"):
        body.append(replace(_row(_totals(block, columns, rows, totals)), classes=("total",)))
    caption = _caption(block)
    return Node(
        Kind.TABLE,
        block.node.span,
        (*caption, head, Node(Kind.BODY, children=tuple(body))),
        id=str(block.options.get("id", "")),
    )


def _row(cells: Iterable[Node]) -> Node:
    return Node(Kind.ROW, children=tuple(cells))


def _titles(block: _Block, columns: list[dict[str, Any]]) -> Iterable[Node]:
    for column in columns:
        title = column.get("title", column["key"])
        attrs = {"header": "col", "align": str(column.get("align", ""))}
        yield Node(
            Kind.CELL,
            block.node.span,
            block.inline(title, "columns", column["at"], "title"),
            attrs=attrs,
        )


def _cells(block: _Block, columns: list[dict[str, Any]], row: Mapping[str, Any]) -> Iterable[Node]:
    for number, column in enumerate(columns):
        attrs = {"align": str(column.get("align", "")), "header": "" if number else "row"}
        words = _words(block, row.get(column["key"]), str(column.get("format", "")))
        yield Node(Kind.CELL, block.node.span, words, attrs=attrs)


def _words(block: _Block, value: Any, form: str) -> tuple[Node, ...]:
    """Write a value of the data: a number or a date by language, a text as inline Markdown."""
    if value is None or value == "":
        return (Node(Kind.TEXT, block.node.span, text=NOTHING),)
    lang = block.maker.project.report.lang
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    if form == "date":
        return (Node(Kind.TEXT, block.node.span, text=long_date(str(value), lang)),)
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = block.maker.expressions.sandbox.filters["number"](value)
        return (Node(Kind.TEXT, block.node.span, text=str(number)),)
    return block.inline(value)


def _totals(
    block: _Block, columns: list[dict[str, Any]], rows: list[Mapping[str, Any]], keys: list[str]
) -> Iterable[Node]:
    for number, column in enumerate(columns):
        attrs = {"align": str(column.get("align", "")), "header": "" if number else "row"}
        words: tuple[Node, ...] = ()
        if number == 0:
            words = (Node(Kind.TEXT, text=block.maker.labels.get("total", "Total")),)
        if column["key"] in keys:
            values = [row.get(column["key"]) for row in rows]
            words = _words(block, sum(v for v in values if isinstance(v, int | float)), "")
        yield Node(Kind.CELL, block.node.span, words, attrs=attrs)


def _caption(block: _Block) -> tuple[Node, ...]:
    if not block.options.get("caption"):
        return ()
    words = block.inline(block.options["caption"], "caption")
    return (Node(Kind.CAPTION, block.span("caption"), words),)


def _pairs(block: _Block, term: str, text: str, name: str) -> Node:
    """Make a definition list of two columns."""
    rows = block.rows()
    keys = [block.maker.column(block, rows, key) for key in (term, text)]
    children: list[Node] = []
    for row in rows:
        paragraph = Node(Kind.PARAGRAPH, block.node.span, _words(block, row.get(keys[1]), ""))
        children.append(Node(Kind.TERM, block.node.span, _words(block, row.get(keys[0]), "")))
        children.append(Node(Kind.DEFINITION, block.node.span, (paragraph,)))
    return Node(Kind.DEFINITIONS, block.node.span, tuple(children), classes=(name,))


def _chronology(block: _Block) -> Node:
    return _pairs(block, "date", "text", "chronology")


def _glossary(block: _Block) -> Node:
    return _pairs(block, "term", "text", "glossary")


def _key_figures(block: _Block) -> Node:
    items: list[Node] = []
    for number, item in enumerate(block.options["items"] or []):
        if not isinstance(item, dict) or not {"value", "label"} <= item.keys():
            reason = "each item is `{value: …, label: …}`"
            block.maker.bad(block.span("items", number), "key-figures", reason)
            continue
        value = block.inline(item["value"], "items", number, "value")
        label = block.inline(item["label"], "items", number, "label")
        between = Node(Kind.TEXT, block.node.span, text=" ")
        strong = Node(Kind.STRONG, block.node.span, value)
        paragraph = Node(Kind.PARAGRAPH, block.node.span, (strong, between, *label))
        items.append(Node(Kind.ITEM, block.node.span, (paragraph,)))
    attrs = {"tight": "yes", "ordered": ""}
    return Node(Kind.LIST, block.node.span, tuple(items), classes=("key-figures",), attrs=attrs)


def _chart(block: _Block) -> Node | tuple[Node, ...]:
    if block.options["type"] != "bar":
        block.maker.bad(block.span("type"), "chart", "the type is `bar`", "write `type: bar`")
        return ()
    rows = block.rows()
    label, value = (block.maker.column(block, rows, key) for key in ("label", "value"))
    shown = [(str(row.get(label, "")), row.get(value)) for row in rows]
    numbers = [(name, float(n)) for name, n in shown if isinstance(n, int | float)]
    items = "; ".join(f"{name}, {n:g}" for name, n in numbers)
    alt = block.maker.labels.get("chart_alt", "Bar chart. {items}.").format(items=items)
    if "alt" in block.options:
        alt = plain(block.inline(block.options["alt"], "alt"))
    title = plain(block.inline(block.options.get("caption", ""), "caption"))
    attrs = {"template": "bar", "alt": alt, "title": title}
    text = json.dumps(bars(numbers), ensure_ascii=False)
    drawing = Node(Kind.DRAWING, block.node.span, text=text, attrs=attrs)
    credit = ""
    if "source" in block.options:
        words = plain(block.inline(block.options["source"], "source"))
        credit = f"{block.maker.labels.get('source', 'Source')}: {words}"
    return Node(
        Kind.FIGURE,
        block.node.span,
        (drawing, *_caption(block)),
        id=str(block.options.get("id", "")),
        classes=("chart",),
        attrs={"credit": credit},
    )


@dataclass(frozen=True, slots=True)
class _Directive:
    """A directive: what makes it, the keys it has, and those it cannot do without."""

    make: Callable[[_Block], Node | tuple[Node, ...]]
    keys: tuple[str, ...]
    needed: tuple[str, ...]


DIRECTIVES: dict[str, _Directive] = {
    "table": _Directive(
        _table, ("id", "caption", "data", "where", "columns", "total"), ("data", "columns")
    ),
    "chronology": _Directive(
        _chronology, ("data", "where", "date", "text"), ("data", "date", "text")
    ),
    "glossary": _Directive(_glossary, ("data", "where", "term", "text"), ("data", "term", "text")),
    "key-figures": _Directive(_key_figures, ("items",), ("items",)),
    "chart": _Directive(
        _chart,
        ("type", "id", "caption", "alt", "data", "where", "label", "value", "source"),
        ("type", "data", "label", "value"),
    ),
}

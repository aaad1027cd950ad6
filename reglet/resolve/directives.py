"""Directives filled from the report's data: blocks of YAML in, tables, lists and figures out.

One function a directive and one row of `DIRECTIVES`; a new directive is both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reglet.model.diagnostic import diagnose, nearest
from reglet.model.document import Definition, Kind, Node, Section
from reglet.resolve.charts import chart
from reglet.resolve.filling import Filling, Nodes
from reglet.resolve.maps import locator
from reglet.resolve.options import Options, read_options
from reglet.resolve.tables import data_table
from reglet.resolve.walk import change_section, text


def fill(section: Section, filling: Filling) -> Section:
    """Fill the directives of a section; notes written in them become notes of the section."""
    filling.lang = section.lang or filling.project.report.lang

    def filled(node: Node) -> Node | Nodes:
        if node.kind is not Kind.DIRECTIVE:
            return node
        row = DIRECTIVES.get(node.attrs["name"])
        if row is None:
            name = node.attrs["name"]
            hint = nearest(name, DIRECTIVES) or f"blocks: {', '.join(DIRECTIVES)}"
            filling.found.append(diagnose("unknown-directive", node.span, hint, name=name))
            return ()
        options = read_options(node, row.keys, row.needed, filling.found)
        return row.make(filling, options) if options else ()

    notes: list[Definition] = []

    def parted(node: Node) -> Node:
        if node.kind is not Kind.CALL or not node.children:
            return node
        label = node.attrs["label"]
        notes.append(Definition(label, node.span, node.children, inline=True))
        return replace(node, children=())

    done = change_section(change_section(section, filled), parted)
    return replace(done, definitions=(*done.definitions, *notes))


def _pairs(filling: Filling, options: Options, term: str, form: str) -> Nodes:
    """Make a definition list of the columns that the options `term` and `text` name."""
    table = filling.table(options)
    if table is None:
        return ()
    first, second = (filling.column(options, table, key) for key in (term, "text"))
    children: list[Node] = []
    for line in table.lines:
        span = filling.project.data[table.name].at((line.step,))
        words = filling.cell(table, line, second)
        paragraph = Node(Kind.PARAGRAPH, span, words)
        children.append(Node(Kind.TERM, span, filling.cell(table, line, first, form)))
        children.append(Node(Kind.DEFINITION, span, (paragraph,)))
    node = options.node
    classes = (options.name, *node.classes)
    return (Node(Kind.DEFINITIONS, node.span, tuple(children), id=node.id, classes=classes),)


def _chronology(filling: Filling, options: Options) -> Nodes:
    return _pairs(filling, options, "date", "long")


def _glossary(filling: Filling, options: Options) -> Nodes:
    return _pairs(filling, options, "term", "text")


def _key_figures(filling: Filling, options: Options) -> Nodes:
    items: list[Node] = []
    for number, value in enumerate(options.items("items")):
        item = options.mapping(value, ("items", number), ("value", "label"))
        for key in ("value", "label") if item else ():
            if item.get(key) is None:
                options.missing(("items", number), key)
        figure = filling.option(options, "items", number, "value")
        label = filling.option(options, "items", number, "label")
        span = options.at("items", number)
        strong = Node(Kind.STRONG, span, figure)
        paragraph = Node(Kind.PARAGRAPH, span, (strong, text(" ", strong), *label))
        items.append(Node(Kind.ITEM, span, (paragraph,)))
    node = options.node
    attrs = {"ordered": "", "tight": "yes"}
    classes = ("key-figures", *node.classes)
    return (Node(Kind.LIST, node.span, tuple(items), id=node.id, classes=classes, attrs=attrs),)


@dataclass(frozen=True, slots=True)
class Directive:
    """What makes a directive, the keys it has, and those it cannot do without."""

    make: Callable[[Filling, Options], Nodes]
    keys: tuple[str, ...]
    needed: tuple[str, ...]


DIRECTIVES: Mapping[str, Directive] = {
    "table": Directive(
        data_table, ("id", "caption", "data", "where", "columns", "total"), ("data", "columns")
    ),
    "chronology": Directive(
        _chronology, ("data", "where", "date", "text"), ("data", "date", "text")
    ),
    "glossary": Directive(_glossary, ("data", "where", "term", "text"), ("data", "term", "text")),
    "key-figures": Directive(_key_figures, ("items",), ("items",)),
    "chart": Directive(
        chart,
        (
            *("type", "id", "caption", "alt", "data", "where", "label", "value", "values"),
            *("date", "panels", "source"),
        ),
        ("data", "label"),
    ),
    "map": Directive(
        locator,
        (
            *("id", "caption", "alt", "data", "where", "label", "lat", "lon", "kind"),
            *("window", "source"),
        ),
        ("data",),
    ),
}

"""Block tokens to nodes: what markdown-it found becomes reglet's tree, with a span on each node."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from reglet.model.document import Definition, Kind, Node
from reglet.model.span import Span
from reglet.text import directives, html
from reglet.text.attributes import Attributes
from reglet.text.inline import InlineBuilder
from reglet.text.limits import NESTING
from reglet.text.notes import Gathering
from reglet.text.positions import Lines, tails
from reglet.text.sheet import Sheet

_NONE = Attributes()


@dataclass(slots=True)
class _Frame:
    """A block that is being filled: what opened it, and the nodes in it so far."""

    opened: Token
    nodes: list[Node] = field(default_factory=list)
    tag: html.Tag | None = None
    span: Span | None = None


class TreeBuilder:
    """Builds a section's blocks; notes go to `notes`."""

    def __init__(self, sheet: Sheet, lines: Lines, notes: Gathering) -> None:
        self.sheet = sheet
        self.lines = lines
        self.notes = notes
        self.inline = InlineBuilder(sheet, notes)

    def build(self, tokens: Sequence[Token]) -> tuple[Node, ...]:
        """Make nodes of a whole section's tokens."""
        self._frames = [_Frame(Token("root", "", 1))]
        for token in tokens:
            if token.nesting > 0:
                self._frames.append(_Frame(token))
            elif token.nesting < 0:
                self._close()
            elif token.type == "inline":
                self._frames[-1].nodes += self._inline(token.children or [])
            elif token.type == "html_block":
                self._html(token)
            elif node := self._leaf(token):
                self._frames[-1].nodes.append(node)
        self._unclosed()
        return tuple(self._frames[0].nodes)

    def _inline(self, tokens: list[Token]) -> tuple[Node, ...]:
        """Make inline nodes, or a figure of a picture that stands alone in its paragraph."""
        alone = len(tokens) == 1 and tokens[0].type == "image"
        if not alone or self._frames[-1].opened.type != "paragraph_open":
            return self.inline.build(tokens)
        image, words = self.inline.picture(tokens[0])
        attrs = dict(image.attrs)
        credit = {"credit": attrs.pop("credit")} if "credit" in attrs else {}
        bare = replace(image, id="", classes=(), attrs=attrs)
        caption = (Node(Kind.CAPTION, words[0].span, words),) if words else ()
        figure = Node(Kind.FIGURE, image.span, (bare, *caption), attrs=credit)
        return (replace(figure, id=image.id, classes=image.classes),)

    def _close(self) -> None:
        self._unclosed()
        frame = self._frames.pop()
        opened = frame.opened
        if opened.type == "footnote_reference_open":
            span = self.sheet.places.span(opened.meta["at"], opened.meta["end"])
            definition = Definition(opened.meta["label"], span, tuple(frame.nodes))
            self.notes.definitions.append(definition)
            return
        if "box" in opened.meta:
            frame.nodes = self._ticked(opened, frame.nodes)
        if opened.type == "paragraph_open" and not frame.nodes:
            return  # of HTML that is left out
        node = MAKERS[opened.type](opened, tuple(frame.nodes), self._span(opened, frame.nodes))
        self._frames[-1].nodes.append(node)

    def _ticked(self, item: Token, nodes: list[Node]) -> list[Node]:
        """Begin an item with its box, ticked or not."""
        span = self.sheet.places.span(*item.meta["box"])
        box = Node(Kind.TEXT, span, text="☒ " if item.meta["done"] else "☐ ")
        first = nodes[0] if nodes else Node(Kind.RULE)
        if first.kind is not Kind.PARAGRAPH:
            return [Node(Kind.PARAGRAPH, span, (box,)), *nodes]
        return [replace(first, children=(box, *first.children)), *nodes[1:]]

    def _span(self, token: Token, nodes: Sequence[Node]) -> Span:
        """Return the first line of a block, from where the block begins on it."""
        if "at" in token.meta:
            at = token.meta["at"]
            return self.sheet.places.span(at, token.meta.get("end", at + self._rest(at)))
        if nodes:
            return nodes[0].span
        row = token.map[0] if token.map else 0
        return self.sheet.places.span(self.lines.starts[row], self.lines.end(row))

    def _rest(self, at: int) -> int:
        end = self.lines.text.find("\n", at)
        return len(self.lines.text[at : end if end >= 0 else None].rstrip())

    def _leaf(self, token: Token) -> Node | None:
        if token.type == "fence":
            return directives.fenced(token, self.sheet)
        span = self._span(token, ())
        if token.type == "hr":
            return Node(Kind.RULE, span)
        return Node(Kind.CODE_BLOCK, span, text=token.content, attrs={"language": ""})

    def _html(self, token: Token) -> None:
        """Keep allowed HTML; tags of divisions alone in a block hold the Markdown between them."""
        first, last = token.map or (0, 1)
        pieces = tails(self.lines, token.content.rstrip("\n"), first, last)

        def span_of(start: int, end: int) -> Span:
            return self.sheet.places.span(pieces.start(start), pieces.end(end))

        tags = [tag for tag in html.tags(token.content) if not tag.comment]
        if not html.only_divisions(token.content):
            if node := html.block(token.content, self.sheet, span_of):
                self._frames[-1].nodes.append(node)
            return
        for tag in tags:
            span = span_of(tag.start, tag.end)
            if not html.check(tag, html.DIVISIONS, self.sheet, span):
                continue
            if not tag.closing and len(self._frames) > NESTING:
                self.sheet.report_depth(pieces.start(tag.start), pieces.end(tag.end))
            elif not tag.closing:
                self._frames.append(_Frame(token, [], tag, span))
            elif (opened := self._frames[-1].tag) and opened.name == tag.name:
                frame = self._frames.pop()
                self._frames[-1].nodes.append(_division(frame, self.sheet))
            else:
                html.remove(tag, self.sheet, span)

    def _unclosed(self) -> None:
        """Take out divisions of HTML that are still open where the block around them ends."""
        while (tag := self._frames[-1].tag) is not None:
            frame = self._frames.pop()
            html.remove(tag, self.sheet, frame.span or self._span(frame.opened, ()))
            self._frames[-1].nodes += frame.nodes


def _division(frame: _Frame, sheet: Sheet) -> Node:
    tag, span = frame.tag or html.Tag(), frame.span or Span("")
    attrs, attributes = html.attributes(tag)
    if attributes.id:
        sheet.claims.append((attributes.id, span))
    classes = attributes.classes
    return Node(Kind.DIV, span, tuple(frame.nodes), id=attributes.id, classes=classes, attrs=attrs)


Maker = Callable[[Token, tuple[Node, ...], Span], Node]


def _plain(kind: Kind) -> Maker:
    def make(token: Token, nodes: tuple[Node, ...], span: Span) -> Node:
        found: Attributes = token.meta.get("attributes", _NONE)
        return Node(kind, span, nodes, id=found.id, classes=found.classes, attrs=found.pairs)

    return make


def _heading(token: Token, nodes: tuple[Node, ...], span: Span) -> Node:
    node = _plain(Kind.HEADING)(token, nodes, span)
    return replace(node, id=token.meta["id"], attrs={"level": token.tag[1:], **node.attrs})


def _paragraph(token: Token, nodes: tuple[Node, ...], span: Span) -> Node:
    if nodes and nodes[0].kind is Kind.FIGURE:
        return nodes[0]
    return _plain(Kind.PARAGRAPH)(token, nodes, span)


def _list(token: Token, nodes: tuple[Node, ...], span: Span) -> Node:
    ordered = token.type == "ordered_list_open"
    attrs = {"ordered": "yes" if ordered else "", "tight": "yes" if token.meta["tight"] else ""}
    if ordered:
        attrs |= {"start": str(token.meta["number"]), "style": token.meta["style"]}
    classes = ("task-list",) if "task" in token.meta else ()
    return Node(Kind.LIST, span, nodes, classes=classes, attrs=attrs)


def _cell(token: Token, nodes: tuple[Node, ...], span: Span) -> Node:
    attrs = {"align": str(token.attrs["align"]), "header": "col" if token.tag == "th" else ""}
    return Node(Kind.CELL, span, nodes, attrs=attrs)


MAKERS: Mapping[str, Maker] = {
    "blockquote_open": _plain(Kind.QUOTE),
    "bullet_list_open": _list,
    "caption_open": _plain(Kind.CAPTION),
    "dd_open": _plain(Kind.DEFINITION),
    "div_open": _plain(Kind.DIV),
    "dl_open": _plain(Kind.DEFINITIONS),
    "dt_open": _plain(Kind.TERM),
    "heading_open": _heading,
    "line_block_open": _plain(Kind.LINE_BLOCK),
    "list_item_open": _plain(Kind.ITEM),
    "ordered_list_open": _list,
    "paragraph_open": _paragraph,
    "table_open": _plain(Kind.TABLE),
    "tbody_open": _plain(Kind.BODY),
    "td_open": _cell,
    "th_open": _cell,
    "thead_open": _plain(Kind.HEAD),
    "tr_open": _plain(Kind.ROW),
}

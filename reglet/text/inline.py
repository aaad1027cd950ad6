"""Inline tokens to inline nodes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.token import Token

from reglet.model.diagnostic import diagnose
from reglet.model.document import Definition, Kind, Node
from reglet.model.span import Span
from reglet.text import html
from reglet.text.attributes import Attributes
from reglet.text.limits import NESTING
from reglet.text.links import address, picture
from reglet.text.notes import Gathering
from reglet.text.sheet import Sheet

KINDS: Mapping[str, Kind] = {
    "em_open": Kind.EMPHASIS,
    "link_open": Kind.LINK,
    "s_open": Kind.STRIKE,
    "span_open": Kind.SPAN,
    "strong_open": Kind.STRONG,
    "sub_open": Kind.SUBSCRIPT,
    "sup_open": Kind.SUPERSCRIPT,
}
_MARKS = {"em_close": 1, "s_close": 2, "sub_close": 1, "sup_close": 1, "strong_close": 2}
_NONE = Attributes()
_SPACES = re.compile(r"[ \t\n\v\f\r]+")


@dataclass(slots=True)
class _Frame:
    """An element that is being filled: what opened it, and the nodes in it so far."""

    opened: Token | None = None
    tag: html.Tag | None = None
    nodes: list[Node] = field(default_factory=list)


class InlineBuilder:
    """Builds the nodes of one text after another; notes go to `notes`."""

    def __init__(self, sheet: Sheet, notes: Gathering) -> None:
        self.sheet = sheet
        self.notes = notes
        self._frames = [_Frame()]
        self._text: list[Token] = []

    def build(self, tokens: Sequence[Token]) -> tuple[Node, ...]:
        """Make nodes of the tokens of one block or one note."""
        outer = self._frames, self._text
        self._frames, self._text = [_Frame()], []
        paired = html.pair(tokens, self.sheet)
        for index, token in enumerate(tokens):
            if token.type in ("text", "text_special"):
                self._text.append(token)
                continue
            if token.type == "html_inline" and index not in paired:
                continue  # left out: the text on both sides runs on
            if token.type in ("softbreak", "hardbreak"):
                self._end_line()
            else:
                self._flush()
            if token.type == "html_inline":
                for tag in paired.get(index, ()):
                    self._html(token, tag)
            elif token.nesting > 0:
                self._frames.append(_Frame(token))
            elif token.nesting < 0:
                self._close(token)
            else:
                MAKERS[token.type](self, token)
        self._end_line()
        nodes = self._frames[0].nodes
        if nodes and nodes[-1].kind is Kind.SOFT_BREAK:  # what stood after it is left out
            nodes.pop()
        self._frames, self._text = outer
        return tuple(nodes)

    def add(self, node: Node) -> None:
        """Put a node into the element that is open."""
        self._frames[-1].nodes.append(node)

    def span(self, token: Token) -> Span:
        """Return the span of a token that stands alone."""
        return self.sheet.places.span(token.meta["at"], token.meta.get("end", token.meta["at"] + 1))

    def _end_line(self) -> None:
        """End a line without space, even where what stood after the space is left out."""
        self._flush()
        nodes = self._frames[-1].nodes
        if nodes and nodes[-1].kind is Kind.TEXT:
            words = nodes[-1].text.rstrip(" ")
            nodes[-1:] = [replace(nodes[-1], text=words)] if words else []

    def _flush(self) -> None:
        """Make a TEXT node of the text so far."""
        if not self._text:
            return
        first, last = self._text[0], self._text[-1]
        words = _collapse("".join(token.content for token in self._text))
        if len(self._frames) == 1 and not self._frames[0].nodes:
            words = words.lstrip(" ")
        if words:
            end = last.meta.get("end", last.meta["at"] + len(last.content))
            span = self.sheet.places.span(first.meta["at"], end)
            self.add(Node(Kind.TEXT, span, text=words))
        self._text.clear()

    def _close(self, token: Token) -> None:
        frame = self._frames.pop()
        opened = frame.opened
        if opened is None:
            raise AssertionError(f"{token.type} closes nothing")
        start = opened.meta["at"] - (opened.type == "strong_open")
        end = token.meta.get("end", token.meta["at"] + _MARKS.get(token.type, 1))
        if token.type in _MARKS:
            end = token.meta["at"] + _MARKS[token.type]
        span = self.sheet.places.span(start, end)
        if len(self._frames) > NESTING:
            self.sheet.report_depth(start, start + 1)
            self._frames[-1].nodes += frame.nodes
            return
        attributes: Attributes = token.meta.get("attributes", _NONE)
        node = _node(KINDS[opened.type], span, frame.nodes, attributes)
        self.add(self._link(node, opened) if node.kind is Kind.LINK else node)

    def _link(self, node: Node, opened: Token) -> Node:
        target = address(str(opened.attrs["href"]), self.sheet, node.span)
        if not target:
            return replace(node, kind=Kind.SPAN)
        title = {"title": str(opened.attrs["title"])} if "title" in opened.attrs else {}
        return replace(node, attrs={"href": target, **title, **node.attrs})

    def _html(self, token: Token, tag: html.Tag) -> None:
        """Open or close an element that is written as HTML."""
        if tag.name in html.VOID:
            self.add(_void(tag, self.span(token), self.sheet))
        elif not tag.closing:
            self._frames.append(_Frame(token, tag))
        else:
            self._close_html(token)

    def _close_html(self, token: Token) -> None:
        frame = self._frames.pop()
        if frame.opened is None or frame.tag is None:
            raise AssertionError(f"{token.content} closes nothing")
        span = self.sheet.places.span(frame.opened.meta["at"], token.meta["end"])
        if node := _element(frame.tag, frame.nodes, span, self.sheet):
            self.add(node)
            return
        self.add(Node(Kind.RAW, self.span(frame.opened), text=html.opening(frame.tag)))
        self._frames[-1].nodes += frame.nodes
        self.add(Node(Kind.RAW, self.span(token), text=f"</{frame.tag.name}>"))

    def _note(self, token: Token) -> None:
        """Make a call; an inline note's text is gathered, or stays with the call."""
        attributes: Attributes = token.meta.get("attributes", _NONE)
        label = token.meta.get("label", "")
        blocks: tuple[Node, ...] = ()
        if token.meta.get("inline"):
            label = self.notes.label()
            span = self.sheet.places.span(token.meta["at"], token.meta["at"] + len("^["))
            blocks = paragraph(self.build(token.children or ()), span)
            if not self.notes.keep_inline:
                self.notes.definitions.append(Definition(label, span, blocks, inline=True))
                blocks = ()
        call = _node(Kind.CALL, self.span(token), blocks, attributes, {"label": label})
        self.add(call)

    def _image(self, token: Token) -> None:
        self.add(self.picture(token)[0])

    def picture(self, token: Token) -> tuple[Node, tuple[Node, ...]]:
        """Make a picture, and the nodes of its bracketed text: the caption of a figure."""
        attributes: Attributes = token.meta.get("attributes", _NONE)
        words = self.build(token.children or ())
        attrs = {"src": picture(str(token.attrs["src"])), "alt": plain(words)}
        if "title" in token.attrs:
            attrs["title"] = str(token.attrs["title"])
        span = self.span(token)
        if not words and "alt" not in attributes.pairs:
            self.sheet.diagnostics.append(diagnose("missing-alt", span))
        if not attrs["src"]:
            self.sheet.diagnostics.append(diagnose("empty-link", span))
        return _node(Kind.IMAGE, span, (), attributes, attrs), words

    def _code(self, token: Token) -> None:
        span = self.span(token)
        if "raw" not in token.meta:
            node = _node(Kind.CODE, span, (), token.meta.get("attributes", _NONE))
            self.add(replace(node, text=token.content))
        elif token.meta["raw"] in html.FORMATS:
            raw = html.block(token.content, self.sheet, lambda _start, _end: span)
            self._frames[-1].nodes += [raw] if raw else []
        else:
            language = token.meta["raw"]
            self.sheet.diagnostics.append(diagnose("raw-removed", span, format=language))

    def _break(self, token: Token) -> None:
        nodes = self._frames[-1].nodes
        first = len(self._frames) == 1 and not nodes
        if not first and (not nodes or nodes[-1].kind is not Kind.SOFT_BREAK):
            self._leaf(token)

    def _leaf(self, token: Token) -> None:
        self.add(Node(LEAVES[token.type], self.span(token), text=token.content))

    def _citation(self, token: Token) -> None:
        attributes: Attributes = token.meta.get("attributes", _NONE)
        node = _node(Kind.CITATION, self.span(token), (), attributes)
        cites = tuple(
            replace(cite, prefix=self.build(before), suffix=self.build(after))
            for cite, before, after in token.meta["cites"]
        )
        self.add(replace(node, cites=cites))

    def _reference(self, token: Token) -> None:
        form = {"form": "number"} if token.meta["number"] else {}
        attrs = {"target": token.meta["target"], **form}
        self.add(Node(Kind.REFERENCE, self.span(token), attrs=attrs))


LEAVES: Mapping[str, Kind] = {
    "expression": Kind.EXPRESSION,
    "hardbreak": Kind.HARD_BREAK,
    "softbreak": Kind.SOFT_BREAK,
}
MAKERS: Mapping[str, Callable[[InlineBuilder, Token], None]] = {
    "call": InlineBuilder._note,
    "citation": InlineBuilder._citation,
    "code_inline": InlineBuilder._code,
    "expression": InlineBuilder._leaf,
    "hardbreak": InlineBuilder._leaf,
    "image": InlineBuilder._image,
    "reference": InlineBuilder._reference,
    "softbreak": InlineBuilder._break,
}


def _node(
    kind: Kind,
    span: Span,
    children: Sequence[Node],
    attributes: Attributes,
    attrs: Mapping[str, str] | None = None,
) -> Node:
    return Node(
        kind,
        span,
        tuple(children),
        id=attributes.id,
        classes=attributes.classes,
        attrs={**(attrs or {}), **attributes.pairs},
    )


def _void(tag: html.Tag, span: Span, sheet: Sheet) -> Node:
    """Make a node of `<br>`, `<img>` or `<wbr>`."""
    if tag.name == "br":
        return Node(Kind.HARD_BREAK, span)
    if tag.name != "img":
        return Node(Kind.RAW, span, text=html.opening(tag))
    attrs, attributes = html.attributes(tag)
    if "alt" not in attrs:
        sheet.diagnostics.append(diagnose("missing-alt", span))
    return _node(Kind.IMAGE, span, (), attributes, {**attrs, "src": picture(attrs.get("src", ""))})


def _element(tag: html.Tag, nodes: Sequence[Node], span: Span, sheet: Sheet) -> Node | None:
    """Make a node of an element written as HTML, where the tree has such a kind."""
    attrs, attributes = html.attributes(tag)
    kind = html.KINDS.get(tag.name)
    if kind is None:
        return None
    if kind is Kind.LINK:
        href = attrs.pop("href", None)
        target = address(href, sheet, span) if href is not None else ""
        kind, attrs = (Kind.LINK, {"href": target, **attrs}) if target else (Kind.SPAN, attrs)
    if attributes.id:
        sheet.claims.append((attributes.id, span))
    return _node(kind, span, nodes, attributes, attrs)


def _collapse(text: str) -> str:
    return _SPACES.sub(" ", text)


def plain(nodes: Sequence[Node]) -> str:
    """Return the words of inline nodes, without notes and citations."""
    words = []
    for node in nodes:
        if node.kind in (Kind.SOFT_BREAK, Kind.HARD_BREAK):
            words.append(" ")
        elif node.kind not in (Kind.CALL, Kind.CITATION, Kind.RAW, Kind.EXPRESSION):
            words.append(node.attrs["alt"] if node.kind is Kind.IMAGE else node.text)
            words.append("" if node.kind is Kind.IMAGE else plain(node.children))
    return _collapse("".join(words)).strip()


def paragraph(nodes: tuple[Node, ...], span: Span) -> tuple[Node, ...]:
    """Wrap an inline note's text in the paragraph that a note's text is made of."""
    return (Node(Kind.PARAGRAPH, nodes[0].span if nodes else span, nodes),)

"""Fenced code blocks that are directives or raw markup, and code with Pandoc's attributes."""

import re

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from reglet.model.diagnostic import nearest
from reglet.model.document import Kind, Node
from reglet.model.span import Span
from reglet.text import html
from reglet.text.attributes import Attributes, accept, looks_meant, read
from reglet.text.sheet import Sheet

NAMES = ("chart", "chronology", "glossary", "key-figures", "map", "table")
_INFO = re.compile(r"\s*(?P<word>[^\s{]*)\s*(?P<braces>\{.*\})?\s*$")
_RAW = re.compile(r"\{=([\w-]+)\}")
_BLANK = re.compile(r"\A(?:[ \t]*(?:\n|\Z))+")  # lines
_NAMED = re.compile(r"\{([\w-]+)\}")


def fenced(token: Token, sheet: Sheet) -> Node | None:
    """Make a node of a fenced block: a directive, allow-listed HTML, or code.

    A directive's span is the first line of its YAML, in the column of its fence; without any, the
    fence.
    """
    found = _INFO.match(token.info)
    word = unescapeAll(found["word"]) if found else token.info.split(maxsplit=1)[0]
    braces = found["braces"] or "" if found else ""
    if raw := _RAW.fullmatch(braces):
        return _raw(token, raw[1], sheet)
    if not word and (named := _NAMED.fullmatch(braces)):
        word, braces = named[1], ""
        if word not in NAMES:
            place = token.meta["at"]
            hint = nearest(word, NAMES) or f"blocks: {', '.join(NAMES)}"
            end = place + len(token.markup + token.info)
            sheet.report("unknown-directive", place, end, hint, name=word)
    attributes = _attributes(token, braces, sheet)
    if word in NAMES:
        return _directive(token, word, attributes, sheet)
    return _code(token, word, attributes, sheet)


def _attributes(token: Token, braces: str, sheet: Sheet) -> Attributes:
    if not braces:
        return Attributes()
    start = token.meta["at"] + len(token.markup) + token.info.index(braces)
    end = start + len(braces)
    found = read(braces)
    if found:
        return accept(found, "code_block", sheet, start, end)
    if looks_meant(braces, 0):
        sheet.report("bad-attributes", start, end, text=braces)
    return Attributes()


def _directive(token: Token, name: str, attributes: Attributes, sheet: Sheet) -> Node:
    return Node(
        Kind.DIRECTIVE,
        _first_line(token, sheet),
        text=_BLANK.sub("", token.content),
        id=attributes.id,
        classes=attributes.classes,
        attrs={"name": name, **attributes.pairs},
    )


def _code(token: Token, word: str, attributes: Attributes, sheet: Sheet) -> Node:
    classes = attributes.classes
    if not word and classes:
        word, classes = classes[0], classes[1:]
    return Node(
        Kind.CODE_BLOCK,
        sheet.places.span(token.meta["at"], token.meta["at"] + len(token.markup + token.info)),
        text=token.content,
        id=attributes.id,
        classes=classes,
        attrs={"language": word, **attributes.pairs},
    )


def _raw(token: Token, language: str, sheet: Sheet) -> Node | None:
    """Keep what is meant for HTML as far as it is allowed; leave out what is for other formats."""
    span = _first_line(token, sheet)
    if language in html.FORMATS:
        return html.block(token.content, sheet, lambda _start, _end: span)
    start = token.meta["at"]
    sheet.report("raw-removed", start, start + len(token.markup + token.info), format=language)
    return None


def _first_line(token: Token, sheet: Sheet) -> Span:
    """Return the span of the first line inside the fence that says something; else the fence's."""
    start = token.meta["at"]
    fence = sheet.places.span(start, start + len(token.markup + token.info))
    written = _BLANK.sub("", token.content)
    if not written:
        return fence
    row = fence.line + 1 + token.content.count("\n", 0, len(token.content) - len(written))
    return Span(fence.path, row, fence.column, len(written.split("\n", 1)[0]))

"""Markdown to a tree: a file as read comes in, its `Section` goes out.

Text that stands in YAML goes through `parse_inline`.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose
from reglet.model.document import Kind, Node, Section
from reglet.model.limits import USUAL, Limits
from reglet.model.project import SourceFile
from reglet.model.span import Span
from reglet.text import identifiers, limits, notes
from reglet.text.front_matter import FrontMatter, read_front_matter
from reglet.text.identifiers import identify, make_identifier, unused
from reglet.text.inline import InlineBuilder, plain
from reglet.text.notes import Gathering
from reglet.text.parser import Parser
from reglet.text.positions import Lines, Pieces, Value, tails
from reglet.text.quotes import smarten
from reglet.text.sheet import Sheet
from reglet.text.tree import TreeBuilder

_HEADING = "reglet-heading:"


def parse(source: SourceFile, lang: str, most: Limits = USUAL) -> Outcome[Section]:
    """Parse a Markdown file. `lang` is the report's language; front matter may name another."""
    places = Lines(source.path, source.text)
    text, found = limits.check(source.text, source.path, places, most)
    matter, faults = read_front_matter(text, source.path)
    language = matter.lang or lang
    skipped = "\n" * text.count("\n", 0, matter.end)
    lines = Lines(source.path, skipped + text[matter.end :])
    sheet = Sheet(lines, language, most, diagnostics=[*found, *faults])
    tokens = _tokens(lines, sheet)
    gathered = Gathering()
    blocks = _titled(TreeBuilder(sheet, lines, gathered).build(tokens), matter, sheet)
    identifiers.check(sheet)
    diagnostics = [*sheet.diagnostics, *notes.check(blocks, gathered), *_skips(blocks)]
    section = Section(
        PurePosixPath(source.path).stem,
        source.path,
        blocks,
        notes.first_of_each(gathered.definitions),
        role=matter.role,
        lang=language,
        running_head=matter.short_title,
    )
    return Outcome(section, tuple(sorted(diagnostics, key=lambda item: item.span)))


def parse_inline(text: str, span: Span, lang: str) -> Outcome[tuple[Node, ...]]:
    """Parse the inline Markdown of a value that `span` marks in a YAML file.

    The CALL of an inline note holds the note's blocks as its children: there is no section here
    to define it in.
    """
    places = Value(text, span)
    text, found = limits.check(text, span.path, places, USUAL)
    sheet = Sheet(places, lang, USUAL, diagnostics=found)
    parser = _parser()
    env: dict[str, Any] = {"sheet": sheet}
    tokens = parser.inline.read(text.strip(), parser, env, _stripped(text))
    smarten(tokens, lang)
    nodes = InlineBuilder(sheet, Gathering(keep_inline=True, prefix=f"{span}-")).build(tokens)
    return Outcome(nodes, tuple(sheet.diagnostics))


@cache
def _parser() -> Parser:
    return Parser()


def _tokens(lines: Lines, sheet: Sheet) -> list[Token]:
    """Find the blocks, then the inline elements in each, and settle marks and identifiers."""
    parser = _parser()
    env: dict[str, Any] = {"sheet": sheet, "references": {}}
    tokens: list[Token] = []
    parser.block.parse(lines.text, parser, env, tokens)
    headings = _refer_to_headings(tokens, env["references"])
    langs = [sheet.lang]
    for token in tokens:
        if token.nesting:
            langs = _entered(langs, token)
        if token.type == "inline":
            first, last = token.map or (0, 1)
            pieces = token.meta.get("pieces") or tails(lines, token.content, first, last)
            token.children = parser.inline.read(token.content, parser, env, pieces)
            smarten(token.children, langs[-1])
    identify(tokens, sheet)
    _aim(tokens, headings)
    return tokens


def _entered(langs: list[str], token: Token) -> list[str]:
    """Follow the language into and out of a block."""
    if token.nesting < 0:
        return langs[:-1]
    attributes = token.meta.get("attributes")
    return [*langs, attributes.pairs.get("lang", langs[-1]) if attributes else langs[-1]]


def _refer_to_headings(
    tokens: Sequence[Token], references: dict[str, dict[str, object]]
) -> dict[str, Token]:
    """Let `[Heading]` lead to the first heading of that text, where nothing else has the name."""
    headings: dict[str, Token] = {}
    for opened, text in pairwise(tokens):
        label = normalizeReference(text.content) if opened.type == "heading_open" else ""
        if label and label not in references:
            target = f"{_HEADING}{len(headings)}"
            headings[target] = opened
            references[label] = {"href": target, "title": ""}
    return headings


def _aim(tokens: Sequence[Token], headings: Mapping[str, Token]) -> None:
    """Put the headings' identifiers into the links that lead to them."""
    for token in tokens:
        if token.type == "link_open" and token.attrs["href"] in headings:
            token.attrs["href"] = "#" + headings[str(token.attrs["href"])].meta["id"]
        _aim(token.children or (), headings)


def _titled(blocks: tuple[Node, ...], matter: FrontMatter, sheet: Sheet) -> tuple[Node, ...]:
    """Begin with the title of the front matter, where the text has no heading of level 1."""
    nodes = [node for block in blocks for node in block.walk()]
    if not matter.title or any(node.attrs.get("level") == "1" for node in nodes):
        return blocks
    outcome = parse_inline(matter.title, matter.title_span, sheet.lang)
    sheet.diagnostics += outcome.diagnostics
    name = unused(make_identifier(plain(outcome.value)), {node.id for node in nodes})
    attrs = {"level": "1"}
    title = Node(Kind.HEADING, matter.title_span, outcome.value, id=name, attrs=attrs)
    return (title, *blocks)


def _skips(blocks: Iterable[Node]) -> list[Diagnostic]:
    """Report headings that leave out a level."""
    found: list[Diagnostic] = []
    before = 0
    for node in (inner for block in blocks for inner in block.walk()):
        if node.kind is Kind.HEADING:
            level = int(node.attrs["level"])
            if before and level > before + 1:
                expected = before + 1
                found.append(
                    diagnose(
                        "heading-skip", node.span, level=level, before=before, expected=expected
                    )
                )
            before = level
    return found


def _stripped(text: str) -> Pieces:
    return Pieces((0,), (len(text) - len(text.lstrip()),))

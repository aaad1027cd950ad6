"""The rules of reglet's Markdown, in the order in which they are tried: one literal table each.

A row's last part names the blocks that the rule's block may interrupt.
"""

from collections.abc import Callable
from typing import Any

from markdown_it import rules_block as blocks
from markdown_it import rules_inline as inlines
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_inline import StateInline, emphasis, strikethrough

from reglet.text.rules import (
    attributes,
    citation,
    definition_list,
    div,
    escape,
    expression,
    heading,
    html_block,
    line_block,
    link,
    lists,
    note,
    note_definition,
    scripts,
    span,
    table,
)

_TEXT = ("paragraph", "reference")
_ALL = ("paragraph", "reference", "blockquote", "list")

BLOCK: tuple[tuple[str, RuleFuncBlockType, tuple[str, ...]], ...] = (
    ("table", table.table, _TEXT),
    ("code", blocks.code, ()),
    ("fence", blocks.fence, _ALL),
    ("div", div.fenced_div, _ALL),
    ("blockquote", blocks.blockquote, _ALL),
    ("hr", blocks.hr, _ALL),
    ("list", lists.list_block, ("paragraph", "reference", "blockquote")),
    ("note", note_definition.note_definition, _TEXT),
    ("reference", blocks.reference, ()),
    ("html", html_block.html_block, ("paragraph", "reference", "blockquote")),
    ("heading", heading.atx, ("paragraph", "reference", "blockquote")),
    ("underlined", heading.setext, ()),
    ("line_block", line_block.line_block, ()),
    ("definitions", definition_list.definition_list, ("paragraph", "reference", "blockquote")),
    ("paragraph", blocks.paragraph, ()),
)

INLINE: tuple[tuple[str, Callable[[Any, bool], bool]], ...] = (
    ("text", inlines.text),
    ("newline", inlines.newline),
    ("escape", escape.escape),
    ("code", inlines.backtick),
    ("expression", expression.expression),
    ("attributes", attributes.attributes),
    ("note", note.call),
    ("citation", citation.citation),
    ("scripts", scripts.scripts),
    ("strike", strikethrough.tokenize),
    ("emphasis", emphasis.tokenize),
    ("span", span.span),  # before links, since its words may be those of a heading
    ("link", link.link),
    ("image", link.image),
    ("autolink", link.autolink),
    ("html", inlines.html_inline),
    ("entity", inlines.entity),
)

PAIRS: tuple[tuple[str, Callable[[StateInline], None]], ...] = (
    ("pairs", inlines.link_pairs),
    ("strike", strikethrough.postProcess),
    ("emphasis", emphasis.postProcess),
)

"""Pieces of Markdown to make hostile documents of, and what must hold of the tree of any."""

from collections.abc import Iterator

from hypothesis import strategies as st

from reglet.model.diagnostic import Outcome
from reglet.model.document import Cite, Kind, Node, Section

PIECES = (
    *("a", "word", "é", "نص", "1", "i", " ", "  ", "\t", "\n", "\n\n", "\n    ", "\n  ", "\u00a0"),
    *("*", "**", "_", "`", "``", "~", "~~", "^", "'", '"', "--", "...", "\\", "&amp;", "&#10;"),
    *("[", "]", "(", ")", "![", "](u)", "](<u v>)", "[a]: u\n", "[^", "^[", "[^a]", "[^a]: "),
    *("@", "@a", "[@a", "-@a", "; @b", ", p. 3]", " [p. 3]", "@fig-a", "{{", "}}", "{{ x | y }}"),
    *("{", "}", "{#a}", "{.b}", "{k=v}", "{=html}", "{.b #a k='v w'}", "{-}"),
    *("# ", "\n## ", "\n---\n", "\n===\n", "\n> ", "> ", "\n- ", "- ", "1. ", "\na) ", "(@a) "),
    *("\n```\n", "\n```table\n", "\n``` {.x}\n", "\n::: a\n", "\n:::\n", "\n::: {.b}\n", ":::"),
    *("|", "\n| a | b |\n|---|--:|\n", "\n| ", "\n: ", ": ", "\nTable: ", "\n~ ", "- [x] "),
    *(
        "\n--- ----\n",
        "\n-----\n",
        "\n+---+---+\n",
        "\n| a | b |\n",
        "\n+===+===+\n",
        "\n a    b\n",
    ),
    *("<b>", "</b>", "<br>", "<div>", "\n<div>\n\n", "\n</div>\n", "<!--", "-->", "<a href='x'>"),
    *("<script>", "</script>", "<https://x.org>", "<a@b.c>", "\x07", "\x00", "\r", "\f", "\u2028"),
)

documents = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def nodes_of(section: Section) -> Iterator[Node]:
    """Yield every node of a section, those of its notes too."""
    for block in section.blocks:
        yield from block.walk()
    for definition in section.definitions:
        for block in definition.blocks:
            yield from block.walk()


def check(outcome: Outcome[Section], text: str) -> None:
    """Assert what holds of every tree, whatever it was made of."""
    lines = text.split("\n")
    for node in nodes_of(outcome.value):
        _check_place(node, lines)
        assert "\n" not in node.text or node.kind in (Kind.CODE_BLOCK, Kind.DIRECTIVE, Kind.RAW)
        if node.kind is Kind.TEXT:
            assert node.text
            assert "  " not in node.text
        for before, after in zip(node.children, node.children[1:], strict=False):
            if after.kind is Kind.SOFT_BREAK and before.kind is Kind.TEXT:
                assert not before.text.endswith(" ")
    for item in outcome.diagnostics:
        _check_place(item, lines)


def _check_place(item: object, lines: list[str]) -> None:
    span = getattr(item, "span")  # noqa: B009
    assert 1 <= span.line <= len(lines)
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    assert span.length >= 1
    for cite in getattr(item, "cites", ()):
        assert isinstance(cite, Cite)
        line = lines[cite.span.line - 1]
        marked = line[cite.span.column - 1 : cite.span.column - 1 + cite.span.length]
        assert cite.key in marked

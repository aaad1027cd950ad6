"""Headings that leave out a level are set one level below the last, through the whole report."""

import pytest

from reglet.model.document import Kind
from reglet.model.project import SourceFile
from reglet.model.report import Part
from reglet.resolve.levels import level_headings
from reglet.text.section import parse

Told = list[tuple[str, str]]


def levelled(*texts: str, parts: str = "") -> tuple[str, Told]:
    """Return the levels of all headings, and what is told; `parts` stand before the sections."""
    files = [SourceFile(f"{name}.md", text) for name, text in zip("abc", texts, strict=False)]
    sections = [parse(file, "en").value for file in files]
    before = [Part(kind) for kind in parts.split()]
    outcome = level_headings(sections, [*before, *(Part("section", file.path) for file in files)])
    nodes = [node for section in outcome.value for top in section.blocks for node in top.walk()]
    levels = "".join(node.attrs["level"] for node in nodes if node.kind is Kind.HEADING)
    return levels, [(item.code, str(item.span)) for item in outcome.diagnostics]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# A\n\n## B\n\n### C\n\n# D\n", "1231"),
        ("# A\n\n### B\n\n#### C\n\n### D\n\n## E\n", "12322"),
        ("# A\n\n> #### B\n\n- ##### C\n", "123"),
        ("text\n", ""),
    ],
)
def test_no_heading_leaves_out_a_level(text: str, levels: str) -> None:
    assert levelled(text) == (levels, [])


def test_levels_go_on_from_section_to_section() -> None:
    assert levelled("# A\n", "### B\n\n### C\n", "## D\n") == (
        "1222",
        [("heading-skip", "b.md:1:1")],
    )


def test_the_first_heading_is_of_level_1_but_after_a_page_with_one() -> None:
    assert levelled("## A\n", "## B\n", parts="cover") == ("11", [])
    assert levelled("## A\n", parts="cover title-page") == ("2", [])


def test_what_is_in_order_stays_as_it_is() -> None:
    section = parse(SourceFile("a.md", "# A\n\n## B^[n]\n"), "en").value
    assert level_headings([section], [Part("section", "a.md")]).value == [section]
    assert level_headings([section], []).value == [section]

from reports import codes, project, resolved, written

from reglet.model.document import Document, Kind, Node


def links(document: Document) -> list[Node]:
    nodes = [node for section in document.sections for node in section.blocks]
    return [inner for node in nodes for inner in node.walk() if inner.kind is Kind.LINK]


FIGURES = (
    "# One {#sec-one}\n\nSee @fig-map, @tbl-dead and @sec-two.\n\n![A map](m.png){#fig-map}\n",
    "# Two *times* {#sec-two}\n\n![Other](o.png)\n\n| a |\n|---|\n| b |\n\n: Dead {#tbl-dead}\n",
)


def test_references_are_worded_and_lead_across_sections() -> None:
    document = resolved(*FIGURES).value
    text = written(document.sections[0].blocks[1:2])
    assert text == "See <Figure\u00a01>, <Table\u00a01> and <“Two *times*”>."
    assert [(link.attrs["href"], link.attrs["page-of"]) for link in links(document)] == [
        ("#fig-map", "fig-map"),
        ("#tbl-dead", "tbl-dead"),
        ("#sec-two", "sec-two"),
    ]
    assert document.anchors["tbl-dead"] == "b"


def test_references_in_other_languages() -> None:
    french = resolved(*FIGURES, on=project(lang="fr")).value
    assert written(french.sections[0].blocks[1:2]).startswith(
        "See <Figure\u00a01>, <Tableau\u00a01>"
    )
    assert "<«\u00a0Two *times*\u00a0»>" in written(french.sections[0].blocks[1:2])
    persian = resolved(*FIGURES, on=project(lang="fa")).value
    assert "<شکل\u00a0۱>" in written(persian.sections[0].blocks[1:2])


def test_a_bare_number() -> None:
    document = resolved(FIGURES[0].replace("@fig-map", "Fig. -@fig-map"), FIGURES[1]).value
    assert "Fig. <1>" in written(document.sections[0].blocks)


def test_lists_of_figures_and_tables() -> None:
    document = resolved(*FIGURES).value
    assert [(entry.label, entry.plain, entry.target) for entry in document.figures] == [
        ("Figure\u00a01", "A map", "fig-map"),
        ("Figure\u00a02", "Other", "figure-2"),
    ]
    assert [(entry.label, entry.section) for entry in document.tables] == [("Table\u00a01", "b")]


def test_an_unknown_reference_names_the_nearest() -> None:
    outcome = resolved("# One {#sec-one}\n\n@sec-on and [x](#sec-tow) in^[a [note](#nowhere)].\n")
    assert sorted(codes(outcome)) == [
        ("unknown-reference", "sections/a.md:3:1"),
        ("unknown-reference", "sections/a.md:3:13"),
        ("unknown-reference", "sections/a.md:3:33"),
    ]
    assert "did you mean `sec-one`?" in {item.hint for item in outcome.diagnostics}


def test_links_to_other_sections_and_to_letters_beyond_ascii() -> None:
    outcome = resolved("[go](#étape)\n", "# Étape\n")
    assert codes(outcome) == []
    assert links(outcome.value)[0].attrs["href"] == "#étape"


def test_the_same_title_in_two_sections() -> None:
    text = "# Background\n\nBack to [Background].\n"
    outcome = resolved(text, text)
    assert codes(outcome) == []
    assert [entry.target for entry in outcome.value.contents] == ["background", "background-2"]
    assert [link.attrs["href"] for link in links(outcome.value)] == ["#background", "#background-2"]


def test_the_same_identifier_in_two_sections() -> None:
    outcome = resolved("# One {#sec-x}\n", "# Two {#sec-x}\n")
    assert codes(outcome) == [("duplicate-id", "sections/b.md:1:1")]
    assert "sections/a.md:1:1" in outcome.diagnostics[0].message


def test_identifiers_that_reglet_uses() -> None:
    outcome = resolved("# Note 4\n\n# Sources\n\n# Mine {#call-2}\n", on=project(parts=["sources"]))
    assert [code for code, _ in codes(outcome)] == ["reserved-id"]
    assert [entry.target for entry in outcome.value.contents][:2] == [
        "section-note-4-2",
        "sources-2",
    ]


def test_contents_are_nested_and_stop_at_the_third_level() -> None:
    text = "# A\n\n## B\n\n### C\n\n#### D\n\n## E {.unlisted}\n\n# F `code` ^[note]\n"
    first, second = resolved(text).value.contents
    assert (first.plain, first.children[0].plain) == ("A", "B")
    assert [entry.plain for entry in first.children[0].children] == ["C"]
    assert len(first.children) == 1
    assert second.plain == "F code"


def test_a_title_that_refers_itself() -> None:
    text = "# On @fig-a and @sec-b {#sec-a}\n\n@sec-a\n\n# B {#sec-b}\n\n![A](a.png){#fig-a}\n"
    document = resolved(text).value
    assert written(document.sections[0].blocks[1:2]) == "<“On Figure\u00a01 and sec-b”>"
    assert document.contents[0].plain == "On Figure\u00a01 and “B”"

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


def test_a_note_is_named_by_its_label() -> None:
    document = resolved(
        "One^[x] two[^two], see @note-two and -@note-two.\n\n[^two]: As @note-far says.\n",
        "@note-far is far, like [@note-far; @note-two].[^far]\n\n[^far]: Far, in @sec-one.\n\n"
        "# One {#sec-one}\n",
    ).value
    first, second = document.sections
    assert written(first.blocks) == "One[1] two[2], see <note\u00a02> and <2>."
    assert written(second.blocks[:1]) == (
        "<Note\u00a03> is far, like <note\u00a03>; <note\u00a02>.[3]"
    )
    assert written(document.notes["note-2"].blocks) == "As <note\u00a03> says."
    assert [(link.attrs["href"], link.attrs.get("page-of")) for link in links(document)[:2]] == [
        ("#note-2", "note-2"),
        ("#note-2", None),
    ]


def test_a_sections_own_note_is_meant_first() -> None:
    text = "A[^n], @note-n.\n\n[^n]: Text.\n"
    document = resolved(text, text).value
    assert written(document.sections[1].blocks) == "A[2], <note\u00a02>."


def test_references_to_notes_in_other_languages() -> None:
    text = "A[^n], @note-n.\n\n[^n]: Text.\n"
    found = {
        lang: written(resolved(text, on=project(lang=lang)).value.sections[0].blocks)
        for lang in ("de", "fr", "es", "fa")
    }
    assert found == {
        "de": "A[1], <Anm.\u00a01>.",
        "fr": "A[1], <note\u00a01>.",
        "es": "A[1], <nota\u00a01>.",
        "fa": "A[۱], <پانوشت\u00a0۱>.",
    }


def test_a_note_that_there_is_not() -> None:
    works = {"note-1990": {"type": "book", "title": "A note"}}
    text = "A[^keller] @note-kellr, @note-1990, [@{note-1990}].\n\n[^keller]: Text.\n"
    outcome = resolved(text, on=project(works=works))
    assert [(item.code, item.hint) for item in outcome.diagnostics] == [
        ("unknown-note", "did you mean `note-keller`?"),
        ("unknown-note", "write `@{note-1990}` to cite the source"),
    ]


def test_a_note_that_two_other_sections_have() -> None:
    text = "A[^n].\n\n[^n]: Text.\n"
    outcome = resolved(text, text, "See @note-n.\n")
    assert codes(outcome) == [("ambiguous-note", "sections/c.md:1:5")]


def test_an_identifier_may_begin_like_a_reference_to_a_note() -> None:
    outcome = resolved("# Mine {#note-mine}\n\nSee @note-mine and [it](#note-mine).\n")
    assert codes(outcome) == []
    assert [link.attrs["href"] for link in links(outcome.value)] == ["#note-mine", "#note-mine"]

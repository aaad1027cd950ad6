from reports import codes, project, resolved, written

from reglet.model.document import Document, Kind, Node
from reglet.model.report import NoteStyle
from reglet.resolve.signs import letter

TABLE = """Before^[One.].

| A[^a]{.below} | B |
|---|---|
| x[^b]{.below} | y^[Two.] |
| z[^a]{.below} | [^c] |

: Wells^[Caption.]{.below} {#tbl-wells}

After^[Four.] @note-b.

[^a]: Of a.

[^b]: Of b.^[Three, in a note below.]

[^c]: At the foot.
"""


def holders(document: Document) -> list[Node]:
    return [
        inner
        for section in document.sections
        for node in section.blocks
        for inner in node.walk()
        if inner.attrs.get("below") and inner.kind is not Kind.CALL
    ]


def test_notes_below_a_table_are_lettered_in_reading_order() -> None:
    outcome = resolved(TABLE)
    document = outcome.value
    assert codes(outcome) == []
    [table] = holders(document)
    assert written(table.children) == "Wells[a]\nA[b] | B\nx[c] | y[2]\nz[b] | [3]"
    notes = [document.notes[id] for id in table.attrs["below"].split()]
    assert [(note.number, note.id, note.calls, note.place) for note in notes] == [
        ("a", "note-below-1", ("call-below-1",), "Table\u00a01"),
        ("b", "note-below-2", ("call-below-2", "call-below-2-2"), "Table\u00a01"),
        ("c", "note-below-3", ("call-below-3",), "Table\u00a01"),
    ]
    assert written(document.sections[0].blocks[-1:]) == ("After[5] <Table\u00a01, note\u00a0c>.")


def test_what_a_note_below_calls_comes_after_the_calls_of_the_table() -> None:
    document = resolved(TABLE).value
    found = {note.number: written(note.blocks) for note in document.notes.values()}
    assert found["c"] == "Of b.[4]"
    assert found["3"] == "At the foot."
    assert found["4"] == "Three, in a note below."


def test_each_table_and_caption_begins_with_a() -> None:
    text = (
        "| A^[One.]{.below} |\n|---|\n| x[^n]{.below} |\n\n"
        "| B[^n]{.below} |\n|---|\n| y |\n\n![A map[^n]{.below}](m.png)\n\n"
        "Text[^n].\n\n[^n]: Named [here]{#here}.\n"
    )
    document = resolved(text).value
    assert [table.attrs["below"] for table in holders(document)] == [
        "note-below-1 note-below-2",
        "note-below-3",
        "note-below-4",
    ]
    assert [note.number for note in document.notes.values()] == ["a", "b", "a", "a", "1"]
    named = [n for note in document.notes.values() for b in note.blocks for n in b.walk() if n.id]
    assert len(named) == 1


def test_all_notes_of_tables_may_stand_below_them() -> None:
    works = {"quit": {"type": "book", "title": "A Book"}}
    text = (
        "| A^[One.] | B[^e]{.editor} |\n|---|---|\n| x [@quit] | y |\n\n"
        "![A map^[Foot.]](m.png)\n\n[^e]: Editor.\n"
    )
    on = project(notes=NoteStyle(tables="below"), works=works)
    document = resolved(text, on=on).value
    assert [(note.number, note.series) for note in document.notes.values()] == [
        ("a", "below"),
        ("*", "editor"),
        ("b", "below"),
        ("1", "source"),
    ]


def test_a_citation_below_a_table() -> None:
    works = {"quit": {"type": "book", "title": "A Book"}}
    document = resolved("| A |\n|---|\n| x [@quit]{.below} |\n", on=project(works=works)).value
    assert [note.number for note in document.notes.values()] == ["a"]


def test_notes_below_a_table_and_a_chart_of_data() -> None:
    text = (
        '```table\ndata: d\ncaption: "Of data^[Why.]{.below}"\ncolumns: [k, v]\n```\n\n'
        '```chart\ndata: d\nlabel: k\nvalue: v\ncaption: "Bars^[How.]{.below}"\n```\n'
    )
    data = {"d": '- {k: "x^[Cell.]{.below}", v: 1}\n'}
    outcome = resolved(text, on=project(data=data))
    assert codes(outcome) == []
    table, figure = holders(outcome.value)
    assert (table.kind, table.attrs["below"]) == (Kind.TABLE, "note-below-1 note-below-2")
    assert (figure.kind, figure.attrs["below"]) == (Kind.FIGURE, "note-below-3")


def test_nothing_to_stand_below() -> None:
    works = {"quit": {"type": "book", "title": "A Book"}}
    text = "A[^a]{.below} b^[c]{.below} d [@quit]{.below}.\n\n[^a]: In^[note]{.below}.\n"
    outcome = resolved(text, on=project(works=works))
    assert [code for code, _ in codes(outcome)] == ["note-below"] * 4
    assert [item.hint.split(",")[0] for item in outcome.diagnostics] == [
        "write `^[…]`",
        "write `[^a]`",
        "write `^[…]`",
        "write `[@…]`",
    ]


def test_letters_after_z() -> None:
    assert [letter(n) for n in (1, 26, 27, 28, 52, 53, 702, 703)] == [
        "a", "z", "aa", "ab", "az", "ba", "zz", "aaa",
    ]  # fmt: skip


def test_letters_stay_latin_in_persian() -> None:
    document = resolved("| A^[یک]{.below} |\n|---|\n| x |\n", on=project(lang="fa")).value
    assert document.notes["note-below-1"].number == "a"

from reports import codes, project, resolved, written

from reglet.model.document import Kind
from reglet.model.report import NoteStyle
from reglet.resolve.signs import editor_sign


def test_reading_order_not_order_of_definitions() -> None:
    text = "[^b]: Second.\n\nOne[^a] two[^b].\n\n[^a]: First.\n"
    document = resolved(text).value
    assert written(document.sections[0].blocks) == "One[1] two[2]."
    assert [written(note.blocks) for note in document.notes.values()] == ["First.", "Second."]


def test_notes_in_notes_come_right_after_their_host() -> None:
    text = (
        "A[^a] b[^b].\n\n[^a]: Host[^x] and[^y].\n\n[^b]: Later.\n\n[^x]: Inner.\n\n[^y]: Last.\n"
    )
    document = resolved(text).value
    notes = [written(note.blocks) for note in document.notes.values()]
    assert notes == ["Host[2] and[3].", "Inner.", "Last.", "Later."]
    assert written(document.sections[0].blocks) == "A[1] b[4]."


def test_one_note_with_many_calls() -> None:
    document = resolved("A[^a] b[^b] c[^a].\n\nD[^a].\n\n[^a]: First.\n\n[^b]: Second.\n").value
    note = document.notes["note-1"]
    assert note.calls == ("call-1", "call-1-2", "call-1-3")
    calls = [
        node
        for block in document.sections[0].blocks
        for node in block.walk()
        if node.kind is Kind.CALL
    ]
    assert [call.id for call in calls] == ["call-1", "call-2", "call-1-2", "call-1-3"]
    assert [call.attrs["first"] for call in calls] == ["yes", "yes", "", ""]
    assert {call.attrs["note"] for call in calls} == {"note-1", "note-2"}


def test_calls_in_captions_cells_and_headings() -> None:
    text = (
        "# Title^[In the heading.]\n\n"
        "| A^[In the head.] | B |\n|---|---|\n| x^[In a cell.] | y |\n\n: Words^[In the caption.]\n"
    )
    document = resolved(text).value
    assert [written(note.blocks) for note in document.notes.values()] == [
        "In the heading.",
        "In the caption.",
        "In the head.",
        "In a cell.",
    ]
    assert document.contents[0].plain == "Title"
    assert document.tables[0].plain == "Words"


def test_editors_notes_have_signs_of_their_own() -> None:
    text = "A[^e]{.editor} b^[x] c^[y]{.editor}.\n\n[^e]: Editor.\n"
    document = resolved(text, "D^[z]{.editor} e^[w].\n").value
    found = [(note.id, note.number, note.series) for note in document.notes.values()]
    assert found == [
        ("note-ed-1", "*", "editor"),
        ("note-1", "1", "source"),
        ("note-ed-2", "†", "editor"),
        ("note-ed-3", "*", "editor"),
        ("note-2", "2", "source"),
    ]
    assert document.notes["note-ed-1"].calls == ("call-ed-1",)


def test_editors_signs_double_after_the_sixth() -> None:
    assert [editor_sign(n) for n in range(1, 9)] == ["*", "†", "‡", "§", "‖", "¶", "**", "††"]
    assert editor_sign(13) == "***"


def test_numbers_anew_in_each_section_keep_their_identifiers() -> None:
    on = project(notes=NoteStyle(numbering="section"))
    document = resolved("A^[one] b^[two].\n", "C^[three].\n", on=on).value
    found = [(note.id, note.number, note.section) for note in document.notes.values()]
    assert found == [("note-1", "1", "a"), ("note-2", "2", "a"), ("note-3", "1", "b")]


def test_persian_notes_have_persian_figures() -> None:
    document = resolved("متن^[یادداشت].\n", on=project(lang="fa")).value
    assert document.notes["note-1"].number == "۱"


def test_labels_are_a_sections_own() -> None:
    document = resolved("A[^n].\n\n[^n]: First.\n", "B[^n].\n\n[^n]: Second.\n").value
    assert [written(note.blocks) for note in document.notes.values()] == ["First.", "Second."]


def test_a_call_of_no_note_is_told_once_and_left_out() -> None:
    outcome = resolved("A[^nne] b[^none].\n\n[^none]: Text.\n")
    assert codes(outcome) == [("unknown-note", "sections/a.md:1:2")]
    assert outcome.diagnostics[0].hint == "did you mean `none`?"
    assert written(outcome.value.sections[0].blocks) == "A b[1]."


def test_a_loop_of_notes_ends() -> None:
    outcome = resolved("A[^a].\n\n[^a]: To[^b].\n\n[^b]: Back[^a].\n")
    assert [code for code, _ in codes(outcome)] == ["note-loop"]
    assert outcome.value.notes["note-1"].calls == ("call-1", "call-1-2")


def test_a_chain_of_notes_is_cut() -> None:
    notes = "".join(f"[^{n}]: See[^{n + 1}].\n\n" for n in range(200)) + "[^200]: End.\n"
    outcome = resolved(f"A[^0].\n\n{notes}")
    assert "too-deep" in [code for code, _ in codes(outcome)]

from reports import resolved, written

from reglet.resolve.signs import letter_editor_notes, sign_by_page

TEXT = (
    "A[^a]{.editor} b[^b]{.editor} c[^a]{.editor}, see @note-b and @note-n^[In[^c]{.editor}].\n\n"
    "D[^n].\n\n[^a]: One.\n\n[^b]: Two, as -@note-a.\n\n[^c]: Three.\n\n[^n]: Text.\n"
)


def test_letters_begin_anew_in_each_section() -> None:
    document = letter_editor_notes(resolved(TEXT, "E^[Other.]{.editor}.\n").value)
    assert [note.number for note in document.notes.values()] == ["A", "B", "1", "C", "2", "A"]
    assert written(document.sections[0].blocks[:1]) == (
        "A[A] b[B] c[A], see <note\u00a0B> and <note\u00a02>[1]."
    )
    assert written(document.notes["note-ed-2"].blocks) == "Two, as <A>."
    assert written(document.notes["note-1"].blocks) == "In[C]"
    assert written(document.sections[1].blocks) == "E[A]."


def test_signs_begin_anew_on_each_page() -> None:
    document = resolved(TEXT).value
    assert [note.number for note in document.notes.values()] == ["*", "†", "1", "‡", "2"]
    pages = {"note-ed-1": 1, "note-ed-2": 2, "note-ed-3": 2, "note-1": 2}
    signed = sign_by_page(document, pages)
    assert [note.number for note in signed.notes.values()] == ["*", "*", "1", "†", "2"]
    assert written(signed.sections[0].blocks[:1]) == (
        "A[*] b[*] c[*], see <note\u00a0*> and <note\u00a02>[1]."
    )
    assert written(signed.notes["note-1"].blocks) == "In[†]"
    assert sign_by_page(signed, pages) is signed


def test_a_note_without_a_page_keeps_its_sign() -> None:
    document = resolved(TEXT).value
    signed = sign_by_page(document, {"note-ed-3": 4})
    assert [note.number for note in signed.notes.values()] == ["*", "†", "1", "*", "2"]
    assert sign_by_page(document, {}) is document


def test_a_report_without_editors_notes_is_left_as_it_is() -> None:
    document = resolved("A^[b].\n").value
    assert letter_editor_notes(document) is document

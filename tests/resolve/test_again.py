from reports import resolved, written

from reglet.model.document import Document
from reglet.resolve.again import called_away, with_short_notes

TEXT = (
    "A[^a] b^[In[^a].] c[^a].\n\n| D[^a]{.below} |\n|---|\n| e[^a]{.below} |\n\n"
    "F^[Own.] g[^a] h[^a].\n\n[^a]: One.\n"
)
PAGES = {"call-1": 1, "call-1-2": 2, "call-1-3": 2, "call-1-4": 4, "call-1-5": 4}


def document() -> Document:
    return resolved(TEXT).value


def test_the_first_call_of_a_page_has_the_short_note() -> None:
    away = called_away(document(), PAGES | {"call-below-1": 1, "call-below-1-2": 9})
    assert away == {
        "call-1-2": "call-1-2",
        "call-1-3": "call-1-2",
        "call-1-4": "call-1-4",
        "call-1-5": "call-1-4",
    }
    assert called_away(document(), dict.fromkeys(PAGES, 3)) == {}


def test_short_notes_that_are_kept_stay() -> None:
    pages = PAGES | {"call-1-2": 1, "call-1-3": 1, "call-1-4": 1}
    kept = frozenset({"call-1-2", "call-1-5"})
    found = called_away(document(), pages, kept)
    assert found == {"call-1-2": "call-1-2", "call-1-5": "call-1-5"}


def test_calls_earlier_than_the_first_are_away_too() -> None:
    """A note that goes on overleaf may call another there, which the text calls before."""
    assert called_away(document(), {"call-1": 2, "call-1-2": 1}) == {"call-1-2": "call-1-2"}


def test_short_notes_stand_among_the_notes_of_their_page() -> None:
    changed = with_short_notes(document(), called_away(document(), PAGES), "see note {n}")
    notes = {note.id: (note.number, written(note.blocks)) for note in changed.notes.values()}
    assert list(notes) == ["note-1", "note-2", "note-1-2", "note-below-1", "note-3", "note-1-4"]
    assert notes["note-1-4"] == ("1", "<See note\u00a01>.")
    assert changed.notes["note-1"].calls == ("call-1",)
    assert changed.notes["note-1-4"].calls == ("call-1-4", "call-1-5")
    *_, own, first, second = (
        node for block in changed.sections[0].blocks for node in block.walk() if node.kind == "call"
    )
    assert own.attrs["note"] == "note-3"
    assert (first.attrs["note"], first.attrs["first"]) == ("note-1-4", "yes")
    assert (second.attrs["note"], second.attrs["first"]) == ("note-1-4", "")

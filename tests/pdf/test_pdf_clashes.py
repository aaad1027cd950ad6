"""Notes that stand over something, or outside their place, are found: on pages set so by hand."""

from collections.abc import Sequence
from typing import Any

import pytest
from test_pdf_notes import SHEET, document, note

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.listed import seen_in_lists
from reglet.formats.pdf.notes import compared, placed
from reglet.model.document import Clash, Placed

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60">'
    '<rect width="60" height="60"/></svg>'
)
FILLING = "<p>After it comes text.</p>" * 40
BLOCK, LEFT, RIGHT = (
    PICTURE.replace("<svg", f'<svg style="{style}"')
    for style in ("display: block", "float: left", "float: right")
)
NOTED = f"<p>Word.{note(1, 'the first note')}{note(2, 'the second note')}</p>"
TIGHT = ".note p { margin: 0 }"


def pages_of(body: str, style: str = "") -> Sequence[Any]:
    pages: Sequence[Any] = lay_out(document(body), SHEET + TIGHT + style, {}).document.pages
    return pages


def clashes(pages: Sequence[Any], *numbers: int) -> list[tuple[str, int, str, bool]]:
    return [
        (item.note, clash.page, clash.words, clash.outside)
        for item in placed(pages, [f"note-{number}" for number in numbers or (1, 2)])
        for clash in item.clashes
    ]


def areas(pages: Sequence[Any]) -> list[Any]:
    return [page._page_box.children[1] for page in pages if len(page._page_box.children) > 1]


def test_text_among_the_notes_is_found() -> None:
    pages = pages_of(NOTED + FILLING)
    assert clashes(pages) == []
    areas(pages)[0].translate(dy=-60)
    ((first, *_),) = [clashes(pages)]
    assert first == ("note-1", 1, "After it comes text.", False)


@pytest.mark.parametrize(
    "thing",
    [
        BLOCK,
        f"<div><span>in a line {PICTURE}</span></div>",
        f"<p>with a float {RIGHT}</p>",
        '<div style="border-left: 1pt solid; height: 60px"> </div>',
        '<div style="background: red; height: 60px"> </div>',
        '<table style="border: 1pt solid"><tr><td style="height: 60px"></td></tr></table>',
    ],
    ids=["picture", "line", "float", "border", "background", "table"],
)
def test_pictures_and_boxes_among_the_notes_are_found(thing: str) -> None:
    pages = pages_of(NOTED + thing)
    assert clashes(pages) == []
    foot = areas(pages)[0].border_box_y()
    body = pages[0]._page_box.children[0].children[0]
    thing_box = body.children[-1]
    thing_box.translate(dy=foot + 20 - thing_box.position_y - thing_box.height)
    assert clashes(pages)


def test_decoration_out_of_the_flow_may_stand_anywhere() -> None:
    banner = '<div style="position: absolute; top: 0; height: 130mm; background: red">banner</div>'
    assert clashes(pages_of(banner + NOTED + FILLING)) == []


def test_a_note_over_another_is_found() -> None:
    pages = pages_of(NOTED + FILLING)
    areas(pages)[0].children[1].translate(dy=-5)
    assert clashes(pages) == [("note-2", 1, "the first note", False)]


def test_a_note_that_leaves_its_place_is_found() -> None:
    pages = pages_of(NOTED + FILLING)
    areas(pages)[0].children[1].translate(dy=5)
    assert clashes(pages) == [("note-2", 1, "the second note", True)]
    wide = pages_of(f"<p>Word.{note(1, 'o' * 99)}{note(2, 'short')}</p>")
    assert clashes(wide) == [("note-1", 1, "o" * 99, True)]


def test_a_note_in_a_list_that_leaves_its_page_is_found() -> None:
    listed = f'<ul><li class="noted" id="note-1">{"o" * 99}</li><li id="note-2">here</li></ul>'
    found = seen_in_lists(pages_of(f"<p>Word.</p>{listed}"), ["note-1", "note-2"])
    assert [item.clashes for item in found.values()] == [(Clash(1, "o" * 99, True),), ()]


@pytest.mark.parametrize(
    "body",
    [
        "<table>"
        + "".join(
            f"<tr><td>{'text ' * 9}{note(n, 'long ' * 60)}</td><td>{'text ' * 20}</td></tr>"
            for n in range(1, 9)
        )
        + "</table>",
        "<div style='columns: 2'>"
        + "".join(f"<p>{'text ' * 40}{note(n, 'long ' * 20)}</p>" for n in range(1, 9))
        + "</div>",
        "".join(f"<p>{LEFT}{'text ' * 90}{note(n, 'long ' * 60)}</p>" for n in range(1, 9)),
        "".join(
            f"<blockquote>{'text ' * 90}{note(n, 'x<sup>2</sup> ' * 60)}</blockquote>"
            for n in range(1, 9)
        ),
        "<div dir='rtl'>"
        + "".join(f"<p>سلام {note(n, 'سلام ' * 60)}</p>" for n in range(1, 9))
        + "</div>",
    ],
    ids=["table", "columns", "floats", "quotations", "rtl"],
)
def test_sound_pages_have_no_clash(body: str) -> None:
    style = (
        "table, td { border: 1pt solid; border-collapse: collapse }"
        "blockquote { border-left: 2pt solid; background: #eee; margin: 0 }"
        "sup { line-height: 0 } [dir=rtl] { direction: rtl } p { orphans: 2; widows: 2 }"
    )
    pages = pages_of(body, style)
    assert len(pages) > 1
    assert clashes(pages, *range(1, 9)) == []


def test_words_missing_twice_or_out_of_order_are_found() -> None:
    (note_box,) = areas(pages_of(f"<p>Word.{note(1, 'the one and the other')}</p>"))[0].children
    element = note_box.element
    assert compared(element, "the one and the oth‐er") == (0, "")
    assert compared(element, "the one and other")[0]
    assert compared(element, "the one the other")[0] == 1
    assert compared(element, "the one and the otherother") == (0, "otherother")
    assert compared(element, "the one and the the other") == (0, "the other")
    assert compared(element, "the other and the one") == (0, "other and the one")
    assert compared(None, "") == (1, "")


def test_parts_of_a_note_printed_in_the_wrong_order_are_found() -> None:
    words = " ".join(f"word{number}" for number in range(1500))
    pages = pages_of(f"<p>Before.{note(1, words)}</p>")
    (sound,) = placed(pages, ["note-1"])
    assert (sound.words_astray, sound.continued, sound.last_page) == ("", True, len(pages))
    first, second = areas(pages[:2])
    first.children, second.children = second.children, first.children
    found = placed(pages, ["note-1"])[0]
    assert isinstance(found, Placed)
    assert not found.words_missing
    assert found.words_astray.startswith("word")

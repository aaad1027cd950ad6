"""What ends the lines of a finished PDF: spaces and hyphens of the text, and no others."""

import re
import subprocess
from pathlib import Path

import pytest
from test_pdf_notes import SHEET, document, note

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.writing import write
from reglet.speak.tree import Tag, pieces_of, read_tree

STYLE = """html { hyphens: auto } p { text-align: justify } .ragged { text-align: left }
@font-face { font-family: N; src: url("reglet:///fonts/naskh.ttf") }
[lang=fa] { font-family: N; direction: rtl; hyphens: none } a { hyphens: none }"""
LONG = "Extraordinarily internationalisation of disproportionate well-known camps, "
ADDRESS = "https://example.org/\u200ba-long-way/\u200bof-well-known-camps/\u200bin-no-country"
PERSIAN = "پزشک اردوگاه در دفتر روزانه نوشت که آب چاه‌ها شور است و باید از شهر آورده شود "


def said(body: str, folder: Path) -> list[str]:
    """Return the text of each tag below the document, letter by letter, nothing guessed."""
    file = folder / "file.pdf"
    file.write_bytes(write(lay_out(document(body), SHEET + STYLE, {})))
    (top,) = read_tree(file).tags
    tags = (kid for kid in top.kids if isinstance(kid, Tag))
    return ["".join(piece.text for piece in pieces_of(tag)) for tag in tags]


@pytest.mark.parametrize("look", ["", "ragged"])
def test_lines_end_as_the_text_does(look: str, tmp_path: Path) -> None:
    text = LONG * 6 + f"<em>{LONG * 3}</em>" + LONG + "end"
    written = said(f'<p class="{look}">{text}</p>', tmp_path)[1]
    assert written.count("\u00ad") > 3
    assert written.replace("\u00ad", "") == re.sub("<.*?>", "", text)


def test_emphasis_that_ends_a_line_leaves_no_empty_tag(tmp_path: Path) -> None:
    from reglet.proof.structure.checks import check_structure

    for length in range(30):
        body = f"<p>{'on ' * length}<em>the camp</em> <em>by the well</em> and on.</p>"
        text = said(body, tmp_path)[1]
        assert text.split() == re.sub("<.*?>", "", body).split()
        found = check_structure((tmp_path / "file.pdf").read_bytes())
        assert found is not None
        assert found.detail == ()


def test_text_over_pages_is_not_run_together(tmp_path: Path) -> None:
    text = LONG * 60 + "end"
    assert said(f"<p>{text}</p>", tmp_path)[1].replace("\u00ad", "") == text


def test_notes_over_pages_are_not_run_together(tmp_path: Path) -> None:
    for length in range(40, 50):
        words = LONG * length + "end"
        body = f"<p>{LONG * 30}</p><p>called{note(1, words)} on.</p>"
        written = [text.replace("\u00ad", "") for text in said(body, tmp_path)]
        assert words in written


def test_addresses_are_not_parted(tmp_path: Path) -> None:
    for before in range(0, 30, 3):
        text = f"See{' the' * before} {ADDRESS}, p. 3."
        written = said(f"<p>{text.replace(ADDRESS, f'<a>{ADDRESS}</a>')}</p>", tmp_path)[1]
        assert written.replace("\u200b", "") == text.replace("\u200b", "")


def test_line_breaks_of_the_text_part_words(tmp_path: Path) -> None:
    body = "<p>one<br/>two <em>three</em><br/>four</p><pre>one\ntwo\n\nthree</pre>"
    assert [text.split() for text in said(body, tmp_path)[1:]] == [
        ["one", "two", "three", "four"],
        ["one", "two", "three"],
    ]


def test_lines_from_right_to_left_end_with_their_spaces(tmp_path: Path) -> None:
    text = PERSIAN * 8 + "پایان"
    for look in ("", "text-align: right"):
        written = said(f'<p lang="fa" style="{look}">{text}</p>', tmp_path)[1]
        assert written.replace("\u2060", "").split() == text.split()


@pytest.mark.parametrize("text", [f"<p>{LONG * 9}</p>", f'<p lang="fa">{PERSIAN * 9}</p>'])
def test_letters_stand_where_they_would_without(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said at line ends shows nothing, and moves nothing."""
    written = write(lay_out(document(text), SHEET + STYLE, {}))
    monkeypatch.setattr("reglet.formats.pdf.writing.mark_ends", lambda _: None)
    without = write(lay_out(document(text), SHEET + STYLE, {}))
    assert written != without
    assert picture(written) == picture(without)


def picture(data: bytes) -> bytes:
    command = ["pdftoppm", "-r", "200", "-png", "-"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


DRAWING = (
    '<p><svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" role="img">'
    "<title>t</title><text x='5' y='20' font-family='S'>a well of water</text></svg></p>"
)


def test_drawings_are_drawn_with_their_spaces(tmp_path: Path) -> None:
    pages = lay_out(document(DRAWING), SHEET, {})
    file = tmp_path / "file.pdf"
    file.write_bytes(write(pages))
    text = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True).stdout
    assert b"a well of water" in text
    assert pages.remarks == []


def test_what_is_not_drawn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("reglet.formats.pdf.tounicode.show_lone_space", broken)
    pages = lay_out(document(DRAWING), SHEET, {})
    write(pages)
    assert any("SVG" in remark for remark in pages.remarks)

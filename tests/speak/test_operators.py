"""Text of pages that are written in every way the standard allows: read the same."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from reglet.speak.marked import read_page

BEFORE = "/Span <</MCID 0>> BDC BT /F1 12 Tf "
AFTER = " ET EMC"


def read(content: str, width: int = 1) -> str:
    """Return what a page shows in its first marked content; a code is its letter's number."""
    with pikepdf.new() as pdf:
        font = Dictionary(Type=Name.Font, BaseFont=Name.Plain, Subtype=Name.TrueType)
        if width == 2:
            cmap = b"1 beginbfrange <0000> <00ff> <0000> endbfrange"
            font.Subtype, font.ToUnicode = Name.Type0, pdf.make_stream(cmap)
        page = pdf.add_blank_page()
        page.obj.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)))
        halves = content.encode("latin-1").partition(b"|")
        page.obj.Contents = Array([pdf.make_stream(half) for half in (halves[0], halves[2])])
        pieces = read_page(page, 0).pieces.get(0, ())
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("(Wells) Tj", "Wells"),
        ("<57656c6c73> Tj", "Wells"),
        ("<5765 6c6C\n73>Tj", "Wells"),
        ("<57656c6c7> Tj", "Wellp"),  # a digit that is missing is 0
        ("[(We) -20 <6c6c> 3.5(s)] TJ", "Wells"),
        (
            r"(W\145l\
ls \(deep\)\\) Tj",
            "Wells (deep)\\",
        ),
        ("(a (nested) one) Tj", "a (nested) one"),
        ("(100 % [of] <all>) Tj % and a remark (of none) Tj\n", "100 % [of] <all>"),
        ("14 TL (two) Tj T* (lines) '", "twolines"),
        ('0 0 1 (spaced) "', "spaced"),
        ("(a) Tj|(b) Tj", "ab"),  # streams of one page
        ("q BI /W 1 /H 1 /BPC 8 /CS /G ID (x) Tj EI Q (after) Tj", "after"),
        ("() Tj [] TJ", ""),
        ("/Fx true null (told) Tj", "told"),
    ],
)
def test_strings_are_read_however_they_are_written(shown: str, text: str) -> None:
    assert read(f"{BEFORE}{shown}{AFTER}") == text


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("[<0057><0065>0<006c006c>-3<0073>] TJ", "Wells"),
        ("[<00><57>] TJ", "\0W"),  # a code does not go on in another string
        ("(\\000W\\000e) Tj", "We"),
        ("<005> Tj", "P"),
    ],
)
def test_codes_of_two_bytes_are_read(shown: str, text: str) -> None:
    assert read(f"{BEFORE}{shown}{AFTER}", width=2) == text


def test_names_are_read_with_their_escapes() -> None:
    assert read("/Span<</MCID 0>>BDC BT/F#31 12 Tf(Wells)Tj ET EMC") == "Wells"

"""Letters on a coloured ground, separated: black is printed over it, all else cut out of it."""

from pathlib import Path

import pytest
from PIL import Image
from test_press import BLEED, DPI, place_of, separated
from test_press_pictures import PROFILE

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.press.finish import finish
from reglet.formats.pdf.press.sheet import Sheet
from reglet.formats.pdf.writing import write_for_press
from reglet.proof.press import prove_press

GROUND = '<p style="background: #e8a060; color: {}">{}</p>'
FACE = '@font-face { font-family: "Sans"; src: url("reglet:///fonts/sans.ttf") }'
STYLE = FACE + ' html { font: 40pt "Sans" } @page { size: A6; bleed: 3mm }'
SET_AT = "2026-11-24T00:00:00Z"


@pytest.mark.parametrize(
    ("colour", "word", "is_over"),
    [
        ("black", "Black", True),
        ("#1f2a30", "Ink", True),  # the theme's, which is printed in solid black
        ("white", "White", False),
        ("#777", "Grey", False),
        ("#1040c0", "Blue", False),
        ("rgba(0, 0, 0, .5)", "Veiled", False),
    ],
)
def test_only_solid_black_is_printed_over_its_ground(
    tmp_path: Path, colour: str, word: str, is_over: bool
) -> None:
    body = GROUND.format(colour, word) + GROUND.format("white", "after")
    markup = f'<html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    sheet = Sheet(bleed=BLEED, marks=False, grey=False, profile=PROFILE, signature=1)
    data, _ = finish(write_for_press(lay_out(markup, STYLE, {}), SET_AT), sheet, "0" * 32, SET_AT)
    assert prove_press(data).verdict == "passed"
    file = tmp_path / "page.pdf"
    file.write_bytes(data)
    (plates,) = separated(file, tmp_path)
    for text, over in ((word, is_over), ("after", False)):
        left, top, right, bottom = place_of(file, 1, text)
        inner = (left + 2, top + DPI // 10, right - 2, bottom - DPI // 10)
        even = len(tones(plates["Yellow"].crop(inner))) == 1  # the letters leave no trace on it
        assert even is over, text


def tones(plate: Image.Image) -> set[int]:
    return set(plate.tobytes())

"""Letters of Arabic script in a finished PDF: as PDF/UA-1 asks, and read as they are written."""

import re
import subprocess
from pathlib import Path

import page
import pytest
from conftest import Maker, built

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.writing import write

SHEET = """
@font-face { font-family: S; src: url("reglet:///fonts/serif.ttf") }
@font-face { font-family: N; src: url("reglet:///fonts/naskh.ttf") }
@page { size: 105mm 148mm; margin: 12mm }
html { font: 9pt/14pt S, N }
"""
DRAWN = (
    'xmlns="http://www.w3.org/2000/svg" width="100" height="40" role="img" aria-label="a" '
    'direction="rtl" font-family="S, N" font-size="9"'
)


def words(data: bytes, folder: Path) -> list[str]:
    """Return the words that a reader of the file finds, without marks of direction."""
    file = folder / "file.pdf"
    file.write_bytes(data)
    run = ["pdftotext", str(file), "-"]
    text = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    return re.sub(r"[\u202a-\u202e]", "", text).split()


@pytest.mark.parametrize(
    "text",
    [
        "کتاب خوب جدید است",  # letters that share body and dots
        "می‌خواهیم",  # a joiner, which prints nothing
        "الله لا ﷲ",  # ligatures
        "ثبت تشخیص ضبط ظن غش قفس ذخیره",
    ],
)
def test_letters_are_read_as_they_are_written(text: str, tmp_path: Path) -> None:
    body = f'<h1>t</h1><p lang="fa" dir="rtl">{text}</p>'
    markup = f'<html lang="fa"><head><title>t</title></head><body>{body}</body></html>'
    data = write(lay_out(markup, SHEET, {}))
    assert [f.message for f in page.validate_pdf_bytes(data, profile="ua1").failures] == []
    assert words(data, tmp_path) == ["t", *text.split()]


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
@pytest.mark.parametrize("text", ["آسیاب کهنه", "چاه شمالی"])
def test_words_of_drawings_are_whole_and_stay_on_them(
    text: str, anchor: str, tmp_path: Path
) -> None:
    x = {"start": 90, "middle": 50, "end": 10}[anchor]
    drawn = (
        f'<text x="{x}" y="20" text-anchor="{anchor}">{text}</text><text x="60" y="35">Well</text>'
    )
    svg = f"<svg {DRAWN}>{drawn}</svg>"
    markup = f'<html lang="fa"><head><title>t</title></head><body><h1>t</h1>{svg}</body></html>'
    pages = lay_out(markup, SHEET, {})
    data = write(pages)
    assert pages.remarks == []
    assert set(words(data, tmp_path)) == {"t", "Well", *text.split()}
    run = ["pdftotext", "-bbox", str(tmp_path / "file.pdf"), "-"]
    boxes = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    lefts = [float(found) for found in re.findall(r'xMin="([\d.]+)"', boxes)]
    rights = [float(found) for found in re.findall(r'xMax="([\d.]+)"', boxes)]
    margin = 12 / 25.4 * 72
    assert min(lefts) >= margin - 1
    assert max(rights) <= margin + 75 + 1


def test_words_whose_letters_are_placed_one_by_one_are_left_so(tmp_path: Path) -> None:
    svg = f'<svg {DRAWN}><text x="10 40 70" y="20">باد</text></svg>'
    markup = f'<html lang="fa"><head><title>t</title></head><body><h1>t</h1>{svg}</body></html>'
    assert {"ب", "ا", "د"} <= set(words(write(lay_out(markup, SHEET, {})), tmp_path))


def test_a_character_without_a_glyph_among_them_is_passed_over(tmp_path: Path) -> None:
    body = '<h1>t</h1><p lang="fa">کتاب \u2e80 خوب</p>'
    markup = f'<html lang="fa"><head><title>t</title></head><body>{body}</body></html>'
    found = words(write(lay_out(markup, SHEET, {})), tmp_path)
    assert {"کتاب", "خوب"} <= set(found)


@pytest.mark.full
def test_a_persian_report_is_written(make: Maker, tmp_path: Path) -> None:
    section = "# اردوگاه\n\nاین یک گزارش است.[^a] سلام.\n\n[^a]: یادداشت نخست در پای صفحه.\n"
    folder = make(
        {
            "report.yaml": "title: گزارش\nlang: fa\neditions: [screen]\n",
            "sections/01.md": section,
        }
    )
    (file,) = built(folder, tmp_path / "out").glob("*.pdf")
    found = words(file.read_bytes(), tmp_path)
    assert {"اردوگاه", "گزارش", "یادداشت", "نخست"} <= set(found)

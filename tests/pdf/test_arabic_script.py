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

"""The cover of a book: its measures, its codes as a scanner reads them, mistakes."""

import subprocess
from pathlib import Path

import pikepdf
import pytest
from conftest import Maker, built
from test_press import BLEED, DPI, MM, separated

from reglet.formats.pdf.press.sheet import SLUG
from reglet.formats.wrap import thickness_of
from reglet.pipeline import build
from reglet.progress import NoProgress

REPORT = """\
title: Wells & Rope
authors: [Ada Bauer]
date: 2026-11-24
identifier: urn:isbn:978-3-16-148410-0
url: https://example.org/wells
description: How deep the water stood.
editions:
  - {name: press, page: A5, margin-inside: 20mm, margin-outside: 15mm, marks: none}
"""


@pytest.fixture(scope="module")
def wraps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wraps")
    (folder / "report.yaml").write_text(
        f"{REPORT}  - {{name: wrap, paper-weight: 150, paper-bulk: 2}}\n"
        "  - {name: thick, format: wrap, spine: 2cm}\n"
    )
    (folder / "01.md").write_text("# One\n\nDeep.\n")
    return built(folder, folder / "output")


def pages_of(folder: Path, edition: str) -> pikepdf.Pdf:
    return pikepdf.open(next(folder.glob(f"*-{edition}.pdf")))


def test_the_cover_goes_round_its_book(wraps: Path) -> None:
    with pages_of(wraps, "press") as pdf:
        count = len(pdf.pages)
    spine = thickness_of(count, 150, 2)
    assert spine == count / 2 * 0.3 + 0.5
    for edition, thickness in (("wrap", spine), ("thick", 20)):
        width, height = (2 * 148 + thickness) * MM, 210 * MM
        with pages_of(wraps, edition) as pdf:
            (page,) = pdf.pages
            assert [*map(float, page.trimbox)] == pytest.approx([0, 0, width, height], abs=0.02)
            assert float(page.mediabox[0]) == pytest.approx(-BLEED - SLUG, abs=0.01)


def test_folds_are_marked_at_both_edges_of_the_spine(wraps: Path, tmp_path: Path) -> None:
    file = next(wraps.glob("*-thick.pdf"))
    (black,) = (plates["Black"] for plates in separated(file, tmp_path))
    edge = (BLEED + SLUG) * DPI / 72
    above, below = (0, 0, black.width, 30), (0, black.height - 30, black.width, black.height)
    for slug in (black.crop(above), black.crop(below)):
        marks = [x for x in range(slug.width) if min(slug.crop((x, 0, x + 1, 30)).tobytes()) < 128]
        places = [(x - edge) * 25.4 / DPI for x in marks]
        for fold in (0, 148, 168, 316):  # trims, and folds between them
            assert any(abs(place - fold) < 0.4 for place in places), fold
        assert not any(1 < place < 147 or 149 < place < 167 for place in places)


def test_words_are_on_a_spine_that_has_room_for_them(wraps: Path) -> None:
    for edition, times in (("wrap", 1), ("thick", 2)):
        command = ["pdftotext", str(next(wraps.glob(f"*-{edition}.pdf"))), "-"]
        run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
        assert run.stdout.count("Wells & Rope") == times


def test_a_scanner_reads_the_codes(wraps: Path, tmp_path: Path) -> None:
    command = ["pdftoppm", "-r", "300", "-png", str(next(wraps.glob("*-thick.pdf"))), "cover"]
    subprocess.run(command, check=True, cwd=tmp_path, timeout=60)
    (image,) = tmp_path.glob("cover*.png")
    command = ["zbarimg", "--quiet", str(image)]
    run = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    read = set(run.stdout.split())
    assert read == {"EAN-13:9783161484100", "QR-Code:https://example.org/wells"}


def test_covers_pass_and_are_the_same_bytes_again(wraps: Path, tmp_path: Path) -> None:
    again = built(wraps.parent, tmp_path / "again")
    for file in wraps.iterdir():
        assert file.read_bytes() == (again / file.name).read_bytes(), file.name
    assert (wraps / "proof.json").read_text().count('"PDF/X-4"') == 3


def test_paper_that_is_none_is_told(make: Maker) -> None:
    wrong = f"{REPORT}  - {{name: wrap, paper-weight: heavy, paper-bulk: 1.2.3, spine: fat}}\n"
    outcome = build(make({"report.yaml": wrong}), progress=NoProgress())
    assert sorted(item.message for item in outcome.diagnostics) == [
        "`1.2.3` is no bulk in cm³/g (`paper-bulk`)",
        "`fat` is no length (`spine`)",
        "`heavy` is no weight in g/m² (`paper-weight`)",
    ]

"""The repository's own report for the press: its inks, its sheets, and the booklet made of it."""

import re
import subprocess
from html import unescape
from itertools import groupby
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT, built
from PIL import Image
from test_imposition import holds_booklet
from test_press import DPI, Plates, holds_nested_boxes, separated

from reglet.cli import cli
from reglet.formats.pdf.press.boxes import CLEAR
from reglet.formats.pdf.press.sheet import SLUG
from reglet.inks import PROFILES, most_ink, ready_made
from reglet.model.document import Kind
from reglet.model.words import plain
from reglet.pipeline import check

pytestmark = pytest.mark.full

EDITION = {"name": "press", "page": "A5", "margin-inside": "20mm", "margin-outside": "15mm"}
COLOURS = ("Cyan", "Magenta", "Yellow")
DISPLAYED = re.compile(r"[\d,*†‡§ ]+|(Table|Figure) \d+,?|Appendix [A-Z]")
"""Calls, numbers of notes, key figures, labels."""

CALLED = re.compile(r".*[^\d,*†‡§ ][\d*†‡§]+")
"""A word with the call of a note right behind it."""

BLANK = 15
"""How far from no ink at all a plate may be, of 255: what the smoothing of edges makes."""

Box = tuple[int, int, int, int]


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copytree(ROOT / "content", tmp_path_factory.mktemp("own") / "content")
    settings = yaml.safe_load((folder / "report.yaml").read_text("utf-8"))
    settings["editions"] = [EDITION]
    (folder / "report.yaml").write_text(yaml.safe_dump(settings), "utf-8")
    (file,) = built(folder, folder / "output").glob("*.pdf")
    return file


@pytest.fixture(scope="module")
def inks(press: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Plates]:
    return separated(press, tmp_path_factory.mktemp("plates"))


def words_of(file: Path) -> list[list[tuple[str, Box]]]:
    """Return the words of each page in order, and where they stand, in pixels of the plates."""
    command = ["pdftotext", "-bbox", str(file), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    word = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<')
    return [
        [
            (unescape(text), pixels([float(side) for side in sides]))
            for *sides, text in word.findall(page)
        ]
        for page in told.split("<page ")[1:]
    ]


def pixels(sides: list[float]) -> Box:
    left, top, right, bottom = (round(side * DPI / 72) for side in sides)
    return left, top, right, bottom


def is_coloured(plates: Plates, text: str, box: Box) -> bool:
    if CALLED.fullmatch(text):  # the call stands in the upper half
        left, top, right, bottom = box
        box = (left, (top + bottom) // 2, right, bottom)
    return any(has_ink(plates[name].crop(box)) for name in COLOURS)


def has_ink(plate: Image.Image) -> bool:
    return plate.point(lambda value: 255 * (value < 255 - BLANK)).getbbox() is not None


def display_texts() -> set[str]:
    """Return what of the report stands out from its text: headings, and terms of lists."""
    document = check(ROOT).value
    assert document
    nodes = [n for s in document.sections for block in s.blocks for n in block.walk()]
    return {plain(n.children) for n in nodes if n.kind in (Kind.HEADING, Kind.TERM)}


def test_no_word_of_the_text_is_in_a_coloured_ink(press: Path, inks: list[Plates]) -> None:
    """All that has a colour is a heading, a date, a label, a key figure or a call, and no more."""
    pages, black, coloured = words_of(press), 0, []
    assert len(pages) == len(inks)
    for plates, words in list(zip(inks, pages, strict=True))[1:]:  # the first is the cover
        told = [(text, is_coloured(plates, text, box)) for text, box in words]
        black += sum(not has_colour for _, has_colour in told)
        runs = groupby(told, key=lambda word: word[1])
        coloured += [" ".join(text for text, _ in run) for has_colour, run in runs if has_colour]
    assert black > 7000
    known = display_texts()
    assert not [run for run in coloured if run not in known and not DISPLAYED.fullmatch(run)]


def test_every_page_is_within_the_limit_of_ink(inks: list[Plates]) -> None:
    limit = ready_made(next(iter(PROFILES))).limit
    most = [
        most_ink(Image.merge("CMYK", [plate.point(lambda v: 255 - v) for plate in page.values()]))
        for page in inks
    ]
    assert max(most) > 1.5
    assert max(most) <= limit + 0.02


def test_boxes_are_nested_and_marks_clear_of_the_bleed(press: Path, inks: list[Plates]) -> None:
    holds_nested_boxes(press)
    for plates in inks:
        for plate in plates.values():
            width, height = plate.size
            near, far = round((SLUG - CLEAR) * DPI / 72) + 1, round(SLUG * DPI / 72) - 1
            ring = plate.copy()
            ring.paste(255, (far, far, width - far, height - far))  # the bleed, and what is in it
            inner = ring.crop((near, near, width - near, height - near))
            assert not has_ink(inner)  # nothing between the marks and the bleed
    corner = inks[2]["Black"].crop((0, 0, round(SLUG * DPI / 72), inks[2]["Black"].height))
    assert has_ink(corner)  # and beyond it the marks


def test_a_booklet_has_every_page_in_its_place(press: Path, tmp_path: Path) -> None:
    target = tmp_path / "booklet.pdf"
    shown = CliRunner().invoke(cli, ["impose", "-o", str(target), str(press)])
    assert shown.exit_code == 0, shown.output
    holds_booklet(target, press)
    assert "  PASSED PDF/X-4 · " in CliRunner().invoke(cli, ["proof", str(target)]).stdout

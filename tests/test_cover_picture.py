"""A picture on the cover: in the PDFs, to the paper's edges and tagged, and in the EPUB."""

import io
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import Maker
from lxml import etree
from PIL import Image

from reglet.colours import contrast
from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.speak.outline import spoken
from reglet.speak.tree import read_tree

RED = (200, 40, 30)
ALT = "A red field."
HEAD = """title: Wells
subtitle: What was found in each of those of the upper valley, with all the notes on them
authors: [Ada Bauer]
date: 2026-11-24
identifier: 978-3-16-148410-0
cover:
  picture: {picture}
  alt: A red field.
"""
PT = 1.44  # of a pixel at 50 dpi
EDITIONS = "editions: [screen, press, wrap, ebook, {name: brief, format: pdf, theme: brief}]\n"


def field(width: int, height: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), RED).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def shown(file: Path) -> Image.Image:
    """Return a file's first page as a picture."""
    command = ["pdftoppm", "-r", "50", "-png", "-l", "1", str(file)]
    return Image.open(
        io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout)
    ).convert("RGB")


def is_red(colour: object) -> bool:
    assert isinstance(colour, tuple)
    red, green, blue = colour
    return bool(red > 150 and green < 110 and blue < 110)


def lettered(page: Image.Image) -> None:
    """Assert that below the picture there is a ground on which all letters can be read."""
    lower = page.crop((page.width // 20, page.height * 53 // 100, page.width, page.height))
    colours = sorted(lower.getcolors(1 << 20) or (), reverse=True)
    ground = colours[0][1]
    assert isinstance(ground, tuple)
    assert contrast((255, 255, 255), ground[:3]) >= 4.5
    assert not any(is_red(colour) for _, colour in colours), "no letter stands on the picture"


@pytest.mark.full
def test_a_picture_covers_every_cover(make: Maker, tmp_path: Path) -> None:
    head = HEAD.format(picture="figures/field.jpg") + EDITIONS
    make({"report.yaml": head, "figures/field.jpg": field(2700, 1900)})
    outcome = build(tmp_path / "report", output=tmp_path / "out", progress=NoProgress())
    assert outcome.value is not None, outcome.diagnostics
    assert [item.code for item in outcome.diagnostics] == []
    stem = tmp_path / "out" / "wells"
    names = {
        "screen": stem.with_suffix(".pdf"),
        "ebook": stem.with_suffix(".epub"),
        **{name: stem.with_name(f"wells-{name}.pdf") for name in ("press", "wrap", "brief")},
    }
    screen = shown(names["screen"])
    edge = screen.width - 1
    assert all(is_red(screen.getpixel(at)) for at in ((0, 0), (edge, 0), (0, 280), (edge, 280)))
    lettered(screen)
    for name in ("screen", "brief"):
        heard = " ".join(spoken(read_tree(names[name])))
        assert heard.startswith(ALT)
    press = shown(names["press"])
    with pikepdf.open(names["press"]) as pdf:
        bled = [float(side) for side in pdf.pages[0].BleedBox]
        sheet = [float(side) for side in pdf.pages[0].MediaBox]
        (picture,) = pdf.pages[0].get_images().values()
        assert picture.ColorSpace == "/DeviceCMYK"
    left, right = (round((bled[side] - sheet[0]) / PT) for side in (0, 2))
    top = round((sheet[3] - bled[3]) / PT)
    assert all(is_red(press.getpixel((x, top + 1))) for x in (left + 1, right - 2))
    assert not is_red(press.getpixel((left - 2, top + 40)))
    wrap = shown(names["wrap"])
    assert is_red(wrap.getpixel((wrap.width * 3 // 4, wrap.height // 4)))
    with ZipFile(names["ebook"]) as book:
        package = etree.fromstring(book.read("EPUB/content.opf"))
        (item,) = package.xpath("//*[@properties='cover-image']")
        assert (item.get("href"), item.get("media-type")) == ("images/cover.jpg", "image/jpeg")
        page = book.read("EPUB/text/cover.xhtml").decode()
        assert f"Wells: {ALT}" in page
        assert 'src="../images/cover.jpg"' in page
        cover = Image.open(io.BytesIO(book.read("EPUB/images/cover.jpg")))
    assert cover.size == (1600, 2560)
    assert is_red(cover.getpixel((800, 600)))
    lettered(cover)


@pytest.mark.full
def test_a_coarse_picture_on_the_cover_is_told_at_its_place(make: Maker, tmp_path: Path) -> None:
    head = HEAD.format(picture="figures/field.jpg") + "editions: [press]\n"
    make({"report.yaml": head, "figures/field.jpg": field(900, 300)})
    outcome = build(tmp_path / "report", output=tmp_path / "out", progress=NoProgress())
    (told,) = outcome.diagnostics
    assert (told.code, told.span.path, told.span.line) == ("coarse-image", "report.yaml", 7)
    assert "50 dpi" in told.message, "of what is shown of it"


@pytest.mark.parametrize(
    ("picture", "code", "hint"),
    [
        ("figures/feild.jpg", "missing-image", "did you mean `figures/field.jpg`?"),
        ("https://example.org/a.jpg", "remote-image", None),
        ("figures/broken.png", "bad-image", None),
        ('""', "missing-key", None),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(
    make: Maker, picture: str, code: str, hint: str | None
) -> None:
    folder = make(
        {
            "report.yaml": HEAD.format(picture=picture),
            "figures/field.jpg": field(30, 30),
            "figures/broken.png": b"no picture",
        }
    )
    (told,) = check(folder).diagnostics
    assert (told.code, told.span.path, told.span.line) == (code, "report.yaml", 7)
    assert hint is None or told.hint == hint

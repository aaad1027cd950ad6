"""The press edition of a small report: what is in the file, and what Ghostscript prints of it."""

import re
import subprocess
import time
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from conftest import Maker, built
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from reglet.cli import cli
from reglet.formats.pdf.press.sheet import SLUG
from reglet.inks import PROFILES, most_ink, ready_made
from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.proof.press import prove_press

MM = 72 / 25.4
DPI = 144
BLEED = 3 * MM


def picture(mode: str, size: int = 64) -> bytes:
    ramp = Image.linear_gradient("L").resize((size, size))
    bands = {"L": ramp, "RGB": Image.merge("RGB", [ramp, ramp.rotate(90), ramp.rotate(180)])}
    file = BytesIO()
    bands[mode].save(file, "PNG")
    return file.getvalue()


REPORT: dict[str, str | bytes] = {
    "report.yaml": (
        "title: Wells & Rope\ndate: 2026-11-24\n"
        "editions:\n  - {name: press, page: A5, margin-inside: 20mm, margin-outside: 15mm}\n"
    ),
    "sections/01.md": (
        "# One\n\nThirty wells were measured.[^a] See [there](https://example.org/wells).\n\n"
        "![Colours](figures/colours.png)\n\n![Grey](figures/grey.png)\n\n"
        "[^a]: Depth below the rim, in metres.\n"
    ),
    "sections/02.md": "# Two\n\nFurther words.\n",
    "figures/colours.png": picture("RGB"),
    "figures/grey.png": picture("L"),
}


def write_report(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_report(tmp_path_factory.mktemp("press"), REPORT)
    (file,) = built(folder, folder / "output").glob("*.pdf")
    return file


Plates = dict[str, Image.Image]
"""What of a page each ink prints; 0 is all of it and 255 none."""


def plates(file: Path, page: int, folder: Path) -> Plates:
    """Separate a page by Ghostscript."""
    return separated(file, folder, f"-dFirstPage={page}", f"-dLastPage={page}")[0]


def separated(file: Path, folder: Path, *pages: str) -> list[Plates]:
    """Separate all pages of a file, or those that options of Ghostscript choose."""
    options = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}"]
    target = f"-sOutputFile={folder / '%d.tif'}"
    subprocess.run(["gs", *options, *pages, target, str(file)], check=True, timeout=300)
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return [
        {name: Image.open(folder / f"{number}({name}).tif").convert("L") for name in names}
        for number in range(1, len([*folder.glob("*(Black).tif")]) + 1)
    ]


def place_of(file: Path, page: int, word: str) -> tuple[int, int, int, int]:
    """Return where on a rendered page a word stands, in pixels."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    found = re.search(rf'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">{word}<', told)
    assert found, told
    left, top, right, bottom = (round(float(side) * DPI / 72) for side in found.groups())
    return left, top, right, bottom


def page_with(file: Path, word: str) -> int:
    command = ["pdftotext", str(file), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    pages = [number for number, text in enumerate(told.split("\f"), start=1) if word in text]
    return pages[0]


def test_a_press_edition_passes_and_says_what_it_is(press: Path) -> None:
    assert press.name == "wells-rope-press.pdf"
    shown = CliRunner().invoke(cli, ["proof", str(press)], prog_name="reglet")
    assert "  PASSED PDF/X-4 · " in shown.stdout
    assert "PDF/UA" not in shown.stdout
    with pikepdf.open(press) as pdf:
        assert pdf.pdf_version == "1.6"
        assert str(pdf.docinfo.Trapped) == "/False"
        with pdf.open_metadata() as facts:
            assert facts["dc:title"] == "Wells & Rope"
            assert facts["xmp:ModifyDate"] == "2026-11-24T00:00:00Z"
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert intent.DestOutputProfile.read_bytes() == ready_made(next(iter(PROFILES))).data
        assert "/Outlines" not in pdf.Root
        assert all("/Annots" not in page.obj for page in pdf.pages)


def holds_nested_boxes(press: Path) -> None:
    """Assert that pages of A5 stand in their bleed and on their sheet, and fill signatures."""
    with pikepdf.open(press) as pdf:
        assert len(pdf.pages) % 4 == 0
        for page in pdf.pages:
            left, bottom, right, top = map(float, page.trimbox)
            assert (right - left, top - bottom) == pytest.approx((148 * MM, 210 * MM), abs=0.01)
            for box, by in ((page.obj.BleedBox, BLEED), (page.mediabox, BLEED + SLUG)):
                grown = (left - by, bottom - by, right + by, top + by)
                assert [*map(float, box)] == pytest.approx(grown, abs=0.01)


def test_boxes_are_nested_and_pages_fill_signatures(press: Path) -> None:
    holds_nested_boxes(press)


def test_openers_stand_on_rectos_and_margins_are_mirrored(press: Path) -> None:
    first, second = page_with(press, "Thirty wells"), page_with(press, "Further words")
    assert (first % 2, second % 2) == (1, 1)
    assert place_of(press, first, "Thirty")[0] == pytest.approx((20 + 10) / 25.4 * DPI, abs=2)


def test_text_is_on_the_black_plate_alone(press: Path, tmp_path: Path) -> None:
    page = page_with(press, "Thirty wells")
    found = plates(press, page, tmp_path)
    for word in ("Thirty", "wells", "there.", "Depth", "metres."):
        place = place_of(press, page, word)
        inks = {name: plate.crop(place).getextrema()[0] for name, plate in found.items()}
        assert inks == {"Cyan": 255, "Magenta": 255, "Yellow": 255, "Black": 0}, word


def test_ink_stays_within_the_limit_of_the_profile(press: Path, tmp_path: Path) -> None:
    limit = ready_made(next(iter(PROFILES))).limit
    assert limit == 3.0
    found = plates(press, page_with(press, "Thirty wells"), tmp_path)
    inks = Image.merge("CMYK", [plate.point(lambda v: 255 - v) for plate in found.values()])
    assert 2.0 < most_ink(inks) <= limit + 0.02  # the picture's colours, and no more than allowed


def test_marks_are_clear_of_the_bleed(press: Path, tmp_path: Path) -> None:
    black = plates(press, 1, tmp_path)["Black"]

    def dark(x: float, y: float) -> bool:
        """Tell whether there is ink at a place, in mm from the corner of the sheet."""
        return int(black.getpixel((round(x / 25.4 * DPI), round(y / 25.4 * DPI)))) < 128  # type: ignore[arg-type]

    assert dark(7.3, 50)  # the cover's ground in the bleed
    assert not any(dark(6.5, y / 4) for y in range(2, 800))  # beyond it, as far as marks begin
    row = [dark(3.5, y / 10) for y in range(90, 110)]
    assert any(row)
    assert not all(row)


def test_pictures_are_parted_and_grey_ones_are_black(press: Path) -> None:
    with pikepdf.open(press) as pdf:
        spaces = {str(item.ColorSpace) for item in pdf.objects if is_image(item)}
    assert spaces == {"/DeviceCMYK", "/DeviceGray"}


def is_image(item: object) -> bool:
    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Image


def test_builds_on_two_dates_give_the_same_bytes(
    press: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, here = time.time, time.localtime
    monkeypatch.setattr(time, "time", lambda: now() + 400 * 86400)
    monkeypatch.setattr(time, "localtime", lambda at=None: here((at or now()) + 400 * 86400))
    folder = write_report(tmp_path, REPORT)
    (file,) = built(folder, folder / "output").glob("*.pdf")
    assert file.read_bytes() == press.read_bytes()


def no_trim(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def link(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=[0, 0, 9, 9])])


def screen_colour(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"1 0 0 rg 0 0 9 9 re f")


def much_ink(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"1 1 1 1 k 0 0 9 9 re f")


def no_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def broken_profile(pdf: pikepdf.Pdf) -> None:
    held = pdf.Root.OutputIntents[0].DestOutputProfile
    held.write(held.read_bytes()[:200])


def inked_picture(pdf: pikepdf.Pdf) -> None:
    image = next(i for i in pdf.objects if is_image(i) and i.ColorSpace == Name.DeviceCMYK)
    image.write(b"\xff" * (int(image.Width) * int(image.Height) * 4))


def no_font(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/FontFile2" in item:
            del item.FontFile2
        elif isinstance(item, Dictionary) and "/FontFile3" in item:
            del item.FontFile3


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_trim, "page 1 has not one of TrimBox and ArtBox"),
        (link, "page 1 has links or other annotations"),
        (screen_colour, "page 1 has colours of a screen"),
        (much_ink, "page 1 lays on 400% of ink, where its profile has 300% at most"),
        (inked_picture, "a picture lays on 400% of ink"),
        (no_intent, "it has 0 output intents for print"),
        (broken_profile, "without a sound profile nothing can be said of its ink"),
        (no_font, "is not embedded"),
    ],
)
def test_a_spoilt_file_fails(press: Path, tmp_path: Path, spoil: object, said: str) -> None:
    assert callable(spoil)
    with pikepdf.open(press) as pdf:
        spoil(pdf)
        pdf.save(tmp_path / "spoilt.pdf")
    finding = prove_press((tmp_path / "spoilt.pdf").read_bytes())
    assert finding.verdict == "failed"
    assert any(said in line for line in finding.detail), finding.detail


def test_a_grey_edition_has_black_alone(make: Maker, tmp_path: Path) -> None:
    grey = "title: Test\neditions:\n  - {name: press, page: A5, colours: grey, openers: next}\n"
    folder = make({**REPORT, "report.yaml": grey})
    (file,) = built(folder, tmp_path / "out").glob("*.pdf")
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=ink_cov", "-o-", str(file)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    inks = [line.split()[:4] for line in told.splitlines() if "CMYK" in line]
    assert inks
    assert all(float(ink) == 0 for page in inks for ink in page[:3])


def test_settings_that_make_no_sense_are_told(make: Maker) -> None:
    wrong = (
        "title: T\neditions:\n"
        "  - {name: press, bleed: wide, marks: crops, colours: red, profile: x, signature: 3,\n"
        "     addresses: note, openers: left}\n"
        "  - {name: book, format: epub, standard: x-4}\n"
    )
    outcome = build(make({"report.yaml": wrong}), editions=["press"], progress=NoProgress())
    assert [item.code for item in outcome.diagnostics] == ["bad-value"]  # the EPUB's, first
    wrong = wrong.rpartition("  -")[0]
    outcome = build(make({"report.yaml": wrong}), progress=NoProgress())
    said = sorted(item.message for item in outcome.diagnostics)
    assert said == [
        "`3` is no number of pages (`signature`)",
        "`crops` is no kind of marks (`marks`)",
        "`left` is no place for openers (`openers`)",
        "`note` is no way to print addresses (`addresses`)",
        "`red` is no way to print (`colours`)",
        "`wide` is no length (`bleed`)",
        "`x` is no profile of a press with four inks (`profile`)",
    ]


def test_a_printer_s_own_profile_is_used(make: Maker, tmp_path: Path) -> None:
    theirs = ready_made(next(iter(PROFILES))).data
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    edition = "{name: press, page: A5, openers: next, profile: profiles/paper.icc}"
    folder = make(
        {
            "report.yaml": f"title: Test\neditions: [{edition}]\n",
            "profiles/paper.icc": theirs,
            "profiles/screen.icc": screen,
        }
    )
    (file,) = built(folder, tmp_path / "out").glob("*.pdf")
    with pikepdf.open(file) as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "paper"
        assert "/RegistryName" not in intent
        assert intent.DestOutputProfile.read_bytes() == theirs
    text = (folder / "report.yaml").read_text().replace("paper", "screen")
    (folder / "report.yaml").write_text(text)
    (told,) = build(folder, progress=NoProgress()).diagnostics
    assert told.message == (
        "`profiles/screen.icc` is no profile of a press with four inks (`profile`)"
    )

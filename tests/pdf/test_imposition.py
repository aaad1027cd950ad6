"""Pages on sheets: in what order, what is cut, and what the file still claims."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from conftest import built
from test_press import BLEED, MM, REPORT, write_report

from reglet.cli import cli
from reglet.formats.pdf.press.imposition import BLANK, Pattern, booklet, grid
from reglet.formats.pdf.press.sheet import SLUG
from reglet.proof.press import prove_press


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["impose", *map(str, arguments)], prog_name="reglet")


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_report(tmp_path_factory.mktemp("sheets"), REPORT)
    (file,) = built(folder, folder / "output").glob("*.pdf")
    return file


def words(file: Path, page: int, crop: tuple[float, float, float, float] | None = None) -> str:
    """Return the text of a page, or of what of it is within `crop`: left, top, width, height."""
    options: list[str] = []
    for side, value in zip("xyWH", crop or (), strict=False):
        options += [f"-{side}", str(round(value))]
    command = ["pdftotext", "-f", str(page), "-l", str(page), *options, str(file), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    return " ".join(told.split())


def test_the_order_of_a_booklet() -> None:
    assert booklet(8) == [(7, 0), (1, 6), (5, 2), (3, 4)]
    assert booklet(5) == [(BLANK, 0), (1, BLANK), (BLANK, 2), (3, 4)]
    assert booklet(4, right_to_left=True) == [(0, 3), (2, 1)]
    # folded sheets, one in the other, read through: each leaf is the right of a front and its back
    sides = booklet(16)
    fronts, backs = sides[::2], sides[1::2]
    first = [page for f, b in zip(fronts, backs, strict=True) for page in (f[1], b[0])]
    second = [page for f, b in zip(fronts, backs, strict=True) for page in (f[0], b[1])]
    assert first + second[::-1] == list(range(16))


def test_the_order_of_a_grid() -> None:
    assert grid(5, Pattern(2, 2)) == [[0, 1, 2, 3], [4, BLANK, BLANK, BLANK]]


def holds_booklet(target: Path, press: Path) -> None:
    """Hold sheets of an A5 book against its pages: boxes, and which words stand where."""
    width, height, edge = 148 * MM, 210 * MM, BLEED + SLUG
    with pikepdf.open(press) as pdf:
        count = len(pdf.pages)
    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == count // 2
        for page in pdf.pages:
            assert [*map(float, page.trimbox)] == pytest.approx([0, 0, 2 * width, height], abs=0.05)
            sheet = [-edge, -edge, 2 * width + edge, height + edge]
            assert [*map(float, page.mediabox)] == pytest.approx(sheet, abs=0.05)
    own = [words(press, page) for page in range(1, count + 1)]
    assert len({text for text in own if text}) > 4
    for number, (left, right) in enumerate(booklet(count), start=1):
        for place, x in ((left, edge), (right, edge + width)):
            assert words(target, number, (x, 0, width, height + 2 * edge)) == own[place]


def test_a_booklet_of_a_report(press: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheets.pdf"
    shown = run(press, "-o", target)
    assert shown.exit_code == 0, shown.output
    with pikepdf.open(press) as pdf:
        count = len(pdf.pages)
    assert f"{count // 2} sides" in shown.stdout
    holds_booklet(target, press)
    assert "  PASSED PDF/X-4 · " in CliRunner().invoke(cli, ["proof", str(target)]).stdout
    first = target.read_bytes()
    run(press, "-o", target)
    assert target.read_bytes() == first


def test_inner_sheets_make_room_for_the_paper(press: Path, tmp_path: Path) -> None:
    """They stick out of the folded booklet, and their outer margins are trimmed off."""
    flat, thick = tmp_path / "flat.pdf", tmp_path / "thick.pdf"
    run(press, "-o", flat)
    run(press, "-o", thick, "--paper", "1mm")
    with pikepdf.open(thick) as pdf:
        sides = len(pdf.pages)
    assert sides >= 4
    middle = (BLEED + SLUG) + 148 * MM
    moved: dict[int, set[float]] = {}
    for side in range(1, sides + 1):
        pairs = zip(lefts(flat, side), lefts(thick, side), strict=True)
        for before, after in pairs:
            towards = after - before if before < middle else before - after
            moved.setdefault((side - 1) // 2, set()).add(round(towards / MM, 1))
    assert moved == {sheet: {float(sheet)} for sheet in moved}
    assert len(moved) > 1
    assert prove_press(thick.read_bytes()).verdict == "passed"


def lefts(file: Path, page: int) -> list[float]:
    """Return where each word of a page begins, in pt from the left."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(file), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    return [float(left) for left in re.findall(r'<word xMin="(.*?)"', told)]


def test_four_pages_a_side(press: Path) -> None:
    shown = run("--n-up", "2x2", press)
    assert shown.exit_code == 0, shown.output
    target = press.with_name(f"{press.stem}-2x2.pdf")
    with pikepdf.open(target) as pdf:
        box = [*map(float, pdf.pages[0].trimbox)]
    assert box == pytest.approx([0, 0, 2 * 148 * MM, 2 * 210 * MM], abs=0.05)


def test_what_others_claim_is_left_out(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 300))
        with pdf.open_metadata() as facts:
            facts["pdfaid:part"] = "3"
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.save(tmp_path / "plain.pdf")
    assert run(tmp_path / "plain.pdf").exit_code == 0
    with pikepdf.open(tmp_path / "plain-booklet.pdf") as pdf:
        assert pdf.Root.keys() == {"/Type", "/Pages"}
        assert [*map(float, pdf.pages[0].mediabox)] == [0, 0, 400, 300]
        assert len(pdf.pages) == 2


def test_files_that_cannot_be_imposed_are_told(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_text("no PDF")
    assert run(file).stderr == f"Error: cannot impose {file}: it is no PDF, or a broken one\n"
    two, written = pikepdf.new(), BytesIO()
    two.add_blank_page(page_size=(200, 300))
    two.add_blank_page(page_size=(300, 200))
    two.save(written)
    file.write_bytes(written.getvalue())
    assert "page 2 is of another size than page 1" in run(file).stderr
    assert run("--n-up", "2", file).exit_code == 2
    assert run("--n-up", "2x2", "--booklet", file).exit_code == 2
    assert run("--n-up", "2x2", "--paper", "1mm", file).exit_code == 2
    assert "'thin' is no length; write one, as 0.11mm" in run("--paper", "thin", file).stderr

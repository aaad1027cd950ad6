"""The repository's own report, built: what a reader of the PDF and of the EPUB gets."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pikepdf
import pytest
from conftest import run_later

from reglet.pipeline import build, check
from reglet.proof.epubcheck import run_epubcheck

SOURCE_NOTES = 11
EDITORS_NOTES = 18
ROOT = Path(__file__).parents[1]


def test_no_mistakes_in_the_content() -> None:

    assert check(ROOT).diagnostics == ()


def test_every_note_is_linked_both_ways(report_pdf: Path) -> None:
    with pikepdf.open(report_pdf) as pdf:
        targets = [
            str(annotation.Dest)
            for page in pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if "/Dest" in annotation
        ]
    notes = [f"{number}" for number in range(1, SOURCE_NOTES + 1)]
    notes += [f"ed-{number}" for number in range(1, EDITORS_NOTES + 1)]
    for number in notes:
        assert f"note-{number}" in targets
        assert f"call-{number}" in targets


def test_the_epub_passes_epubcheck(report_epub: Path) -> None:
    report = run_epubcheck(report_epub)
    assert report.passed, report.failures


def test_the_manifest_tells_the_truth(report_output: Path) -> None:
    manifest = json.loads((report_output / "manifest.json").read_text(encoding="utf-8"))
    assert {row["format"] for row in manifest["files"]} == {"pdf", "epub", "web", "proof"}
    for row in manifest["files"]:
        data = (report_output / row["name"]).read_bytes()
        assert len(data) == row["bytes"]
        assert sha256(data).hexdigest() == row["sha256"]


def test_the_contents_give_the_true_pages(report_pdf: Path) -> None:
    """Every line of the contents leads to the page whose number it prints."""
    with pikepdf.open(report_pdf) as pdf:
        names = pdf.Root.Names.Dests.Names
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        targets = {str(names[i]): pages[names[i + 1][0].objgen] for i in range(0, len(names), 2)}
        contents = targets["contents"]
        links = [
            (float(link.Rect[1]), targets[str(link.Dest)])
            for link in pdf.pages[contents - 1].obj.Annots
        ]
    text = subprocess.run(
        ["pdftotext", "-layout", "-f", str(contents), "-l", str(contents), str(report_pdf), "-"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    printed = [int(found[1]) for found in re.finditer(r"\S\s{2,}(\d+)$", text, re.MULTILINE)]
    expected = [page for _, page in sorted(links, key=lambda link: -link[0])]
    assert len(printed) > 20
    assert printed == expected


def test_the_pdf_is_dated_by_the_environment_or_the_report(report_pdf: Path) -> None:
    with pikepdf.open(report_pdf) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261124")
        assert str(pdf.docinfo["/Title"]).startswith("Camp Ashraf")
        assert str(pdf.Root.Lang) == "en-GB"


@pytest.mark.full
def test_the_same_content_gives_the_same_bytes(report_output: Path, tmp_path: Path) -> None:
    """Built by a clock four years ahead, in another time zone and language."""
    run_later("build", "-q", "-o", tmp_path, ROOT)
    for file in report_output.iterdir():
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


@pytest.mark.full
def test_the_wheel_works_outside_the_repository(tmp_path: Path) -> None:
    """The package as `pip install .` makes it holds its templates and its sample report."""
    home, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(home)]
    subprocess.run([*pip, str(ROOT)], check=True, capture_output=True)
    environment = os.environ | {"PYTHONPATH": str(home), "PYTHONSAFEPATH": "1"}
    where = "import reglet; print(reglet.__file__)"
    run = [sys.executable, "-m", "reglet"]
    for command in ([sys.executable, "-c", where], [*run, "new", "demo"], [*run, "build", "demo"]):
        done = subprocess.run(
            command, cwd=work, env=environment, check=True, capture_output=True, text=True
        )
        if where in command:
            assert Path(done.stdout.strip()).is_relative_to(home)
    assert len(list((work / "demo" / "output").iterdir())) == 6


def test_tables_charts_and_map_are_shown(report_pdf: Path, report_epub: Path) -> None:
    pdf = subprocess.run(
        ["pdftotext", str(report_pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    with ZipFile(report_epub) as book:
        epub = "".join(book.read(n).decode() for n in book.namelist() if n.endswith(".xhtml"))
    for text in (pdf, epub):
        for label in (
            "Figure 1",
            "Figure 2",
            "Figure 3",
            "Table 1",
            "Table 2",
            "Table 3",
            "Liberty, June 2013",
        ):
            assert label in text.replace("\u00a0", " ")
    assert epub.count("<svg") == 3
    assert epub.count("<table") == 6  # of which three hold what is drawn


def test_a_build_tells_its_stages_and_pages() -> None:
    class Told:
        def __init__(self) -> None:
            self.stages: list[tuple[str, str, int | None]] = []

        def stage(self, name: str, detail: str = "", page: int | None = None) -> None:
            self.stages.append((name, detail, page))

    told = Told()
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report"
        report.mkdir()
        (report / "report.yaml").write_text("title: T\n", encoding="utf-8")
        (report / "one.md").write_text("# One\n\nText.\n", encoding="utf-8")
        assert not build(report, editions=["screen"], progress=told).failed
    assert ("parsing", "one.md", None) in told.stages
    assert ("setting", "screen", 2) in told.stages

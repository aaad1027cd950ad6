"""A small report as templates render it, file by file: `--accept` writes anew what is then read."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from reglet.model.document import Document
from reglet.model.project import Project
from reglet.pipeline import build
from reglet.progress import NoProgress
from reglet.render import render
from reglet.resolve.document import resolve
from reglet.resolve.settle import settle
from reglet.source.project import load
from reglet.text.section import parse, parse_inline

CASE = Path(__file__).parent / "cases" / "render"
TEXTS = (".xhtml", ".opf", ".ncx", ".xml", ".css")


def compare(name: str, found: str, request: pytest.FixtureRequest) -> None:
    golden = CASE / "expected" / name
    if request.config.getoption("accept", False):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8"), name


def resolved() -> tuple[Project, Document]:
    project = load(CASE / "report").value
    assert project is not None
    sections = [parse(file, project.report.lang).value for file in project.files]
    outcome = resolve(project, sections, parse_inline)
    assert outcome.diagnostics == ()
    return project, outcome.value


def test_html_of_the_pages(request: pytest.FixtureRequest) -> None:
    project, document = resolved()
    screen = next(e for e in project.report.editions if e.format == "pdf")
    pages = {"tbl-rain": "7", "fig-rain": "7", "sec-two": "6"}
    markup = render(settle(document, screen), screen, project.templates, pages).value
    assert markup is not None
    compare("book.html", markup.whole, request)


def test_files_of_the_epub(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    output = tmp_path / "out"
    outcome = build(CASE / "report", editions=["ebook"], output=output, progress=NoProgress())
    assert outcome.diagnostics == ()
    with ZipFile(next(output.glob("*.epub"))) as book:
        names = book.namelist()
        texts = {name: book.read(name).decode() for name in names if name.endswith(TEXTS)}
    compare("epub/names.txt", "\n".join([*names, ""]), request)
    for name, text in texts.items():
        compare(f"epub/{name}", text, request)
    kept = {
        str(p.relative_to(CASE / "expected" / "epub"))
        for p in CASE.rglob("expected/epub/**/*")
        if p.is_file()
    }
    assert kept == {*texts, "names.txt"}

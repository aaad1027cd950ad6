"""What `load` finds in a folder: where the report is, which files are its, in which order."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reglet.model.diagnostic import Outcome
from reglet.model.project import Project
from reglet.model.report import READY_MADE, UNASKED, Author, Part
from reglet.model.span import Span
from reglet.source.project import load
from reglet.source.templates import house_templates, read_templates

Maker = Callable[[dict[str, str | bytes]], Path]


def codes(outcome: Outcome[Project | None]) -> list[tuple[str, str]]:
    return [(item.code, str(item.span)) for item in outcome.diagnostics]


def project_of(outcome: Outcome[Project | None]) -> Project:
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


def names(project: Project) -> list[str]:
    return [part.path or part.kind for part in project.report.parts]


def test_bare_report_gets_parts_editions_and_natural_order(make: Maker) -> None:
    files = {f"sections/{name}.md": "# X\n" for name in ("2-b", "10-c", "1-a", "README")}
    folder = make({**files, "sections/01.md": "---\nrole: preface\n---\n\n# Preface\n"})
    project = project_of(load(folder))
    assert names(project) == [
        "cover",
        "title-page",
        "sections/01.md",
        "contents",
        "lists",
        "sections/1-a.md",
        "sections/2-b.md",
        "sections/10-c.md",
        "sources",
        "index",
        "colophon",
    ]
    assert [file.path for file in project.files] == [
        "sections/01.md",
        "sections/1-a.md",
        "sections/2-b.md",
        "sections/10-c.md",
    ]
    assert project.report.editions == tuple(READY_MADE[name] for name in UNASKED)
    assert project.report.identifier == ""
    assert (project.root, project.folder) == (str(folder), str(folder))


def test_listed_sections_without_parts_are_framed_in_their_order(make: Maker) -> None:
    listed = "title: T\nsections: [sections/b.md, sections/a.md]\n"
    folder = make({"report.yaml": listed, "sections/a.md": "a", "sections/b.md": "b"})
    assert names(project_of(load(folder))) == [
        "cover",
        "title-page",
        "contents",
        "lists",
        "sections/b.md",
        "sections/a.md",
        "sources",
        "index",
        "colophon",
    ]


def test_listed_parts_stand_as_listed_with_their_spans(make: Maker) -> None:
    listed = "title: T\nsections:\n  - sections/01.md\n  - part: contents\n"
    project = project_of(load(make({"report.yaml": listed})))
    assert project.report.parts == (
        Part("section", "sections/01.md", Span("report.yaml", 3, 5, 14)),
        Part("contents", span=Span("report.yaml", 4, 5, 14)),
    )


def test_markdown_beside_the_report_where_there_is_no_sections_folder(tmp_path: Path) -> None:
    for name in ("report.yaml", "b.md", "a.md", "README.md", ".hidden.md"):
        (tmp_path / name).write_text("title: T\n" if name == "report.yaml" else "# A\n")
    project = project_of(load(tmp_path))
    assert [file.path for file in project.files] == ["a.md", "b.md"]


def test_report_in_content_has_templates_in_the_root(tmp_path: Path) -> None:
    (tmp_path / "content" / "sections").mkdir(parents=True)
    (tmp_path / "content" / "report.yaml").write_text("title: T\n")
    (tmp_path / "content" / "sections" / "a.md").write_text("# A\n")
    (tmp_path / "templates" / "inquiry" / "pdf").mkdir(parents=True)
    (tmp_path / "templates" / "inquiry" / "nodes.html").write_bytes(b"\xef\xbb\xbfx\r\ny")
    (tmp_path / "templates" / "inquiry" / "pdf" / "style.css").write_text("p {}")
    (tmp_path / "templates" / "inquiry" / "font.woff2").write_bytes(b"\x00")
    project = project_of(load(tmp_path))
    assert project.root == str(tmp_path)
    assert project.folder == str(tmp_path / "content")
    assert project.templates["inquiry/nodes.html"] == "x\ny"
    assert project.templates["inquiry/pdf/style.css"] == "p {}"
    assert "inquiry/font.woff2" not in project.templates


def test_whole_description(make: Maker) -> None:
    text = """\
title:  Two
  lines
authors: [Ada, {name: Grace Hopper, role: edt, orcid: "https://orcid.org/0000-0002-1825-0097"}]
date: 2026
lang: en-GB
identifier: 978-0-306-40615-7
keywords: [a, b]
subtitle:
notes: {style: styles/own.csl, numbering: section}
editions:
  - web
  - {name: screen, page: A5}
  - {name: large, format: pdf, theme: plain, font-size: 14pt, columns: 2, marks: true}
"""
    project = project_of(load(make({"report.yaml": text, "styles/own.csl": "<style/>"})))
    report = project.report
    assert report.title == "Two lines"
    assert report.authors == (Author("Ada"), Author("Grace Hopper", "edt", "0000-0002-1825-0097"))
    assert (report.date, report.lang, report.subtitle) == ("2026", "en-GB", "")
    assert report.keywords == ("a", "b")
    assert (report.notes.style, report.notes.numbering) == ("styles/own.csl", "section")
    assert project.styles == {"styles/own.csl": "<style/>"}
    web, screen, large = report.editions
    assert (web.format, web.span) == ("web", Span("report.yaml", 11, 5, 3))
    assert (screen.format, screen.theme, screen.settings) == ("pdf", "inquiry", {"page": "A5"})
    assert large.theme == "plain"
    assert large.settings == {"font-size": "14pt", "columns": "2", "marks": "true"}
    assert large.span == Span("report.yaml", 13, 12, 5)


def test_markdown_is_read_without_mark_and_with_plain_line_ends(make: Maker) -> None:
    folder = make({"sections/01.md": b"\xef\xbb\xbf# One\r\n\rTwo\r\n"})
    assert project_of(load(folder)).files[0].text == "# One\n\nTwo\n"


def test_places_hold_in_a_file_with_mark_and_carriage_returns(make: Maker) -> None:
    folder = make({"report.yaml": b"\xef\xbb\xbftitle: 1\r\nfoo: 2\r\n"})
    assert codes(load(folder)) == [
        ("wrong-type", "report.yaml:1:8"),
        ("unknown-key", "report.yaml:2:1"),
    ]


def test_no_folder_and_no_report(tmp_path: Path) -> None:
    (tmp_path / "report-2026").mkdir()
    outcome = load(tmp_path / "report-202")
    assert codes(outcome) == [("no-report", "report.yaml")]
    assert outcome.diagnostics[0].hint == "did you mean `report-2026`?"
    outcome = load(tmp_path / "x")
    assert outcome.diagnostics[0].hint == f"there is no folder `{tmp_path / 'x'}`"
    outcome = load(tmp_path / "report-2026")
    assert outcome.value is None
    assert outcome.diagnostics[0].hint.startswith("run `reglet new ")


def test_a_file_given_for_a_folder(make: Maker) -> None:
    folder = make({})
    outcome = load(folder / "report.yaml")
    assert codes(outcome) == [("no-report", "report.yaml")]
    assert outcome.diagnostics[0].hint.endswith(f"name its folder, `{folder}`")


def test_links_that_lead_out_are_not_followed(make: Maker, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (outside / "facts.yaml").write_text("a: 1")
    (outside / "style.css").write_text("p {}")
    folder = make({"data/own.yaml": "b: 2\n"})
    (folder / "sections" / "02.md").symlink_to(outside / "secret.md")
    (folder / "data" / "facts.yaml").symlink_to(outside / "facts.yaml")
    (folder / "sources.yaml").symlink_to(outside / "facts.yaml")
    (folder / "templates").symlink_to(outside)
    (folder / "sections" / "03.md").symlink_to(folder / "sections" / "01.md")
    outcome = load(folder)
    assert codes(outcome) == [
        ("outside-folder", "sections/02.md"),
        ("outside-folder", "sources.yaml"),
        ("outside-folder", "data/facts.yaml"),
        ("outside-folder", "templates"),
    ]
    assert outcome.value is not None
    assert [file.path for file in outcome.value.files] == ["sections/01.md", "sections/03.md"]
    assert set(outcome.value.data) == {"own"}


def test_loops_pipes_and_folders_are_told(make: Maker) -> None:
    folder = make({"sections/04.md/x": ""})
    (folder / "sections" / "02.md").symlink_to(folder / "sections" / "02.md")
    os.mkfifo(folder / "sections" / "03.md")
    listed = "title: T\nsections: [sections/02.md, sections/03.md, sections/04.md]\n"
    (folder / "report.yaml").write_text(listed)
    assert [code for code, _ in codes(load(folder))] == ["unreadable-file"] * 3


def test_a_file_that_may_not_be_read(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuse(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "01.md":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    folder = make({"sections/02.md": "# Two\n"})
    monkeypatch.setattr(Path, "open", refuse)
    outcome = load(folder)
    assert codes(outcome) == [("unreadable-file", "sections/01.md")]
    assert "permission denied" in outcome.diagnostics[0].message


def test_a_file_over_the_limit(make: Maker) -> None:
    text, report = "x" * 1_000_000, "title: T\nlimits: {file-size: 1}\n"
    folder = make({"report.yaml": report, "sections/01.md": text + "x", "sections/02.md": text})
    outcome = load(folder)
    assert codes(outcome) == [("file-limit", "sections/01.md")]
    assert "raise `file-size` below `limits:`" in outcome.diagnostics[0].hint


def test_names_no_system_takes(make: Maker) -> None:
    long = "x" * 300
    folder = make({"report.yaml": f"title: T\nsections: [{long}.md, '{'../' * 50}a.md']\n"})
    assert [code for code, _ in codes(load(folder))] == ["unreadable-file", "outside-folder"]


def test_broken_report_does_not_hide_other_files(make: Maker) -> None:
    outcome = load(make({"report.yaml": "title: a: b\n", "sources.yaml": "x: {}\n"}))
    assert codes(outcome) == [
        ("yaml-syntax", "report.yaml:1:9"),
        ("missing-key", "sources.yaml:1:4"),
    ]
    assert outcome.value is None


def test_a_reports_templates_lie_over_reglets_own(make: Maker) -> None:
    house = read_templates(house_templates()).value
    assert {"inquiry/nodes.html", "inquiry/pdf/style.css", "labels/en.yaml"} <= set(house)
    assert project_of(load(make({}))).templates == house
    project = project_of(load(make({"templates/inquiry/style.css": "p {}"})))
    assert project.templates["inquiry/style.css"] == "p {}"
    assert "inquiry/pdf/style.css" not in project.templates  # the report's is for all formats
    assert project.templates["inquiry/nodes.html"] == house["inquiry/nodes.html"]


def test_no_templates_where_there_is_no_folder(tmp_path: Path) -> None:
    assert read_templates(tmp_path / "none").value == {}


def test_the_repositorys_own_report_is_sound() -> None:
    project_of(load(Path(__file__).parents[2]))

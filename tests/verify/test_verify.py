"""`reglet verify`: each way in which files, inputs, versions and a new build can differ."""

import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result
from conftest import built

from reglet.cli import cli
from reglet.proof.record import RECORD

REPORT = {
    "report.yaml": "title: Wells\ndate: 2026-11-24\neditions: [ebook, web]\n",
    "sections/01.md": "# One\n\nDeep.^[A note.]\n",
    "data/rain.yaml": "- {month: May, depth: 3}\n",
}
Edit = Callable[[Path], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a report once; return its folder."""
    folder = tmp_path_factory.mktemp("verify") / "wells"
    for name, text in REPORT.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    built(folder, folder / "output")
    return folder


@pytest.fixture
def report(sound: Path, tmp_path: Path) -> Path:
    return copytree(sound, tmp_path / "wells")


def verify(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["verify", *map(str, arguments)])


def told(result: Result) -> list[tuple[str, str]]:
    """What was said: places and codes."""
    found = re.finditer(r"^(.+): (?:error|warning)\[(.+?)\]", result.stderr, re.MULTILINE)
    return [(Path(match[1]).name, match[2]) for match in found]


def changed(folder: Path, edit: Callable[[dict[str, object]], object]) -> None:
    """Change the manifest."""
    path = folder / "output" / "manifest.json"
    facts = json.loads(path.read_bytes())
    edit(facts)
    path.write_text(json.dumps(facts))


def without_building(folder: Path) -> Result:
    output = folder / "output"
    return verify(output, "--manifest", output / "manifest.json", "--format", "concise")


def test_what_is_as_it_was_built(report: Path) -> None:
    result = verify(report)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "Verified: 4 files are, byte for byte, what the report gives.\n"
    )
    assert "3 files of the report, reglet 0.1.0, " in result.stdout
    assert verify(report, "-q").output == ""
    assert {path.name for path in report.iterdir()} == {
        "data", "output", "report.yaml", "sections"
    }  # fmt: skip


@pytest.mark.parametrize("name", ["output", "output/wells.epub"])
def test_an_output_and_a_file_are_those_of_the_report_above(report: Path, name: str) -> None:
    (report / "output" / "index.html").write_text("changed")
    result = verify(report / name, "--format", "concise")
    alone = name.endswith(".epub")
    assert result.exit_code == (not alone)
    assert told(result) == ([] if alone else [("index.html", "file-differs")])


def test_every_difference_of_the_report_and_the_machine_is_told(report: Path) -> None:
    (report / "sections/01.md").write_text("# One\n\nShallow.^[A note.]\n")
    (report / "data/rain.yaml").rename(report / "data/snow.yaml")

    def age(facts: dict[str, object]) -> None:
        made = facts["made_with"]
        assert isinstance(made, dict)
        made["packages"]["weasyprint"] = "69.0"
        made["packages"].pop("pydyf")
        made["libraries"]["pango"] = "1.40.0"
        made["python"] = "3.10.1"

    changed(report, age)
    result = verify(report, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    said = {(item["code"], item["message"]) for item in found}
    assert {message for code, message in said if code == "input-differs"} == {
        "`data/rain.yaml` cannot be read; the build read it",
        "`data/snow.yaml` is new: the build did not read it",
        "`sections/01.md` is not what the build read",
    }
    versions = {message for code, message in said if code == "version-differs"}
    assert {message.partition(" is ")[0] for message in versions} == {
        "Python", "pango", "pydyf", "weasyprint",
    }  # fmt: skip
    assert "weasyprint is 70.0 here, and was 69.0 in the build" in versions
    again = {item["message"]: item for item in found if item["code"] == "rebuild-differs"}
    assert again.keys() == {
        f"built anew, `{name}` has other bytes"
        for name in ("wells.epub", "index.html", "proof.json", "proof.html")
    }
    epub = again["built anew, `wells.epub` has other bytes"]
    assert epub["severity"] == "error"
    assert epub["hint"].startswith("the report is not what it was")
    assert again["built anew, `proof.json` has other bytes"]["severity"] == "warning"


def test_other_versions_alone_do_not_matter_where_bytes_are_the_same(report: Path) -> None:
    def age(facts: dict[str, object]) -> None:
        made = facts["made_with"]
        assert isinstance(made, dict)
        made["reglet"]["sha256"] = "0" * 64

    changed(report, age)
    result = verify(report, "--format", "concise")
    assert result.exit_code == 0
    assert told(result) == [("reglet", "version-differs")]
    assert "reglet is 0.1.0 here, and was 0.1.0 with other files in the build" in result.stderr


def test_a_file_put_in_its_place_with_its_sum_is_found_by_building(report: Path) -> None:
    forged = b"not what the report gives"
    (report / "output/wells.epub").write_bytes(forged)

    def forge(facts: dict[str, object]) -> None:
        files = facts["files"]
        assert isinstance(files, list)
        (row,) = (row for row in files if row["name"] == "wells.epub")
        row["sha256"] = sha256(forged).hexdigest()
        files.append(row | {"name": "more.epub"})

    changed(report, forge)
    (report / "output/more.epub").write_bytes(forged)
    assert without_building(report).exit_code == 0
    result = verify(report, "--format", "concise")
    assert result.exit_code == 1
    assert [*map(str.strip, result.stderr.splitlines())] == [
        "wells.epub: error[rebuild-differs] built anew, `wells.epub` has other bytes (the same "
        "files and versions gave other bytes: report this, it is reglet's fault)",
        "more.epub: error[rebuild-differs] built anew, `more.epub` is not made at all (the same "
        "files and versions gave other bytes: report this, it is reglet's fault)",
    ]


def test_a_report_that_cannot_be_built_any_more(report: Path) -> None:
    (report / "sections/01.md").write_text("# One\n\nDeep.[^lost]\n")
    result = verify(report, "--format", "concise")
    assert result.exit_code == 1
    assert [code for _, code in told(result)] == ["input-differs", "unknown-note"]


CHANGES: dict[str, tuple[Edit, int, list[tuple[str, str]]]] = {
    "nothing": (lambda _: None, 0, []),
    "a file changed": (
        lambda folder: (folder / "wells.epub").write_bytes(b"x"),
        1,
        [("wells.epub", "file-differs")],
    ),
    "a file gone": (
        lambda folder: (folder / "index.html").unlink(), 1, [("index.html", "file-differs")]
    ),
    "a proof told anew": (
        lambda folder: (folder / RECORD).write_text("{}"), 0, [("proof.json", "file-differs")]
    ),
    "a file beside": (lambda folder: (folder / "more.txt").write_text("x"), 0, []),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_an_output_is_compared_without_building(report: Path, name: str) -> None:
    edit, code, expected = CHANGES[name]
    edit(report / "output")
    (report / "sections/01.md").unlink()  # the report does not count
    result = without_building(report)
    assert (result.exit_code, told(result)) == (code, expected)
    assert result.stdout == (
        "" if code else "Verified: 4 files are, byte for byte, what the manifest lists.\n"
    )


def test_a_file_is_found_by_its_name_or_its_bytes(report: Path, tmp_path: Path) -> None:
    manifest = report / "output" / "manifest.json"
    copy = (report / "output/wells.epub").rename(tmp_path / "fetched.epub")
    result = verify(copy, "--manifest", manifest)
    assert (result.exit_code, result.output) == (
        0,
        "Verified: 1 file is, byte for byte, what the manifest lists.\n",
    )
    copy.write_bytes(copy.read_bytes() + b" ")
    result = verify(copy, "--manifest", manifest, "--format", "concise")
    assert (result.exit_code, told(result)) == (1, [("fetched.epub", "file-differs")])
    assert "has more in it than the file that was built" in result.stderr
    copy.write_bytes(b"something else")
    result = verify(copy, "--manifest", manifest, "--format", "concise")
    assert (result.exit_code, told(result)) == (1, [("fetched.epub", "file-differs")])
    assert "is none of the files that the manifest lists" in result.stderr


def test_a_manifest_reaches_no_file_outside(report: Path) -> None:
    (report.parent / "secret").write_text("mine")

    def reach(facts: dict[str, object]) -> None:
        row = {"name": "../secret", "bytes": 4, "sha256": sha256(b"mine").hexdigest()}
        facts["inputs"] = [row]
        kind = {"edition": "x", "format": "x", "media_type": "x", "pages": None}
        facts["files"] = [row | kind | {"name": "../../secret"}]

    changed(report, reach)
    result = verify(report, "--format", "json")
    said = [(item["code"], item["path"]) for item in json.loads(result.stdout)]
    assert ("file-differs", "../../secret") in said
    assert ("input-differs", "../secret") in said


def test_without_a_manifest_or_a_report(report: Path, tmp_path: Path) -> None:
    (report / "output/manifest.json").unlink()
    result = verify(report, "--format", "concise")
    assert result.exit_code == 1
    assert "error[no-manifest]" in result.stderr
    result = verify(tmp_path)
    assert result.exit_code == 2
    assert "`reglet verify REPORT --output DIR`" in result.stderr

"""A new report: where it may be made, what is in it, and that it has no mistakes."""

import errno
import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reglet.cli import cli
from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.scaffold import KINDS, lay_out


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="reglet")


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    assert lay_out(tmp_path / "sample").diagnostics == ()
    return tmp_path / "sample"


def test_new_makes_a_report_and_says_what_to_do_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", "sample")
    assert result.exit_code == 0
    assert "reglet build sample" in result.stdout
    assert (tmp_path / "sample" / "report.yaml").is_file()


def test_new_takes_an_empty_folder_even_the_one_it_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", ".").exit_code == 0
    assert (tmp_path / "report.yaml").is_file()


def test_new_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    result = run("new", str(tmp_path))
    assert result.exit_code == 2
    assert "not an empty folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert run("new", str(tmp_path / "mine")).exit_code == 2


def test_new_that_cannot_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Path.mkdir, iter(range(99))

    def fail(path: Path, *arguments: object, **options: object) -> None:
        if next(calls) == 4:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        real(path, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fail)
        result = run("new", str(tmp_path / "deep" / "sample"))
    assert result.exit_code == 1
    assert "the disk is full" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_each_yaml_file_names_its_schema(sample: Path) -> None:
    for path in (*sample.glob("*.yaml"), *sample.glob("data/*.yaml")):
        match = re.match(r"# yaml-language-server: \$schema=(\S+)\n", path.read_text())
        assert match is not None
        assert (path.parent / match[1]).is_file()
    for kind in KINDS:
        assert json.loads((sample / ".schema" / f"{kind}.json").read_text())["$schema"]


def test_the_date_is_today(sample: Path) -> None:
    assert f"\ndate: {date.today().isoformat()}\n" in (sample / "report.yaml").read_text()


def test_output_is_kept_out_of_git(sample: Path) -> None:
    assert (sample / ".gitignore").read_text() == "output/\n"


def test_it_has_no_mistakes(sample: Path) -> None:
    assert check(sample).diagnostics == ()


@pytest.mark.full
def test_it_builds_at_once(sample: Path) -> None:
    outcome = build(sample, progress=NoProgress())
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    assert {Path(file.path).suffix for file in outcome.value.files} == {
        ".pdf",
        ".epub",
        ".html",
        ".json",
    }
    assert outcome.value.notes.on_call_page == outcome.value.notes.placed > 5


FEATURES = {
    "note of several paragraphs": r"^    The second",
    "inline note": r"\^\[",
    "citation": r"\[see @[\w-]+, p\. 12\]",
    "author suppressed": r"\[-@",
    "editor's note": r"\]\{\.editor\}",
    "table by hand": r"^\|---",
    "data expression": r"\{\{ data\.",
    "table": r"^```table",
    "chart": r"^```chart",
    "glossary": r"^```glossary",
    "chronology": r"^```chronology",
    "key figures": r"^```key-figures",
    "figure": r"!\[.+\]\(figures/",
    "cross reference": r"@fig-page",
    "box": r"^::: \{\.box\}",
    "definition list": r"^:   ",
    "verse": r"^\| Lines",
    "preface": r"^role: preface",
    "appendix": r"^role: appendix",
}


@pytest.mark.parametrize("feature", FEATURES)
def test_it_shows_every_feature(sample: Path, feature: str) -> None:
    text = "".join(path.read_text() for path in sorted(sample.glob("sections/*.md")))
    assert re.search(FEATURES[feature], text, re.MULTILINE)

"""`reglet theme`: what it lists, shows and copies; and that a copy looks as its original does."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Maker

from reglet.cli import cli
from reglet.pipeline import check
from reglet.source.templates import house_templates

Files = dict[str, str | bytes]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ("theme", *arguments), prog_name="reglet")


def test_the_list_names_every_theme_and_what_it_is_for(make: Maker) -> None:
    own: Files = {"templates/harbour/theme.yaml": "extends: brief\nabout: for the harbour\n"}
    told = run("list", "--report", str(make(own))).stdout.splitlines()
    assert [line.split()[0] for line in told] == ["brief", "harbour", "inquiry", "plain"]
    assert told[1].endswith("for the harbour")
    assert all(len(line.split()) > 3 for line in told)


def test_it_lists_reglet_s_own_where_there_is_no_report(tmp_path: Path) -> None:
    told = run("list", "--report", str(tmp_path)).stdout
    assert [line.split()[0] for line in told.splitlines()] == ["brief", "inquiry", "plain"]


def test_it_shows_tokens_with_whose_they_are_and_files(make: Maker) -> None:
    own: Files = {
        "templates/harbour/theme.yaml": 'extends: plain\naccent: "#005f73"\n',
        "templates/harbour/parts/cover.html": "",
    }
    told = run("show", "harbour", "--report", str(make(own))).stdout
    assert told.startswith("harbour\nextends plain, inquiry\n")
    rows = {line.split()[0]: line.split()[1:] for line in told.splitlines() if line[:2] == "  "}
    assert rows["accent"] == ["#005f73", "harbour"]
    assert rows["line-height"] == ["20pt", "plain"]
    assert rows["sans"] == ["Source", "Sans", "3", "inquiry"]
    assert "  parts/cover.html\n" in told


@pytest.mark.parametrize("name", ["inquiry", "plain", "brief"])
def test_a_copy_is_a_theme_without_mistakes(name: str, make: Maker) -> None:
    folder = make({"report.yaml": "title: Test\neditions: [{name: screen, theme: harbour}]\n"})
    assert [item.code for item in check(folder).diagnostics] == ["unknown-theme"]
    done = run("copy", name, "--as", "harbour", "--report", str(folder))
    assert done.exit_code == 0, done.output
    copied = folder / "templates" / "harbour"
    assert (copied / "theme.yaml").read_text().startswith(f"extends: {name}\n")
    paths = [path for path in (house_templates() / name).rglob("*") if path.is_file()]
    for path in paths:
        copy = copied / path.relative_to(house_templates() / name)
        assert copy.name == "theme.yaml" or copy.read_bytes() == path.read_bytes()
    assert f"Wrote {len(paths)} files" in done.stdout
    assert "theme: harbour" in done.stdout
    assert check(folder).diagnostics == ()


def test_a_copy_overwrites_nothing(make: Maker) -> None:
    folder = make({"templates/my-brief/theme.yaml": "extends: brief\n"})
    done = run("copy", "brief", "--report", str(folder))
    assert done.exit_code == 2
    assert "there is a theme 'my-brief' already" in done.output
    assert [path.name for path in (folder / "templates").rglob("*.*")] == ["theme.yaml"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "breif"), "did you mean `brief`?"),
        (("copy", "breif"), "did you mean `brief`?"),
        (("copy", "brief", "--as", "../brief"), "no name for a theme"),
        (("copy", "brief", "--as", "labels"), "no name for a theme"),
    ],
)
def test_wrong_names_are_wrong_usage(arguments: tuple[str, ...], told: str, make: Maker) -> None:
    folder = make({})
    done = run(*arguments, "--report", str(folder))
    assert done.exit_code == 2
    assert told in done.output
    assert not (folder / "templates").exists()

"""The doctor: what it looks at, what it prescribes, and what it says when an engine fails."""

import ctypes
import os
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest
from click.testing import CliRunner

from reglet import doctor
from reglet.cli import cli
from reglet.doctor import Finding, State, examine, explain_engine_failure, report


def named(folder: Path) -> dict[str, Finding]:
    return {finding.name: finding for finding in examine(folder)}


def test_on_this_machine_nothing_is_missing(tmp_path: Path) -> None:
    findings = examine(tmp_path)
    assert [finding for finding in findings if finding.fatal] == []
    result = CliRunner().invoke(cli, ["doctor"])
    assert result.exit_code == 0
    assert "Builds have what they need." in result.stdout


def test_every_dependency_is_looked_at(tmp_path: Path) -> None:
    findings = named(tmp_path)
    for requirement in metadata.requires("reglet") or []:
        if "extra" not in requirement:
            assert any(requirement.startswith(name) for name in findings)
    assert findings["weasyprint"].detail == "70.0 (tested with ==70.0)"
    assert findings["pandoc"].detail.startswith("pandoc 3")


def _refuse(_: str) -> None:
    raise OSError("no such library")


def test_missing_libraries_are_mended_by_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", _refuse)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    findings = examine(tmp_path)
    assert {f.state for f in findings if f.name == "libpango-1.0.so.0"} == {State.MISSING}
    assert {f.state for f in findings if f.name == "libharfbuzz-subset.so.0"} == {State.ABSENT}
    (line,) = [line for line in report(findings).splitlines() if "apt-get" in line]
    assert line.startswith("  sudo apt-get update && sudo apt-get install -y ")
    assert {"libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"} <= set(line.split())


def test_root_needs_no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert doctor.apt_line(["a", "b"]) == "apt-get update && apt-get install -y a b"


def test_programs_for_tests_are_not_fatal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    findings = named(tmp_path)
    assert {findings[name].state for name in doctor.PROGRAMS} == {State.ABSENT}
    shown = report(tuple(findings.values()))
    assert "default-jre-headless chromium poppler-utils qpdf" in shown
    assert "Builds have what they need." in shown


def test_a_program_that_does_not_run_counts_as_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("java", 20)

    monkeypatch.setattr(subprocess, "run", hang)
    findings = named(tmp_path)
    assert findings["java"].state is State.ABSENT
    assert findings["pandoc"].state is State.MISSING


def test_a_package_of_another_version_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = metadata.version
    monkeypatch.setattr(
        metadata, "version", lambda name: "69.0" if name == "weasyprint" else real(name)
    )
    finding = named(tmp_path)["weasyprint"]
    assert finding.state is State.WRONG
    assert finding.mend.endswith("-m pip install 'weasyprint==70.0'")
    assert "\nwrong" in report([Finding("a", State.OK), finding])


def test_packages_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", lambda _: ["babel<3,>=2.17"])
    for function in ("version", "distribution", "files"):
        monkeypatch.setattr(metadata, function, absent)
    findings = named(tmp_path)
    assert {findings[name].state for name in ("babel", "pandoc", "fonts")} == {State.MISSING}
    monkeypatch.setattr(metadata, "requires", absent)
    assert named(tmp_path)["reglet"].state is State.MISSING


@pytest.mark.parametrize(
    ("version", "wanted", "within"),
    [
        ("2.18.0", "<3,>=2.17", True),
        ("3.0", "<3,>=2.17", False),
        ("2.16.9", "<3,>=2.17", False),
        ("4.4", "==4.004", True),
        ("70", "==70.0", True),
        ("70.1", "==70.0", False),
        ("6.0.12.20261113", "<7,>=6.0.12", True),
        ("1.4.5", "~=1.4.2", True),
        ("1.5.0", "~=1.4.2", False),
        ("1.0", "!=1.0", False),
        ("1.0", "", True),
        ("1.0", "?", False),
    ],
)
def test_versions_compare_as_numbers(version: str, wanted: str, within: bool) -> None:
    assert doctor._within(version, wanted) is within


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    findings = examine(tmp_path)
    assert findings[-1].fatal
    assert f"chmod u+wx '{tmp_path}'" in report(findings)


def test_the_table_is_coloured_where_asked() -> None:
    findings = [Finding("a", State.OK, "1"), Finding("bcd", State.MISSING, "2", "do this")]
    assert report(findings) == (
        "ok       a    1\nmissing  bcd  2\n\nFor what is not there:\n  do this\n"
    )  # fmt: skip
    assert "\x1b[1;31mmissing\x1b[0m  bcd" in report(findings, colour=True)


def test_pango_that_is_missing_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", _refuse)
    text = explain_engine_failure(OSError("cannot load library 'libpango-1.0-0': error 0x2"))
    assert "libpango-1.0.so.0" in text
    assert "apt-get install -y libglib2.0-0 libpango-1.0-0" in text
    assert "reglet doctor" in text


def test_a_package_that_is_missing_is_explained() -> None:
    text = explain_engine_failure(ModuleNotFoundError("no module", name="weasyprint.text"))
    assert "`weasyprint`" in text
    assert "-m pip install" in text


@pytest.mark.parametrize(
    "error",
    [
        OSError("disk on fire"),
        ValueError("cannot load library"),
        ImportError("cannot import name"),
        ModuleNotFoundError("bug", name="reglet.nowhere"),
    ],
)
def test_bugs_are_not_explained_away(error: Exception) -> None:
    assert explain_engine_failure(error) == ""

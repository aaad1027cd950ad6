"""A build of what has been built already: it does nothing, and only where nothing is to be done."""

from pathlib import Path

import pytest

from reglet import pipeline
from reglet.model.diagnostic import Diagnostic
from reglet.model.result import BuildResult
from reglet.progress import NoProgress

REPORT = """\
title: Harbour
editions: [ebook]
sections: [sections/01.md]
rules: {unused-note: warning}
"""
TEXT = "# Boats\n\nThe first boat was grey.^[As all were.]\n"
NEVER_CALLED = "\n[^lost]: No one calls it.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    report = tmp_path / "report"
    (report / "sections").mkdir(parents=True)
    (report / "report.yaml").write_text(REPORT)
    (report / "sections" / "01.md").write_text(TEXT)
    return report


def build(folder: Path, **options: bool) -> tuple[BuildResult, tuple[Diagnostic, ...]]:
    outcome = pipeline.build(folder, **options, progress=NoProgress())  # type: ignore[arg-type]
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value, outcome.diagnostics


def shown(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "output").iterdir()}


def test_what_stands_is_not_built_again_and_is_told_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sections" / "01.md").write_text(TEXT + NEVER_CALLED)
    first, told = build(folder)
    files = shown(folder)
    assert told
    assert not first.unchanged

    def set_editions(*_: object) -> None:
        raise AssertionError("an edition is set")

    monkeypatch.setattr(pipeline, "set_editions", set_editions)
    again, told_again = build(folder)
    assert again.unchanged
    assert told_again == told
    assert (again.files, again.proofs, again.notes) == (first.files, first.proofs, first.notes)
    assert shown(folder) == files


def test_it_is_built_where_a_file_is_changed_or_gone_or_a_build_was_cut_short(folder: Path) -> None:
    build(folder)
    files = shown(folder)
    book = folder / "output" / "harbour.epub"
    book.write_bytes(b"no book")
    assert not build(folder)[0].unchanged
    book.unlink()
    assert not build(folder)[0].unchanged
    (folder / "output" / ".reglet-left").mkdir()
    assert not build(folder)[0].unchanged
    assert shown(folder) == files
    assert build(folder)[0].unchanged


def test_it_is_built_where_what_it_is_made_of_is_other(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(folder)
    section = folder / "sections" / "01.md"
    section.write_text(TEXT.replace("grey", "green"))
    assert not build(folder)[0].unchanged
    assert b"green" not in shown(folder)["manifest.json"]
    section.write_text(TEXT)
    assert not build(folder)[0].unchanged  # the files that stand are of the other text
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert not build(folder)[0].unchanged
    assert build(folder)[0].unchanged
    assert not build(folder, keeps=False)[0].unchanged


def test_strict_builds_judge_anew(folder: Path) -> None:
    (folder / "sections" / "01.md").write_text(TEXT + NEVER_CALLED)
    build(folder)
    outcome = pipeline.build(folder, strict=True, progress=NoProgress())
    assert outcome.value is None
    assert outcome.failed

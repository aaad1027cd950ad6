"""Pandoc as citation processor: how often it runs, and what it makes of what is not meant."""

import pytest
from reports import WORKS, project, resolved, written

from reglet.model.report import READY_MADE
from reglet.resolve.settle import settle


def test_nothing_cited_starts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise AssertionError("a program was started")

    monkeypatch.setattr("subprocess.Popen", fail)
    assert resolved("A^[note].", on=project()).value.sources == ()


def test_one_program_for_many_citations(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    started = []
    run = subprocess.Popen

    def counted(*arguments: object, **named: object) -> object:
        started.extend([arguments] * ("--sandbox" in str(arguments)))  # and not --version
        return run(*arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("subprocess.Popen", counted)
    text = "\n\n".join(f"A [@boumedra, {n}; @quit]. B [@unami, {n}]." for n in range(50))
    assert len(resolved(text, on=project(works=WORKS)).value.notes) == 100
    assert len(started) == 1


def test_what_pandoc_makes_of_hostile_fields() -> None:
    works = {
        "x": {
            "type": "book",
            "title": '<script>alert(1)</script> & "q" {p. 3} <i>x</i>',
            "author": [{"literal": "@boumedra; [^1]"}],
        }
    }
    outcome = resolved("A [@x, p. 3}{4].", on=project(works=works))
    document = settle(outcome.value, READY_MADE["screen"])
    text = written(document.notes["note-1"].blocks)
    assert "<script>" in text or "script" not in text
    assert "@boumedra; [^1]" in text

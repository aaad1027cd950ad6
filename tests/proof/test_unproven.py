"""What fails its proof is not published, unless it is asked for: then its name says so."""

import json
from pathlib import Path

from click.testing import CliRunner
from conftest import Maker

from reglet.cli import cli
from reglet.model.diagnostic import Severity
from reglet.pipeline import build
from reglet.progress import NoProgress

HEADLESS = """\
# One

<table><tbody><tr><td>2011</td><td>36</td></tr></tbody></table>
"""
FILES: dict[str, str | bytes] = {
    "report.yaml": "title: Test\neditions: [screen, ebook, web]\n",
    "sections/01.md": HEADLESS,
}


def test_a_table_without_heads_keeps_a_report_from_being_published(
    make: Maker, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    outcome = build(make(FILES), output=output, progress=NoProgress())
    assert outcome.value is None
    assert not output.exists()
    assert {item.code for item in outcome.diagnostics} == {"unproven"}
    told = [item.message for item in outcome.diagnostics]
    assert [message.partition("`")[2].partition("`")[0] for message in told] == [
        "test.epub", "test.pdf",
    ]  # fmt: skip
    assert all(
        "structure" in message and "the table `2011 36` has no header cell" in message
        for message in told
    )


def test_what_is_published_unproven_says_so_in_its_name(make: Maker, tmp_path: Path) -> None:
    output, report = tmp_path / "out", make(FILES)
    outcome = build(report, output=output, unproven=True, progress=NoProgress())
    assert not outcome.failed
    assert {(d.code, d.severity) for d in outcome.diagnostics} == {("unproven", Severity.WARNING)}
    names = {"test-unproven.pdf", "test-unproven.epub"}
    others = {"index.html", "manifest.json", "proof.html", "proof.json"}
    written = {path.name: path.read_bytes() for path in output.iterdir()}
    assert written.keys() == names | others
    listed = {row["name"] for row in json.loads(written["manifest.json"])["files"]}
    assert listed == names | others - {"manifest.json"}
    assert all(f'href="{name}"'.encode() in written["index.html"] for name in names)
    record = {row["name"]: row["proofs"] for row in json.loads(written["proof.json"])["files"]}
    for name in names:
        (failed,) = (proof for proof in record[name] if proof["verdict"] == "failed")
        assert "no header cell" in failed["detail"][0]
    assert written["proof.html"].count(b"has no header cell") == 2
    build(report, output=output, unproven=True, progress=NoProgress())
    assert {path.name: path.read_bytes() for path in output.iterdir()} == written


def test_what_passes_keeps_its_name(make: Maker, tmp_path: Path) -> None:
    report = make({"report.yaml": "title: Test\neditions: [ebook]\n"})
    result = CliRunner().invoke(
        cli, ["build", str(report), "--unproven", "-o", str(tmp_path / "o")]
    )
    assert result.exit_code == 0
    assert (tmp_path / "o" / "test.epub").exists()
    assert "passes structure" in result.stdout

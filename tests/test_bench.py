"""The benchmark measures both engines on the same pages; what it measures is not asked here."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT


@pytest.mark.full
def test_the_benchmark_tells_ratios_and_all_notes_right() -> None:
    command = [sys.executable, "-m", "bench", "layout", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert rows["reglet"][-1] == "100.0%"
    assert re.search(r"^ours to bare +\d+\.\d\d +\d+\.\d\d$", done.stdout, re.MULTILINE)


@pytest.mark.full
def test_whole_builds_are_measured_and_told(tmp_path: Path) -> None:
    chosen = ("--only", "EPUB, cold", "pdf/ua-1", "pandoc’s")
    command = [sys.executable, "-m", "bench", "--sizes", "S", "--runs", "1", *chosen]
    command += ["--output", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "results.md").read_text()
    for tool in ("reglet, EPUB, cold", "bare WeasyPrint, pdf/ua-1", "pandoc’s EPUB"):
        assert re.search(rf"^\| {tool} \| \d+\.\d \| \d+\.\d \| \d+ \|", page, re.MULTILINE), tool
    assert "not measured" in done.stdout


@pytest.mark.full
def test_killed_builds_full_disks_and_many_at_once_leave_whole_sets() -> None:
    some = ["--kills", "6", "--full", "3", "--at-once", "4"]
    command = [sys.executable, "-m", "bench.faults", *some]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(" 0  faults\n")
    assert re.search(r"^ +\d+  killed (?:while|after) writing", done.stdout, re.MULTILINE)
    assert re.search(r"^ +\d+  the disk was full", done.stdout, re.MULTILINE)
    assert re.search(r"^ +4  ended well at once$", done.stdout, re.MULTILINE)

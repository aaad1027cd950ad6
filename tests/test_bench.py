"""The benchmark measures both engines on the same pages; what it measures is not asked here."""

import re
import subprocess
import sys

import pytest
from conftest import ROOT


@pytest.mark.full
def test_the_benchmark_tells_ratios_and_all_notes_right() -> None:
    command = [sys.executable, "-m", "bench", "layout", "40"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert rows["reglet"][-1] == "100.0%"
    assert re.search(r"^ours to bare +\d+\.\d\d +\d+\.\d\d$", done.stdout, re.MULTILINE)

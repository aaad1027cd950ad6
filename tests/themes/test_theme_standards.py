"""Themes beside the house theme's own edition: for the press, as PDF 2.0, on an e-reader."""

import json
import shutil
from pathlib import Path

import pytest
from theme_reports import REPORT

from reglet.pipeline import build
from reglet.progress import NoProgress

pytestmark = pytest.mark.full

EDITIONS = """
editions:
  - {name: press, theme: THEME, standard: x-4, page: A5}
  - {name: second, format: pdf, theme: THEME, standard: ua-2}
  - {name: ebook, theme: THEME}
"""
STANDARDS = {"PDF/X-4", "PDF/UA-2", "PDF/A-4f", "EPUB 3.3", "EPUB Accessibility 1.1"}


@pytest.mark.parametrize("theme", ["plain", "brief"])
def test_a_theme_holds_every_standard(theme: str, tmp_path: Path) -> None:
    report = tmp_path / "report"
    shutil.copytree(REPORT, report)
    head = (report / "report.yaml").read_text().partition("editions:")[0]
    (report / "report.yaml").write_text(head + EDITIONS.lstrip().replace("THEME", theme))
    outcome = build(report, output=tmp_path, depth="full", progress=NoProgress())
    assert [item.message for item in outcome.diagnostics] == []
    rows = json.loads((tmp_path / "proof.json").read_bytes())["files"]
    passed = {p["standard"] for row in rows for p in row["proofs"] if p["verdict"] == "passed"}
    assert passed >= STANDARDS

"""Markdown documents beside the trees they become; `--accept` writes the trees anew."""

from pathlib import Path

import pytest
from section_tree import dump

from reglet.model.project import SourceFile
from reglet.text.section import parse

CASES = Path(__file__).parent.parent / "cases" / "text"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")
    found = dump(parse(SourceFile(path.name, text), "en"))
    golden = path.with_suffix(".tree")
    if request.config.getoption("accept", False):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")

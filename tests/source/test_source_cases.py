"""Folders with mistakes, as documents: what `load` says of each stands beside it, to the column.

`pytest --accept` writes the expectations anew; read them before they are committed.
"""

from pathlib import Path

import pytest

from reglet.model.diagnostic import Diagnostic
from reglet.source.project import load

CASES = Path(__file__).parent.parent / "cases" / "source"


def line_of(item: Diagnostic, folder: Path) -> str:
    words = f"{item.span} +{item.span.length} {item.code}: {item.message}"
    shown = f"{words}\n    {item.hint}\n" if item.hint else f"{words}\n"
    return shown.replace(str(folder), "FOLDER")


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_case(folder: Path, request: pytest.FixtureRequest) -> None:
    found = "".join(line_of(item, folder) for item in load(folder).diagnostics)
    expected = folder / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")

"""A report's folder made from a mapping of paths to texts."""

from collections.abc import Callable
from pathlib import Path

import pytest

Maker = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    """Return a function that writes files below a new folder, with a report.yaml and a section."""

    def write(files: dict[str, str | bytes]) -> Path:
        folder = tmp_path / "report"
        whole = {"report.yaml": "title: Test\n", "sections/01.md": "# One\n"} | files
        for path, text in whole.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return write

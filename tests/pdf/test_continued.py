"""Tables that go on overleaf: the head stands there again, and says so; it is read aloud once."""

import subprocess
from pathlib import Path

import pytest
from conftest import Maker

from reglet.model.report import Edition
from reglet.pipeline import preview
from reglet.speak.outline import spoken
from reglet.speak.tree import read_tree

ROWS = "".join(
    f"| Well {n} | {n * 3} | What was said of it in the parish room |\n" for n in range(40)
)
TABLE = f"""# One

Before.

| Well | Depth | Note |
|:-----|------:|:-----|
{ROWS}
: Wells by hand {{#tbl-hand}}

| Short | Table |
|:------|------:|
| with  | 1     |

After.
"""
SMALL = Edition("screen", "pdf", settings={"page": "A5"})
MARK = "Table 1, continued"


@pytest.mark.full
def test_a_table_says_that_it_goes_on(make: Maker, tmp_path: Path) -> None:
    outcome = preview(make({"sections/01.md": TABLE}), [SMALL])
    assert outcome.diagnostics == ()
    file = tmp_path / "file.pdf"
    file.write_bytes(outcome.value[0].data)
    command = ["pdftotext", "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    pages = [page for page in text.split("\f") if "Well 1" in page or "Well 39" in page]
    assert [page.count("Depth") for page in pages] == [1, 1]
    assert [" ".join(page.split()).count(MARK) for page in pages] == [0, 1]
    assert pages[1].index("continued") < pages[1].index("Depth")
    heard = " ".join(" ".join(spoken(read_tree(file))).split())
    assert "continued" not in heard
    assert heard.count("Depth") == 1

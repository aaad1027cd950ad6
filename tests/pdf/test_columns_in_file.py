"""Text in columns, through every stage: where the finished file has its words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import built
from words_in_file import read_pages

Maker = Callable[[dict[str, str | bytes]], Path]

PARAGRAPH = "The wells lie at the foot of the slope, where the limestone ends and clay begins. " * 5
SECTION = f"""# One

{PARAGRAPH}

::: columns
## Over both of the columns

first {PARAGRAPH}

middle {PARAGRAPH}

{PARAGRAPH} lastcalled^[Belowcolumns.]
:::

after {PARAGRAPH}
"""


def _bare(word: str) -> str:
    """Return a word without the number of the note that is called behind it."""
    return word.rstrip("0123456789")


@pytest.mark.full
def test_columns_stand_side_by_side_with_their_notes_below(make: Maker, tmp_path: Path) -> None:
    folder = make(
        {
            "report.yaml": "title: Test\nsections: [sections/01.md]\neditions: [screen]\n",
            "sections/01.md": SECTION,
        }
    )
    (file,) = built(folder, tmp_path / "out").glob("*.pdf")
    pages = read_pages(file.read_bytes())
    (words,) = (
        page.words for page in pages if any(_bare(w.text) == "lastcalled" for w in page.words)
    )
    at = {_bare(word.text): word for word in words}
    left, right = at["first"], at["lastcalled"]
    middle = (left.left + max(word.right for word in words)) / 2
    beside = [word for word in words if left.top - 1 < word.top < right.bottom]
    lines = [
        {round(word.top) for word in beside if (word.left > middle) == second}
        for second in (False, True)
    ]
    assert abs(len(lines[0]) - len(lines[1])) <= 1
    assert not [word for word in beside if word.left < middle < word.right]
    assert right.left > middle > left.right
    assert at["both"].bottom < left.top
    assert at["after"].top > right.bottom
    assert at["after"].left == pytest.approx(left.left, abs=20)
    assert at["Belowcolumns."].top > at["after"].bottom

"""A PDF of a report of `bench.corpus` in, what became of its notes out: only the file is asked."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "pdf"))

from words_in_file import read_pages

WORD = re.compile(r"([cne])(\d+)q")


@dataclass(frozen=True, slots=True)
class Read:
    """A file's pages; notes that are right, that begin elsewhere than on their call's page, lost.

    Right is a note that begins on the page of its call, and whose last word is printed: there or
    on a later page. What lies beyond the edge of a page is not printed.
    """

    pages: int
    right: int
    astray: int
    lost: int


def read(pdf: Path, notes: int) -> Read:
    """Read a file that should have `notes` notes."""
    first: dict[tuple[str, int], int] = {}
    pages = read_pages(pdf.read_bytes())
    for number, page in enumerate(pages, start=1):
        for word in page.words:
            if page.is_left_by(word):
                continue
            for kind, note in WORD.findall(word.text):
                first.setdefault((kind, int(note)), number)
    right = astray = 0
    for note in range(1, notes + 1):
        call, begin, end = (first.get((kind, note)) for kind in "cne")
        if call is None or begin is None or end is None:
            continue
        sound = call == begin <= end
        right, astray = right + sound, astray + (not sound)
    return Read(len(pages), right, astray, notes - right - astray)

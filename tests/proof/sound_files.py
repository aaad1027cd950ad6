"""A small report with everything in it that the checks of structure look at, built."""

from pathlib import Path

from conftest import built
from PIL import Image

REPORT = """\
title: A small report
lang: en
editions: [screen, ebook]
"""
SECTION = """\
# One

A first paragraph, long enough to fill more than one line of the page on which it stands, with a
note behind it.[^a] It has [a link](https://example.org/far) to elsewhere.

## Two

This paragraph has no notes at all, but it has more words than any running head would have, so that
nobody who finds it missing can take it for the title of anything.

![The gate from the road](figures/gate.png)

| Year | Count |
| ---- | ----: |
| 2011 | 36    |
| 2013 | 52    |

: Counts {#tbl-counts}

A second paragraph.[^b] It has *emphasis* and [drei Worte Deutsch]{lang=de} in it.

- one
- two

[^a]: A note.
[^b]: Another note, with <https://example.org>.
"""


def sound_files(folder: Path) -> dict[str, bytes]:
    """Build the report in a folder; return the bytes of its PDF and EPUB, by their suffixes."""
    picture = folder / "figures" / "gate.png"
    (folder / "sections").mkdir(parents=True)
    picture.parent.mkdir()
    Image.new("RGB", (40, 30), (200, 100, 50)).save(picture)
    (folder / "report.yaml").write_text(REPORT)
    (folder / "sections" / "01.md").write_text(SECTION)
    output = built(folder, folder / "out")
    return {suffix: next(output.glob(f"*.{suffix}")).read_bytes() for suffix in ("pdf", "epub")}

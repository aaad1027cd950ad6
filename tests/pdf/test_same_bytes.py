"""Every edition built from two copies, as on two machines: the same bytes, of manifests, too."""

from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from conftest import built, run_later
from test_press import REPORT, write_report

from reglet.cli import cli

NOTES = Path(__file__).parents[1] / "cases" / "notes"
EDITIONS = """\
title: Wells & Rope
authors: [Ada Bauer]
date: 2026-11-24
lang: en-GB
identifier: urn:isbn:978-3-16-148410-0
url: https://example.org/wells
editions:
  - screen
  - {name: second, format: pdf, standard: ua-2, descriptions: true}
  - {name: ends, format: pdf, notes: report-end}
  - {name: press, page: A5, margin-inside: 20mm, margin-outside: 15mm}
  - {name: grey, format: pdf, standard: x-4, page: A5, colours: grey, openers: next}
  - {name: wrap, paper-weight: 150}
  - ebook
  - web
"""
MORE = """\
# Depths

![Colours](figures/colours.png)

::: description
From black to red.
:::

```chart
data: wells
label: place
value: depth
caption: Metres below the rim
```

```chart
type: stacked
data: wells
label: place
values: [depth, rise]
```

```chart
type: line
data: wells
label: date
value: depth
panels: place
```

```chart
type: timeline
data: wells
date: date
label: place
```

```map
data: wells
```

The word [چاه]{lang=fa} is a well.[^*]

[^*]: In Persian.
"""
DATA = """\
- {place: North, depth: 12, rise: 1, date: 2013-02, lat: 47.6, lon: 9.6}
- {place: South, depth: 15, rise: 0.3, date: 2013-09, lat: 47.5, lon: 9.7}
"""


@pytest.mark.full
def test_editions_and_sheets_of_two_machines_have_the_same_bytes(tmp_path: Path) -> None:
    folder = copytree(NOTES, tmp_path / "report")
    colours = REPORT["figures/colours.png"]
    files = {"report.yaml": EDITIONS, "sections/03.md": MORE, "data/wells.yaml": DATA}
    write_report(folder, {**files, "figures/colours.png": colours})
    first, later = built(folder, tmp_path / "first"), tmp_path / "later"
    other = copytree(folder, tmp_path / "on another disk" / "Relatório")
    run_later("build", "-q", "-o", later, other)
    for pattern in ("booklet", "2x2"):
        (press,) = first.glob("*-press.pdf")
        options = [] if pattern == "booklet" else ["--n-up", pattern]
        assert not CliRunner().invoke(cli, ["impose", *options, str(press)]).exit_code
        run_later("impose", *options, later / press.name)
    names = {file.name for file in first.iterdir()}
    assert len(names) == 8 + 2 + 3  # editions, sheets, and what tells of them
    assert names == {file.name for file in later.iterdir()}
    for name in names:
        assert (first / name).read_bytes() == (later / name).read_bytes(), name

"""Every edition built by two machines: the same bytes of all files, of manifests, too.

They have in common the kernel, the libraries and Python. Other are the folders of reglet and of the
report, caches, homes, time zones, dates, umasks, locales (the encoding of names and the decimal
comma), seeds of hashes, and the numbers of processes. The date is other for Python alone.
"""

from pathlib import Path
from shutil import copytree

import pytest
from machines import machine
from test_press import REPORT, write_report

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
    near = machine(tmp_path, "near", seed=1, zone="America/St_Johns", umask=0o022, far=False)
    far = machine(
        tmp_path / "on another disk", "ü", seed=7, zone="Asia/Tokyo", umask=0o077, far=True
    )
    here, there = near.itself(), far.itself()
    assert all(one != other for one, other in zip(here, there, strict=True)), here
    assert (Path(here[0]).parent, here[1]) == (near.home / "reglet", ".")
    assert (Path(there[0]).parent, there[1]) == (far.home / "reglet", ",")

    report = copytree(NOTES, near.home / "report")
    colours = REPORT["figures/colours.png"]
    files = {"report.yaml": EDITIONS, "sections/03.md": MORE, "data/wells.yaml": DATA}
    write_report(report, {**files, "figures/colours.png": colours})
    copy = copytree(report, far.home / "Relatório")
    for built_by, folder, jobs in ((near, report, "1"), (far, copy, "2")):
        said = built_by.run("build", folder, "--jobs", jobs)
        assert "all on the page of their call" in said
        (press,) = (folder / "output").glob("*-press.pdf")
        built_by.run("impose", press)
        built_by.run("impose", "--n-up", "2x2", press)
    first, later = report / "output", copy / "output"
    names = {file.name for file in first.iterdir()}
    assert len(names) == 8 + 2 + 3  # editions, sheets, and what tells of them
    assert names == {file.name for file in later.iterdir()}
    for name in names:
        assert (first / name).read_bytes() == (later / name).read_bytes(), name
    assert list((near.home / "cache").rglob("*")) != []
    assert list((far.home / "cache").rglob("*")) != []

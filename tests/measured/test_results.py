"""Bounds are told to hold or not by rows of one run, and all of it is written down."""

import json
from pathlib import Path

import pytest

from bench.bounds import Bound, bounds, bounds_of_imports
from bench.others import BARE_NAME, OTHERS, TYPST_NAME
from bench.reading import Read
from bench.results import write
from bench.rows import Row
from bench.tree import Usage


def row(
    tool: str, work: str, *runs: tuple[float, float, float], size: str = "L", pages: int = 500
) -> Row:
    usages = [Usage(*run) for run in runs]
    return Row(size, tool, work, 100, usages, Read(pages, 99, 1, 0))


def found(rows: list[Row], what: str) -> Bound:
    return next(bound for bound in bounds(rows) if bound.what.startswith(what))


TYPST = row(TYPST_NAME, "", (10, 11, 1000), (9, 9, 900), (14, 15, 1100))


def test_medians_are_held_against_those_of_the_same_size() -> None:
    ours = row("reglet", "PDF, cold", (30, 16, 500), (20, 12, 400), (25, 15, 900))
    rows = [ours, TYPST, row(TYPST_NAME, "", (1, 1, 1), size="S")]
    cpu = found(rows, "L, PDF, cold: CPU to Typst")
    assert (cpu.found, cpu.verdict) == (2.5, "met")
    assert found(rows, "L, PDF, cold: memory to Typst").found == 0.5
    assert found(rows, "L, PDF, cold: CPU to bare WeasyPrint").verdict == "not measured"


def test_of_cpu_and_clock_the_worse_counts() -> None:
    rows = [row("reglet", "PDF, one paragraph changed", (1, 3.3, 300)), TYPST]
    bound = found(rows, "L, PDF, one paragraph changed")
    assert bound.found == 3.3 / 11
    assert bound.verdict == "NOT MET"


def test_growth_is_the_power_of_pages() -> None:
    rows = [
        row("reglet", "PDF, cold", (10, 1, 100)),
        row("reglet", "PDF, cold", (90, 1, 300), size="XL", pages=1500),
    ]
    assert found(rows, "L to XL, PDF, cold: exponent of CPU").found == 2
    assert found(rows, "L to XL, PDF, cold: exponent of memory").verdict == "met"


def test_a_row_with_a_fault_holds_nothing() -> None:
    ours = row("reglet", "PDF, cold", (1, 1, 1))
    ours.fault = "reglet: no space"
    assert found([ours, TYPST], "L, PDF, cold: CPU to Typst").verdict == "not measured"


@pytest.mark.full
def test_commands_that_set_nothing_import_no_engine() -> None:
    assert {bound.verdict for bound in bounds_of_imports()} == {"met"}


def test_table_charts_and_json_name_everything(tmp_path: Path) -> None:
    broken = Row("L", BARE_NAME, "", 100, fault="weasyprint: no space")
    ours = row("reglet", "PDF, cold", (30.04, 16, 500))
    rows = [ours, TYPST, broken]
    about = {
        "asked": {"runs": "3", "seed": "1"},
        "machine": {"processor": "a fast one"},
        "versions": {"typst": "0.0"},
    }
    write(tmp_path, rows, bounds(rows), about)
    page = (tmp_path / "results.md").read_text()
    assert "| reglet, PDF, cold | 30.0 | 16.0 | 500 | 500 | 99.0% | 0 | 3.00 |" in page
    assert "| bare WeasyPrint | weasyprint: no space |" in page
    for word in ("a fast one", "typst | 0.0", *(other.name for other in OTHERS)):
        assert word in page
    assert json.loads((tmp_path / "results.json").read_text())["rows"][0]["runs"][0]["cpu"] == 30.04
    for drawing in ("seconds-L.svg", "memory-L.svg"):
        assert "reglet, PDF, cold" in (tmp_path / drawing).read_text()
        assert f"]({drawing})" in page

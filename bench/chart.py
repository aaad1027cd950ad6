"""Rows of one size in, a drawing of bars out, as reglet draws them in a report (SVG)."""

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader

from bench.place import ROOT
from bench.rows import Row
from reglet.figures.chart import Series, bar_geometry

TEMPLATES = ROOT / "templates" / "inquiry" / "figures"


def seconds(rows: Sequence[Row], size: str) -> str:
    """Draw CPU time beside time on the clock."""
    kept = [row for row in rows if not row.fault]
    series = [
        Series("CPU seconds", [round(row.cpu, 1) for row in kept]),
        Series("seconds on the clock", [round(row.wall, 1) for row in kept]),
    ]
    return _drawn(kept, series, f"{size}: seconds")


def memory(rows: Sequence[Row], size: str) -> str:
    """Draw the most memory."""
    kept = [row for row in rows if not row.fault]
    return _drawn(kept, [Series("MB", [round(row.memory) for row in kept])], f"{size}: MB")


def _drawn(rows: Sequence[Row], series: Sequence[Series], alt: str) -> str:
    geometry = bar_geometry([row.name for row in rows], series, "{:,.10g}".format)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    svg = environment.get_template("bar.svg").render(
        drawing=geometry,
        edition={"format": "pdf"},
        node={"attrs": {"alt": alt}},
        tokens={"sans": "Source Sans 3"},
    )
    return svg.replace("<svg ", '<svg style="background: white" ', 1)  # on a dark page, too

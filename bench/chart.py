"""Rows of one size in, a drawing of bars out, as reglet draws them in a report (SVG)."""

from collections.abc import Sequence

from bench.rows import Row
from reglet.figures.canvas import Series
from reglet.figures.chart import bar_geometry
from reglet.model.limits import USUAL
from reglet.model.report import Edition
from reglet.source.templates import house_templates, read_templates
from reglet.theme import load_theme

PAPER = Edition("bench", "pdf")


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
    theme = load_theme(PAPER, read_templates(house_templates()).value, "en", USUAL).value
    if theme is None:
        raise SystemExit("reglet's own theme cannot be read")
    scope = {
        "drawing": bar_geometry([row.name for row in rows], series, "{:,.10g}".format),
        "edition": PAPER,
        "node": {"attrs": {"alt": alt}},
        "tokens": theme.tokens,
    }
    svg = theme.page("figures/bar.svg", scope).strip()
    return svg.replace("<svg ", '<svg style="background: white" ', 1)  # on a dark page, too

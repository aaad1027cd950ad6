"""Numbers in, the geometry of a bar chart out, in CSS px; a theme's template draws the lines."""

from collections.abc import Sequence

WIDTH, LABEL, ROOM = 480, 150, 40  # of the drawing, of the names, for the numbers behind the bars
STEP, THICK = 26, 15


def bars(rows: Sequence[tuple[str, float]]) -> dict[str, object]:
    """Place a horizontal bar for each (name, value); the longest fills the width."""
    most = max((value for _, value in rows), default=0) or 1
    scale = (WIDTH - LABEL - ROOM) / most
    return {
        "width": WIDTH,
        "height": STEP * len(rows) + 4,
        "left": LABEL,
        "bars": [
            {
                "name": name,
                "value": f"{value:g}",
                "y": STEP * number + 6,
                "middle": STEP * number + 6 + THICK / 2 + 4,
                "length": round(max(value * scale, 0), 1),
                "thick": THICK,
            }
            for number, (name, value) in enumerate(rows)
        ],
    }

"""Dates in, places on an axis of time out: years with fractions, and the dates of few ticks."""

import calendar
from datetime import date

MONTH_STEPS = (1, 2, 3, 6)
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)

Span = tuple[float, float]


def period(iso: str) -> Span:
    """Return when a day, a month or a year begins and ends, as years with fractions.

    A day is a point: it begins and ends at its noon.
    """
    parts = [int(piece) for piece in iso.split("-")]
    year, month, day = [*parts, 1, 1][:3]
    if len(parts) == 1:
        return float(year), float(year + 1)
    if len(parts) == 2:
        last = calendar.monthrange(year, month)[1]
        return _begin(date(year, month, 1)), _begin(date(year, month, last)) + 1 / _days(year)
    noon = _begin(date(year, month, day)) + 0.5 / _days(year)
    return noon, noon


def _days(year: int) -> int:
    return 366 if calendar.isleap(year) else 365


def _begin(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / _days(day.year)


def date_ticks(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Return at most `most` round dates between two, each with its place."""
    months = range(int(low) * 12, int(high) * 12 + 12)
    for step in MONTH_STEPS if high - low <= 2 else ():
        found = [(number / 12, number) for number in months if number % step == 0]
        chosen = [
            (period(f"{number // 12:04}-{number % 12 + 1:02}")[0], number)
            for place, number in found
            if low <= place <= high
        ]
        if len(chosen) <= most:
            return [(place, f"{n // 12:04}-{n % 12 + 1:02}") for place, n in chosen]
    first, last = int(low) + (low > int(low)), int(high)
    for step in YEAR_STEPS:
        years = [year for year in range(first, last + 1) if year % step == 0]
        if len(years) <= most:
            return [(float(year), f"{year:04}") for year in years]
    return []

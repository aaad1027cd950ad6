"""Dates as people write them: text in, a checked ISO 8601 date or CSL date out.

A date is YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601-1 §5.2.2) and stays the text that it was.
"""

import re
from datetime import date

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_NUMERIC = re.compile(r"([0-9]{1,4})[./-]([0-9]{1,2})(?:[./-]([0-9]{1,4}))?", re.ASCII)
_MONTHS = "January February March April May June July August September October November December"
_MONTH_NUMBERS = {
    name[:length].lower(): number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for length in (3, len(name))
}
_WRITTEN = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?\.? )?([A-Za-z]+)\.? ([0-9]{4})", re.ASCII)
_AMERICAN = re.compile(r"([A-Za-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?, ([0-9]{4})", re.ASCII)


def date_parts(text: str) -> list[int] | None:
    """Return year, month and day, as many as the date gives; None where `text` is no date."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    parts = [int(part) for part in match.groups() if part is not None]
    return parts if is_day(parts) else None


def is_day(parts: list[int]) -> bool:
    """Tell whether a year, a month of it, or a day of that exists in the calendar."""
    try:
        date(*[*parts, 1, 1][:3])
    except (TypeError, ValueError, OverflowError):
        return False
    return 1 <= len(parts) <= 3


def seems_date(text: str) -> bool:
    """Tell whether `text` is written in numbers as dates are, right or wrong."""
    return bool(_NUMERIC.fullmatch(text) or _ISO.fullmatch(text))


def date_hint(text: str) -> str:
    """Return "write `2026-11-24`" where the order of the numbers leaves no doubt, or nothing."""
    parts = _reorder(text.strip())
    if not parts or not is_day(parts):
        return ""
    year, *rest = parts
    return f"write `{'-'.join([f'{year:04}', *(f'{part:02}' for part in rest)])}`"


def _reorder(text: str) -> list[int]:
    """Read a date that is not written as ISO 8601 has it, as year, month, day."""
    if match := _WRITTEN.fullmatch(text):
        day, month, year = match.groups()
        return _named(year, month, day)
    if match := _AMERICAN.fullmatch(text):
        month, day, year = match.groups()
        return _named(year, month, day)
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return []
    numbers = [int(part) for part in match.groups() if part is not None]
    if len(match[1]) == 4:
        return numbers
    if len(numbers) == 2 or len(match[3]) != 4:
        return []
    first, second, year = numbers
    if "." in text or first > 12:  # the day first, as dots have it everywhere
        return [year, second, first]
    return [year, first, second] if second > 12 or first == second else []


def _named(year: str, month: str, day: str | None) -> list[int]:
    number = _MONTH_NUMBERS.get(month.lower())
    if number is None:
        return []
    return [int(year), number, int(day)] if day else [int(year), number]

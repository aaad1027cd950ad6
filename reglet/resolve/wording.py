"""Numbers, dates and labels in the report's language: plain values in, words out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from reglet.language import locale_of

DATE_LENGTHS = ("short", "medium", "long", "full")
DECIMALS = 6  # that a number prints at most, unless it is told how many
MOST_DECIMALS = 20
LARGEST = 10**21  # number that is written out, in figures
UNGROUPED = ("es", "pl", "pt-PT")  # languages that part thousands from 10,000 on
_FIGURES = {
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
    "deva": "०१२३४५६७८९",
    "beng": "০১২৩৪৫৬৭৮৯",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language writes; `labels` are the words of templates/labels/."""

    lang: str
    labels: Mapping[str, str]

    def numeral(self, number: int) -> str:
        """Write a whole number in the language's own figures, without thousands."""
        return self._decimal(number, "0")

    def number(self, value: float, digits: int | None = None) -> str:
        """Write a number with the language's thousands and decimals.

        Raises ValueError where `digits`, the number of decimals, is out of range.
        """
        if digits is not None and not 0 <= digits <= MOST_DECIMALS:
            raise ValueError(f"a number has 0 to {MOST_DECIMALS} decimals")
        if abs(value) >= LARGEST:
            return self._figures(f"{value:.6g}")
        grouped = abs(value) >= 10_000 or not self.lang.startswith(UNGROUPED)
        whole = "#,##0" if grouped else "0"
        places = "#" * DECIMALS if digits is None else "0" * digits
        return self._decimal(value, f"{whole}.{places}" if places else whole)

    def _decimal(self, value: float, pattern: str) -> str:
        locale = locale_of(self.lang)
        words = format_decimal(value, pattern, locale=locale, numbering_system="default")
        return self._figures(str(words))

    def _figures(self, words: str) -> str:
        """Put the language's own figures for 0 to 9, which Babel 2.18 leaves as they are."""
        system = locale_of(self.lang).default_numbering_system
        return words.translate(str.maketrans("0123456789", _FIGURES.get(system, "0123456789")))

    def date(self, iso: str, length: str = "medium") -> str:
        """Write an ISO 8601 date out, as exactly as it is given.

        Raises ValueError where `iso` is no date or `length` none of DATE_LENGTHS.
        """
        if length not in DATE_LENGTHS:
            raise ValueError(f"`{length}` is none of {', '.join(DATE_LENGTHS)}")
        parts = _date_parts(iso)
        day = _day(parts)
        locale = locale_of(self.lang)
        if len(parts) == 1:
            return self.numeral(day.year)
        if len(parts) == 2:
            skeleton = "yMMM" if length in ("short", "medium") else "yMMMM"
            words = str(format_skeleton(skeleton, day, locale=locale))
        else:
            words = str(format_date(day, length, locale=locale))
        return self._figures(words)

    def spell(self, value: int) -> str:
        """Write a whole number in words where the language's labels have them, else in figures."""
        words = self.labels.get("spelled", "").split()
        return words[value] if 0 <= value < len(words) else self.number(value)

    def country(self, code: str, name: str) -> str:
        """Return the language's name for a country of ISO 3166; `name` where it has none."""
        return str(locale_of(self.lang).territories.get(code, name))

    def label(self, key: str) -> str:
        """Return a word of the labels; its key where there is none."""
        return self.labels.get(key, key)

    def numbered(self, key: str, number: int) -> str:
        """Return a label with its number: "Figure 2", not to be broken at the end of a line."""
        return f"{self.label(key)}\u00a0{self.numeral(number)}"


def is_date(value: object) -> bool:
    """Tell whether a value is text that gives an ISO 8601 date."""
    if not isinstance(value, str):
        return False
    try:
        _day(_date_parts(value))
    except ValueError:
        return False
    return True


def _date_parts(iso: str) -> list[int]:
    """Split YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError where it is written otherwise."""
    pieces = iso.split("-")
    if [len(piece) for piece in pieces] != [4, 2, 2][: len(pieces)]:
        raise ValueError(f"`{iso}` is no date")
    if not all(piece.isascii() and piece.isdecimal() for piece in pieces):
        raise ValueError(f"`{iso}` is no date")
    return [int(piece) for piece in pieces]


def _day(parts: list[int]) -> date:
    """Return the first day of a year, a month or a day; raises ValueError for none."""
    year, month, day = [*parts, 1, 1][:3]
    return date(year, month, day)

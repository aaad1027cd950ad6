"""Numbers, dates and labels in the report's language: plain values in, words out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from reglet.language import locale_of
from reglet.theme import load_labels

DATE_LENGTHS = ("short", "medium", "long", "full")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language writes; `labels` are the words of templates/labels/."""

    lang: str
    labels: Mapping[str, str]

    def numeral(self, number: int) -> str:
        """Write a whole number in the language's own figures, without thousands."""
        locale = locale_of(self.lang)
        return str(format_decimal(number, "0", locale=locale, numbering_system="default"))

    def number(self, value: float, digits: int | None = None) -> str:
        """Write a number with the language's thousands and decimals, at most six of these."""
        places = "0" * digits if digits is not None else "######"
        pattern = f"#,##0.{places}" if places else "#,##0"
        locale = locale_of(self.lang)
        return str(format_decimal(value, pattern, locale=locale, numbering_system="default"))

    def date(self, iso: str, length: str = "medium") -> str:
        """Write an ISO 8601 date out, as exactly as it is given.

        Raises ValueError where `iso` is no date or `length` none of DATE_LENGTHS.
        """
        if length not in DATE_LENGTHS:
            raise ValueError(f"`{length}` is none of {', '.join(DATE_LENGTHS)}")
        parts = _date_parts(iso)
        locale = locale_of(self.lang)
        day = date(*[*parts, 1, 1][:3])
        if len(parts) == 1:
            return self.numeral(day.year)
        if len(parts) == 2:
            skeleton = "yMMM" if length in ("short", "medium") else "yMMMM"
            return str(format_skeleton(skeleton, day, locale=locale))
        return str(format_date(day, length, locale=locale))

    def spell(self, value: int) -> str:
        """Write a whole number in words where the language's labels have them, else in figures."""
        words = self.labels.get("spelled", "").split()
        return words[value] if 0 <= value < len(words) else self.number(value)

    def label(self, key: str) -> str:
        """Return a word of the labels; its key where there is none."""
        return self.labels.get(key, key)

    def numbered(self, key: str, number: int) -> str:
        """Return a label with its number: "Figure 2", not to be broken at line ends."""
        return f"{self.label(key)}\u00a0{self.numeral(number)}"

    def quoted(self, words: str) -> tuple[str, str]:
        """Return the marks around a title, as (opening, closing); none where `words` has them."""
        opening, closing = self.label("quote_open"), self.label("quote_close")
        return ("", "") if words.startswith(opening) else (opening, closing)


def wording_of(templates: Mapping[str, str], lang: str) -> Wording:
    """Load the labels of `lang`; what is wrong in them is told where they are printed."""
    return Wording(lang, load_labels(templates, lang).value)


def is_date(value: object) -> bool:
    """Tell whether a value is an ISO 8601 date of YYYY-MM-DD or YYYY-MM."""
    if not isinstance(value, str) or len(value) not in (7, 10):
        return False
    try:
        return len(_date_parts(value)) > 1
    except ValueError:
        return False


def _date_parts(iso: str) -> list[int]:
    """Split YYYY, YYYY-MM or YYYY-MM-DD; raises ValueError where it is no such day."""
    pieces = iso.split("-")
    widths = [len(piece) for piece in pieces]
    if widths != [4, 2, 2][: len(pieces)] or not all(map(str.isdecimal, pieces)):
        raise ValueError(f"`{iso}` is no date")
    parts = [int(piece) for piece in pieces]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError as fault:
        raise ValueError(f"`{iso}` is no date") from fault
    return parts

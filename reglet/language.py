"""What depends on the language of a report: the direction of its script, how dates are written."""

from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "ug", "yi", "dv", "sd"})


def direction(lang: str) -> str:
    """Return "rtl" or "ltr", the base direction of a language given as BCP 47 tag."""
    return "rtl" if lang.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT else "ltr"


@cache
def locale_of(lang: str) -> Locale:
    """Return the locale nearest to a BCP 47 tag, English where none is known."""
    for tag in (lang, lang.split("-", maxsplit=1)[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError("babel knows English")


def long_date(iso: str, lang: str) -> str:
    """Write an ISO 8601 date (YYYY, YYYY-MM or YYYY-MM-DD) out: "24 November 2026".

    Raises ValueError where `iso` is no such date.
    """
    numbers = [int(part) for part in iso.split("-")]
    locale = locale_of(lang)
    if len(numbers) == 1:
        return str(numbers[0])
    day = date(*[*numbers, 1][:3])
    if len(numbers) == 2:
        return str(format_skeleton("yMMMM", day, locale=locale))
    return str(format_date(day, "long", locale=locale))

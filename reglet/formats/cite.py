"""How to cite a report: its facts as the fields of BibTeX and RIS, escaped as each of them asks.

In comes a `Report`, out come names and values; templates set them in lines.
"""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from reglet.formats.names import file_as, identifier, slug
from reglet.model.report import Author, Report

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BIBTEX = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
_LONGEST_KEY = 24


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a list of sources: its kind, its key and its fields in order."""

    kind: str
    key: str
    fields: tuple[tuple[str, str], ...]


def bibtex(report: Report) -> Record:
    """Return the report as a BibTeX entry; each value is ready to stand behind `name = `."""
    isbn, doi = _numbers(report)
    kind = "book" if isbn else "techreport" if report.publisher else "misc"
    year, month, _ = _date(report)
    fields = {
        "author": _people(report, "aut"),
        "editor": _people(report, "edt"),
        "title": f"{{{_escape(_title(report))}}}",
        "publisher" if isbn else "institution": _escape(report.publisher),
        "address": _escape(report.place),
        "year": year,
        "series": _escape(report.series),
        "isbn": isbn,
        "doi": _address(doi),
        "url": _address(report.url),
        "note": _escape(f"Version {report.version}" if report.version else ""),
    }
    values = {name: f"{{{value}}}" for name, value in fields.items() if value.strip("{}")}
    if month:
        values["month"] = _MONTHS[month - 1]
    return Record(kind, _key(report, year), tuple(values.items()))


def ris(report: Report) -> Record:
    """Return the report as a RIS record; each value is one line of text."""
    isbn, doi = _numbers(report)
    year, month, day = _date(report)
    lines = [
        *(("AU", file_as(author.name)) for author in _in_role(report, "aut")),
        *(("ED", file_as(author.name)) for author in _in_role(report, "edt")),
        ("TI", _title(report)),
        ("T3", report.series),
        ("PB", report.publisher),
        ("CY", report.place),
        ("PY", year),
        ("DA", f"{year}/{month:02}/{day:02}" if day else f"{year}/{month:02}" if month else ""),
        ("ET", report.version),
        ("SN", isbn),
        ("DO", doi),
        ("UR", report.url),
        ("LA", report.lang),
        *(("KW", keyword) for keyword in report.keywords),
        ("AB", report.description),
    ]
    kept = tuple((tag, _line(value)) for tag, value in lines if _line(value))
    return Record("BOOK" if isbn else "RPRT", _key(report, year), kept)


def _title(report: Report) -> str:
    return f"{report.title}: {report.subtitle}" if report.subtitle else report.title


def _in_role(report: Report, role: str) -> list[Author]:
    """List those who did one thing; whoever made the report counts as its author."""
    roles = {"aut", "cre"} if role == "aut" else {role}
    return [author for author in report.authors if author.role in roles]


def _people(report: Report, role: str) -> str:
    return " and ".join(_person(author.name) for author in _in_role(report, role))


def _person(name: str) -> str:
    """Write "Family, Given" where that is known, else the name whole, in braces of its own."""
    sorted_name = _line(file_as(name))
    parts = sorted_name.split(",")
    if len(parts) == 2 and all(part.strip() for part in parts) and " and " not in sorted_name:
        return _escape(sorted_name)
    return f"{{{_escape(_line(name))}}}"


def _date(report: Report) -> tuple[str, int, int]:
    """Return year, month and day; nought for what the date does not say."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", report.date)
    if match is None:
        return "", 0, 0
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    try:
        date(int(year), month or 1, day or 1)
    except ValueError:
        return year, 0, 0
    return year, month, day


def _numbers(report: Report) -> tuple[str, str]:
    """Return the report's ISBN and DOI, each empty where it has none."""
    value = identifier(report).value
    isbn = value.removeprefix("urn:isbn:") if value.startswith("urn:isbn:") else ""
    doi = value.removeprefix("https://doi.org/") if value.startswith("https://doi.org/") else ""
    return isbn, doi


def _key(report: Report, year: str) -> str:
    name = slug(report.title, _LONGEST_KEY) or "report"
    return f"{name}-{year}" if year else name


def _line(text: str) -> str:
    """Fold white space and control characters, which would begin a field of their own."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())


def _escape(text: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in _line(text))


def _address(text: str) -> str:
    """Keep an address as it is, but for what would end the field."""
    return re.sub(r'[\\{}\s"\x00-\x1f\x7f]', lambda match: quote(match[0]), text)

"""What a report is called where its title will not do: in file names, in catalogues, by number.

In come a `Report` and an `Edition`, out come plain strings.
"""

import re
import unicodedata
import uuid
from dataclasses import dataclass

from reglet.model.report import READY_MADE, UNASKED, Edition, Report

PLAIN_NAMES = {READY_MADE[name].format: name for name in UNASKED}
"""The edition of each format that is meant where none is named; its files leave the name out."""

LONGEST_SLUG = 60

_BODIES = frozenset(
    """academy agency archive archives assembly association board bureau campaign center centre
    coalition commission committee company congress council court department federation
    foundation front government group house institute institution international justice league
    library ministry mission museum nations network office organisation organization parliament
    party press project research secretariat senate service services society team trust union
    university watch""".split()  # noqa: SIM905 - easier to read as words
)
_JOINING = frozenset(
    {"and", "&", "for", "of", "the", "on", "in", "et", "für", "und", "des", "pour"}
)
_PARTICLES = frozenset(
    "van von der den ter ten zu zur af av de du di da dos del della la le el al bin ibn ben".split()  # noqa: SIM905 - easier to read as words
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A report's identifier as EPUB and XMP write it; `codelist` is its ONIX List 5 code."""

    value: str
    codelist: str = ""


def slug(text: str, longest: int = LONGEST_SLUG) -> str:
    """Write `text` in small ASCII letters, digits and hyphens; empty where nothing is left.

    A slug over `longest` characters ends with the last whole word before that.
    """
    parted = unicodedata.normalize(
        "NFKD", re.sub(r"['`’‘]", "", re.sub("[\u2010-\u2015]", "-", text).replace("ß", "ss"))
    )
    plain = "".join(c for c in parted.lower() if c.isascii() or not c.isalnum())
    unmarked = "".join(c for c in plain if not unicodedata.combining(c))
    joined = re.sub(r"[^a-z0-9]+", "-", unmarked).strip("-")
    if len(joined) <= longest:
        return joined
    whole, _, _ = joined[: longest + 1].rpartition("-")
    return whole or joined[:longest]


def filename(report: Report, edition: Edition, suffix: str) -> str:
    """Name an edition's file, as `camp-ashraf-1.0-press.pdf`: title, version, edition.

    The edition's name is left out where it is the format's ready-made one. `suffix` is written
    with or without its dot.
    """
    version = re.sub(r"[^a-z0-9.]+", "-", report.version.lower()).strip("-.")
    name = "" if edition.name == PLAIN_NAMES.get(edition.format) else slug(edition.name)
    parts = (slug(report.title) or "report", version, name)
    return f"{'-'.join(part for part in parts if part)}.{suffix.lstrip('.')}"


def identifier(report: Report) -> Identifier:
    """Return the report's identifier: ISBN as a URN, DOI as an address, others as they stand.

    A report without one gets a UUID (RFC 9562 §5.5) made from its title and date, so that every
    edition and every rebuild of it has the same.
    """
    given = report.identifier.strip()
    if not given:
        seed = f"{report.title}\n{report.date}"
        return Identifier(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, seed)}")
    digits = re.sub(r"[\s-]", "", re.sub(r"(?i)^(urn:)?isbn[:\s]*", "", given)).upper()
    if _is_isbn(digits):
        return Identifier(f"urn:isbn:{digits}", "15" if len(digits) == 13 else "02")
    doi = re.sub(r"(?i)^(https?://(dx\.)?doi\.org/|urn:doi:|doi:\s*)", "", given)
    if re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        return Identifier(f"https://doi.org/{doi}", "06")
    return Identifier(given)


def _is_isbn(digits: str) -> bool:
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if d == "X" else int(d) for d in digits]
        return sum(value * (10 - i) for i, value in enumerate(values)) % 11 == 0
    return False


def file_as(name: str) -> str:
    """Return a name as a catalogue sorts it: "Boumedra, Tahar", but "Foreign Affairs Committee".

    Bodies are known by their words, single names and names not in Latin letters stay as they are.
    """
    words = name.split()
    lower = [word.lower().strip(".,") for word in words]
    if "," in name or len(words) < 2:
        return name
    if set(lower) & _BODIES or lower[0] in _JOINING or not _is_latin(name):
        return " ".join(words[1:]) if lower[0] == "the" else name
    start = len(words) - 1
    while start > 1 and lower[start - 1] in _PARTICLES:
        start -= 1
    if any(word in _JOINING for word in lower[1:start]):
        return name
    return f"{' '.join(words[start:])}, {' '.join(words[:start])}"


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(c, "") for c in text if c.isalpha())

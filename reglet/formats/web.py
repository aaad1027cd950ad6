"""The page to fetch a report from.

In come a `Report` and its finished files, out comes `index.html`, one file without script.
"""

import base64
import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from lxml import html

from reglet import __version__
from reglet.formats.cite import bibtex, ris
from reglet.formats.epub.fonts import CUTS, cut
from reglet.formats.fonts import kept
from reglet.language import direction, locale_of
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.document import Built
from reglet.model.report import Edition, Report
from reglet.model.span import Span
from reglet.safety import unsafe
from reglet.theme import TemplateFaultError, Theme, load_theme

PAGE = "index.html"

_FACE = re.compile(r"url\(fonts/([\w.-]+)\)")
_LICENCE = re.compile(r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([\d.]+)")


@dataclass(frozen=True, slots=True)
class Offer:
    """A file as the page offers it; `size` and `pages` are worded in the report's language."""

    name: str
    href: str
    edition: str
    format: str
    suffix: str
    media_type: str
    size: str
    pages: str
    sha256: str


def web_page(
    report: Report, edition: Edition, builts: Sequence[Built], templates: Mapping[str, str]
) -> Outcome[Built | None]:
    """Set the page that offers `builts`, through the web templates of the edition's theme."""
    found = load_theme(edition, templates, report.lang, report.limits)
    if found.value is None:
        return Outcome(None, found.diagnostics)
    try:
        page = _page(report, builts, found.value)
    except TemplateFaultError as fault:
        return Outcome(None, (*found.diagnostics, fault.diagnostic))
    return Outcome(Built(edition, PAGE, "text/html", page.encode()), found.diagnostics)


def _page(report: Report, builts: Sequence[Built], theme: Theme) -> str:
    context = shared_context(report, theme)
    files = [_offer(built, report.lang, theme) for built in builts]
    return whole_page(PAGE, context | _offered(report) | {"files": files}, theme)


def whole_page(name: str, context: Mapping[str, object], theme: Theme) -> str:
    """Render a page, and put the faces that its style sheet names into it.

    Raises TemplateFaultError.
    """
    page = theme.page(name, context)
    names = dict.fromkeys(_FACE.findall(page))
    for unknown in names.keys() - CUTS.keys():
        raise TemplateFaultError(_no_face(unknown, theme))
    faces = {name: _data(face) for name, face in cut(names, page).items()}
    page = _FACE.sub(lambda match: f"url({faces[match[1]]})", page)
    for what in unsafe(html.document_fromstring(page), base=""):
        fault = diagnose("unsafe-markup", Span(name), page=name, what=what)
        raise TemplateFaultError(fault)
    return page


def _no_face(name: str, theme: Theme) -> Diagnostic:
    span = Span(f"templates/{theme.name}/{theme.format}/style.css")
    reason = f"there is no face `{name}`"
    hint = nearest(name, CUTS) or f"faces: {', '.join(CUTS)}"
    return diagnose("template-error", span, hint, reason=reason)


def _data(face: bytes) -> str:
    """Write a font file as the address of its own compressed data."""
    packed = kept(("woff2", hashlib.sha256(face).hexdigest()), lambda: _packed(face))
    return f"data:font/woff2;base64,{base64.b64encode(packed).decode()}"


def _packed(face: bytes) -> bytes:
    from fontTools.ttLib import TTFont  # heavy

    font, packed = TTFont(io.BytesIO(face), recalcTimestamp=False), io.BytesIO()
    font.flavor = "woff2"
    font.save(packed)
    return packed.getvalue()


def shared_context(report: Report, theme: Theme) -> dict[str, object]:
    """Return what every page of the web templates is given."""
    return {
        "report": report,
        "labels": theme.labels,
        "tokens": theme.tokens,
        "lang": report.lang,
        "dir": direction(report.lang),
        "generator": f"reglet {__version__}",
    }


def _offered(report: Report) -> dict[str, object]:
    return {
        "authors": _listed([author.name for author in report.authors], report.lang),
        "language": _language(report.lang),
        "licence": _licence(report.licence),
        "url": _safe(report.url),
        "licence_url": _safe(report.licence),
        "bibtex": bibtex(report),
        "ris": ris(report),
    }


def _offer(built: Built, lang: str, theme: Theme) -> Offer:
    return Offer(
        name=built.filename,
        href=quote(built.filename),
        edition=built.edition.name,
        format=built.edition.format,
        suffix=PurePosixPath(built.filename).suffix.lstrip(".").upper(),
        media_type=built.media_type,
        size=_size(len(built.data), lang),
        pages=_pages(built.pages, lang, theme),
        sha256=hashlib.sha256(built.data).hexdigest(),
    )


def _size(count: int, lang: str) -> str:
    """Word a number of bytes in the report's language: "1.2 MB", "412 kB"."""
    from babel.units import format_unit  # heavy

    unit, scale = ("megabyte", 1_000_000) if count >= 1_000_000 else ("kilobyte", 1_000)
    number = count / scale
    shown = max(round(number, 1) if number < 10 else round(number), 0.1)
    return str(format_unit(shown, f"digital-{unit}", "short", locale=locale_of(lang)))


def _pages(count: int | None, lang: str, theme: Theme) -> str:
    from babel.numbers import format_decimal  # heavy

    if count is None:
        return ""
    word = theme.labels["web_page" if count == 1 else "web_pages"]
    return word.replace("{n}", str(format_decimal(count, locale=locale_of(lang))))


def _listed(names: Sequence[str], lang: str) -> str:
    """Join names as the language does: "A, B and C"."""
    from babel.lists import format_list  # heavy

    return str(format_list(names, locale=locale_of(lang))) if names else ""


def _language(lang: str) -> str:
    """Name a language in itself: "English", "فارسی"."""
    return locale_of(lang).get_language_name(lang.partition("-")[0]) or lang


def _licence(address: str) -> str:
    """Name a Creative Commons licence shortly, "CC BY-SA 4.0"; others by their address."""
    match = _LICENCE.match(address)
    if match is None:
        return re.sub(r"^https?://(www\.)?", "", address).rstrip("/")
    names = {"zero": "CC0", "mark": "Public Domain Mark"}
    return f"{names.get(match[2], f'CC {match[2].upper()}')} {match[3]}"


def _safe(address: str) -> str:
    """Return an address that a page may link to, else an empty string."""
    return address if re.match(r"(?i)https?://", address) else ""

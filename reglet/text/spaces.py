"""A text in, the same with spaces out at which no line ends: narrow ones where a language has them.

What belongs together stays so: a number and its unit, an abbreviation and its number, the letters
of "z. B.". Only single spaces that are written change; where German has none, one is put.
"""

import re

NARROW, WIDE = "\u202f", "\u00a0"

_UNITS = r"km²|m²|m³|km/h|km|cm|mm|ha|kg|mg|kW|MW|GW|kWh|MWh|GB|MB|dpi|°C|%|‰|€|[mglthsVWA]"
_MEASURED = re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?![\w’]))")
_NUMBERED = re.compile(
    r"(\b(?:pp?|[Nn]os?|[Vv]ols?|chs?|[Aa]rts?|paras?|[Ff]igs?|ca|S|Nr|Bd|Abs|Kap|Abb|núms?|págs?)\."
    r"|§§?|№) (?=\d)"
)
_GERMAN = re.compile(r"\b(z|d|u|o|s|v|m|i)\. ?(B|T|h|a|Ä|ä|o|u|U|E|A|d)\.(?: ?(R)\.)?(?![\w])")
_NARROW_UNITS = ("de", "fr")  # languages that set units and signs off with a narrow space


def tied(text: str, lang: str) -> str:
    """Return a text with the spaces that its language wants kept."""
    base = lang.split("-", maxsplit=1)[0].lower()
    text = _MEASURED.sub(NARROW if base in _NARROW_UNITS else WIDE, text)
    text = _NUMBERED.sub(rf"\1{WIDE}", text)
    return _GERMAN.sub(_joined, text) if base == "de" else text


def _joined(found: re.Match[str]) -> str:
    return NARROW.join(f"{part}." for part in found.groups() if part)

"""What an edition asks of its sheets: tokens of the theme in, checked, a `Sheet` out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reglet.inks import PROFILES, Profile, own_profile, ready_made
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.span import Span

SLUG = 7 * 72 / 25.4  # pt beyond the bleed, for the marks; the style sheets have it as 7mm
SIGNATURES = (1, 2, 4, 8, 16, 32)
COLOURS = ("cmyk", "grey")
MARKS = ("crop", "none")
OPENERS = ("recto", "next")
ADDRESSES = ("none", "text", "notes")

_POINTS = {"mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "pt": 1.0}
_LENGTH = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(mm|cm|in|pt)")
_DEFAULTS = {
    "bleed": "3mm",
    "marks": "crop",
    "colours": "cmyk",
    "profile": next(iter(PROFILES)),
    "signature": "4",
    "openers": "recto",
    "addresses": "none",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """How pages stand on sheets: `bleed` in pt, `signature` in pages.

    `folds` are the places where a sheet is folded, in pt from the left of its trim.
    """

    bleed: float
    marks: bool
    grey: bool
    profile: Profile
    signature: int
    folds: tuple[float, ...] = ()


_CHOICES: Mapping[str, tuple[Iterable[object], str]] = {
    "marks": (MARKS, "kind of marks"),
    "colours": (COLOURS, "way to print"),
    "openers": (OPENERS, "place for openers"),
    "addresses": (ADDRESSES, "way to print addresses"),
    "signature": (SIGNATURES, "number of pages"),
}
"""The tokens that are one of several words, and what they are."""


def read_sheet(
    tokens: Mapping[str, str], span: Span, profiles: Mapping[str, bytes]
) -> Outcome[Sheet | None]:
    """Read the tokens of a press edition, which stands at `span`; all mistakes come at once.

    `profiles` are those of the report, by their paths.
    """
    given = {key: tokens.get(key, default) for key, default in _DEFAULTS.items()}
    found: list[Diagnostic] = []

    def refuse(key: str, expected: str, hint: str) -> None:
        what = f"{expected} (`{key}`)"
        found.append(diagnose("bad-value", span, hint, found=given[key], expected=what))

    for key, (choices, expected) in _CHOICES.items():
        known = tuple(map(str, choices))
        if given[key] not in known:
            refuse(key, expected, nearest(given[key], known) or f"write one of {', '.join(known)}")
    profile, bleed = _profile(given["profile"], profiles), points(given["bleed"])
    if profile is None:
        known = (*PROFILES, *profiles)
        hint = nearest(given["profile"], known) or f"write one of {', '.join(known)}"
        refuse("profile", "profile of a press with four inks", hint)
    if bleed is None:
        refuse("bleed", "length", "write a length, as `3mm`")
    if found or bleed is None or profile is None:
        return Outcome(None, tuple(found))
    return Outcome(
        Sheet(
            bleed=bleed,
            marks=given["marks"] == "crop",
            grey=given["colours"] == "grey",
            profile=profile,
            signature=int(given["signature"]),
        )
    )


def _profile(name: str, profiles: Mapping[str, bytes]) -> Profile | None:
    if name in PROFILES:
        return ready_made(name)
    return own_profile(name, profiles[name]) if name in profiles else None


def points(length: str) -> float | None:
    """Return a length in pt; None for what is none."""
    match = _LENGTH.fullmatch(length.strip().lower())
    if match is None:
        return 0.0 if length.strip() == "0" else None
    return float(match[1]) * _POINTS[match[2]]

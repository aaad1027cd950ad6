"""A read PDF in, faults of what it says of itself, and of the languages of its text, out."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from reglet.proof.structure.reading import Fault, Place, Reading, shortened
from reglet.speak.joining import joined
from reglet.speak.marked import Piece

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as its shape goes
_PHRASE = 2  # words of another script: a name may stand in any language

_WRITTEN = {
    "Arab": ("ARABIC",), "Hebr": ("HEBREW",), "Cyrl": ("CYRILLIC",), "Grek": ("GREEK",),
    "Deva": ("DEVANAGARI",), "Beng": ("BENGALI",), "Thai": ("THAI",), "Geor": ("GEORGIAN",),
    "Armn": ("ARMENIAN",), "Hans": ("CJK",), "Hant": ("CJK",), "Kore": ("HANGUL", "CJK"),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
}  # fmt: skip
"""Scripts of languages (ISO 15924), and how Unicode begins the names of their letters."""

_KNOWN = frozenset(name for names in _WRITTEN.values() for name in names)


def catalogue(reading: Reading) -> Iterator[Fault]:
    """Find out whether the file says that it is tagged, its title and its language."""
    facts = reading.facts
    if not facts.marked:
        yield Fault("it does not say that it is tagged (MarkInfo)")
    if facts.suspect:
        yield Fault("it says that its tags may be wrong (Suspects)")
    if not facts.title:
        yield Fault("it has no title (dc:title)")
    if not facts.shows_title:
        yield Fault("its name is shown in place of its title (DisplayDocTitle)")
    if not facts.language:
        yield Fault("it has no language (Lang)")


def tabs(reading: Reading) -> Iterator[Fault]:
    """Find pages whose links are not reached in the order of the tags."""
    for page in reading.facts.untabbed:
        yield Fault("its links are not reached in the order of the tags (Tabs)", page)


def languages(reading: Reading) -> Iterator[Fault]:
    """Find languages that are none, and phrases in the script of another language."""
    if reading.facts.language and not _TAG.fullmatch(reading.facts.language):
        yield Fault(f"`{reading.facts.language}` is no language")
    for place in reading.places:
        if place.tag.language and not _TAG.fullmatch(place.tag.language):
            yield Fault(f"`{place.tag.language}` is no language", place.page)
        elif phrase := _foreign(place):
            text = f"`{shortened(phrase)}` is not in the script of its language"
            yield Fault(f"{text}, `{place.language}`", place.page)


def _foreign(place: Place) -> str:
    """Return the first phrase of a tag's own text that is not in a script of its language."""
    pieces = [kid for kid in place.tag.kids if isinstance(kid, Piece)]
    if place.tag.instead or all(piece.text.isascii() for piece in pieces):
        return ""
    text = joined(pieces)
    own = _scripts(place.language)
    run: list[str] = []
    for word in text.split():
        if (script := _script(word)) in _KNOWN and script not in own:
            run.append(word)
        elif len(run) >= _PHRASE:
            break
        else:
            run = []
    return " ".join(run) if len(run) >= _PHRASE else ""


@cache
def _scripts(language: str) -> tuple[str, ...]:
    from babel.core import get_global  # heavy

    parts = language.replace("_", "-").split("-")
    given = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    likely = get_global("likely_subtags").get(parts[0].lower(), "").split("_")
    script = given or next((part for part in likely[1:] if len(part) == 4), "")
    return _WRITTEN.get(script, ())


def _script(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    return unicodedata.name(letters[0], "").split()[0] if letters and not word.isascii() else ""

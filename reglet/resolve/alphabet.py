"""Words in, the keys by which a language's dictionaries order them out.

Accents count for nothing, but where a letter with one is a letter of its own.
"""

import unicodedata
from collections.abc import Mapping

_LATIN = "abcdefghijklmnopqrstuvwxyz"

ALPHABETS: Mapping[str, str] = {
    "cs": "abcčdefghijklmnopqrřsštuvwxyzž",
    "da": f"{_LATIN}æøå",
    "es": "abcdefghijklmnñopqrstuvwxyz",
    "et": "abcdefghijklmnopqrsšzžtuvwõäöüxy",
    "fa": "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی",
    "fi": f"{_LATIN}åäö",
    "no": f"{_LATIN}æøå",
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "sv": f"{_LATIN}åäö",
    "tr": "abcçdefgğhıijklmnoöpqrsştuüvwxyz",
}
"""Alphabets of languages whose letters do not stand as Unicode has them without accents."""

_SAME = {"nb": "no", "nn": "no"}
_WRITTEN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th",
            "ي": "ی", "ك": "ک"}  # fmt: skip

Key = tuple[tuple[int, int], ...]


def sort_key(words: str, lang: str) -> tuple[Key, str]:
    """Return what a term is ordered by: its letters and figures, word by word."""
    alphabet = _alphabet(lang)
    letters = [rank for letter in words.casefold() for rank in _ranks(letter, alphabet)]
    while letters and letters[0] == _SPACE:
        del letters[0]
    return tuple(letters), words


def initial(words: str, lang: str) -> str:
    """Return the letter under which a term stands, in capitals; nothing for figures and signs."""
    alphabet = _alphabet(lang)
    first = next((letter for letter in words.casefold() if letter.isalnum()), "")
    for letter in _letters(first, alphabet)[:1]:
        return letter.upper() if letter.isalpha() else ""
    return ""


_SPACE = (0, 0)


def _alphabet(lang: str) -> str:
    base = lang.split("-", maxsplit=1)[0].lower()
    return ALPHABETS.get(_SAME.get(base, base), _LATIN)


def _ranks(letter: str, alphabet: str) -> list[tuple[int, int]]:
    if letter.isspace() or letter in "-‐–":
        return [_SPACE]
    return [_rank(part, alphabet) for part in _letters(letter, alphabet)]


def _letters(letter: str, alphabet: str) -> list[str]:
    """Take off what the alphabet does not know: accents, ligatures, other marks."""
    if letter in alphabet:
        return [letter]
    plain = unicodedata.normalize("NFKD", _WRITTEN.get(letter, letter))
    return [part for part in plain if part.isalnum()]


def _rank(letter: str, alphabet: str) -> tuple[int, int]:
    """Order figures before the alphabet's letters, and those before others."""
    if letter.isdecimal():
        return 1, int(letter)
    place = alphabet.find(letter)
    return (2, place) if place >= 0 else (3, ord(letter))

"""A PDF's font in, the text of each of its codes out (ToUnicode, ISO 32000-1 §9.10.3)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import unpack

import pikepdf
from pikepdf import Name

UNKNOWN = "\ufffd"

LEFTWARD = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Where Unicode keeps all letters that are written to the left, and some others."""

_CODE = rb"<\s*([0-9A-Fa-f\s]*)>"
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(_CODE + rb"\s*" + _CODE)
_RANGE = re.compile(_CODE + rb"\s*" + _CODE + rb"\s*(?:" + _CODE + rb"|\[([^]]*)\])")
_WIDEST = 0xFFFF  # codes in a range; what is wider is damage


class _Texts(dict[int, str]):
    """The text of each code; those that a font does not tell are unknown, or `plain` Latin."""

    def __init__(self, told: Mapping[int, str], *, plain: bool) -> None:
        super().__init__(told)
        self.plain = plain

    def __missing__(self, code: int) -> str:
        known = self.plain and code <= 0xFF
        self[code] = bytes([code]).decode("cp1252", "replace") if known else UNKNOWN
        return self[code]


@dataclass(frozen=True, slots=True)
class Letters:
    """What a font's codes stand for; `width` is the bytes of a code."""

    texts: Mapping[int, str]
    width: int

    def read(self, shown: bytes) -> Sequence[str]:
        """Return the text of a string that is shown: code by code where some is written leftward.

        Where none is, it is one text.
        """
        codes: Sequence[int] = shown
        if self.width > 1:
            count, left = divmod(len(shown), self.width)
            codes = unpack(f">{count}H", shown[:-left] if left else shown)
            codes = (*codes, shown[-1]) if left else codes
        texts = list(map(self.texts.__getitem__, codes))
        text = "".join(texts)
        return texts if LEFTWARD.search(text) else (text,)


def letters_of(font: pikepdf.Object) -> Letters:
    """Read the map of a font."""
    composite = font.get("/Subtype") == Name.Type0
    stream = font.get("/ToUnicode")
    texts: dict[int, str] = {}
    if isinstance(stream, pikepdf.Stream):
        texts = dict(_mapped(stream.read_bytes()))
    return Letters(_Texts(texts, plain=not composite), 2 if composite else 1)


def _mapped(cmap: bytes) -> Iterator[tuple[int, str]]:
    for block in _CHARACTERS.findall(cmap):
        for code, text in _PAIR.findall(block):
            yield _number(code), _text(text)
    for block in _RANGES.findall(cmap):
        for first, last, text, listed in _RANGE.findall(block):
            codes = range(_number(first), min(_number(last), _number(first) + _WIDEST) + 1)
            if listed:
                texts = [_text(item) for item in re.findall(_CODE, listed)]
                yield from zip(codes, texts, strict=False)
            else:
                start = _text(text) or UNKNOWN
                for code in codes:
                    yield code, start[:-1] + _later(start[-1], code - codes[0])


def _later(letter: str, count: int) -> str:
    code = ord(letter) + count
    return chr(code) if code <= 0x10FFFF else UNKNOWN


def _number(code: bytes) -> int:
    return int(b"0" + b"".join(code.split()), 16)


def _text(code: bytes) -> str:
    digits = b"".join(code.split()).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2)).decode("utf-16-be", "replace")

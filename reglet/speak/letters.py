"""A PDF's font in, the text of each of its codes out (ToUnicode, ISO 32000-1 §9.10.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from pikepdf import Name

UNKNOWN = "\ufffd"

_CODE = rb"<\s*([0-9A-Fa-f\s]*)>"
_CHARACTERS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(_CODE + rb"\s*" + _CODE)
_RANGE = re.compile(_CODE + rb"\s*" + _CODE + rb"\s*(?:" + _CODE + rb"|\[([^]]*)\])")
_WIDEST = 0xFFFF  # codes in a range; what is wider is damage


@dataclass(frozen=True, slots=True)
class Letters:
    """What a font's codes stand for; `width` is the bytes of a code."""

    texts: dict[int, str]
    width: int
    plain: bool = False  # codes without a text are those of Windows' Latin letters

    def read(self, shown: bytes) -> Iterator[str]:
        """Yield the text of each code of a string that is shown."""
        for start in range(0, len(shown), self.width):
            code = shown[start : start + self.width]
            text = self.texts.get(int.from_bytes(code, "big"))
            if text is None:
                text = code.decode("cp1252", "replace") if self.plain else UNKNOWN
            yield text


def letters_of(font: pikepdf.Object) -> Letters:
    """Read the map of a font."""
    composite = font.get("/Subtype") == Name.Type0
    stream = font.get("/ToUnicode")
    texts: dict[int, str] = {}
    if isinstance(stream, pikepdf.Stream):
        texts = dict(_mapped(stream.read_bytes()))
    return Letters(texts, 2 if composite else 1, plain=not composite)


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

"""A PDF's content stream in, its operators with their operands as they are written out.

A page has thousands: they are found by one expression, and only streams that are written in a way
of their own are parsed by qpdf first, which writes them plainly.
"""

import re
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, ContentStreamInlineImage, Dictionary, Matrix, Stream

_HEX = r"<[0-9A-Fa-f\s]*+>"
_LITERAL = r"\((?:[^\\()]++|\\.)*+\)"
_OPERAND = rf"""
    [-+.\d]++
    | /[^\s<>\[\](){{}}/%]*+
    | \[(?:[^\[\]()<>%]++|{_HEX}|{_LITERAL})*+\]
    | <<(?:[^<>()%]++|{_HEX}|{_LITERAL})*+>>
    | {_HEX} | {_LITERAL}
"""
_ALL = re.compile(
    rf"((?:(?:{_OPERAND})\s*+)*+)([A-Za-z'\"][A-Za-z0-9*'\"]*+)\s*+ | (.)", re.DOTALL | re.VERBOSE
)
_STRING = re.compile(r"<([0-9A-Fa-f\s]*+)>|\(((?:[^\\()]++|\\.)*+)\)", re.DOTALL)
_IN_HEX = re.compile(r"<([^>]*)>")
_ESCAPED = re.compile(r"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPES = {
    "n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\n": "", "\r": "", "\r\n": "",
}  # fmt: skip
OF_MATRIX = 6
"""Numbers of a matrix."""

_NUMBERED = re.compile("#([0-9A-Fa-f]{2})")


def operators(holder: pikepdf.Object) -> Sequence[tuple[str, str, str]]:
    """Return the operators of a page or form, each behind its operands as text.

    What comes third is none: a sign that stands alone, where a stream is damaged. Inline images are
    left out. Raises PdfError for a stream that cannot be parsed.
    """
    found = _ALL.findall(_content(holder).lstrip())
    if any(stray or operator == "BI" for _, operator, stray in found):
        parsed = pikepdf.parse_content_stream(holder)
        plain = [each for each in parsed if not isinstance(each, ContentStreamInlineImage)]
        found = _ALL.findall(pikepdf.unparse_content_stream(plain).decode("latin-1"))
    return found


def _content(holder: pikepdf.Object) -> str:
    if isinstance(holder, Stream):
        return holder.read_bytes().decode("latin-1")
    held = holder.get("/Contents", Array())
    streams = held if isinstance(held, Array) else [held]
    data = (each.read_bytes() for each in streams if isinstance(each, Stream))
    return b"\n".join(data).decode("latin-1")


def numbers(operands: str) -> list[float]:
    """Return operands that are numbers; nothing where one is not."""
    try:
        return [float(each) for each in operands.split()]
    except ValueError:
        return []


def names(operands: str) -> list[str]:
    """Return operands that are names, with their stroke, and leave out others."""
    found = [each for each in operands.split() if each.startswith("/")]
    if "#" in operands:
        return [_NUMBERED.sub(lambda match: chr(int(match[1], 16)), each) for each in found]
    return found


def dictionary(operands: str) -> pikepdf.Object | None:
    """Return an operand that is a dictionary; None where there is none."""
    start = operands.find("<<")
    found = pikepdf.Object.parse(operands[start:].encode("latin-1")) if start >= 0 else None
    return found if isinstance(found, Dictionary) else None


def strings(operands: str, width: int) -> list[bytes]:
    """Return operands that are strings, those of an array too; in one, if codes stay whole.

    A code has `width` bytes.
    """
    if "(" not in operands:
        found = _IN_HEX.findall(operands)
        digits = 2 * width
        if not any(length % digits for length in set(map(len, found))):
            return [bytes.fromhex("".join(found))]
    return [_bytes(*match.groups()) for match in _STRING.finditer(operands)]


def _bytes(hexadecimal: str | None, literal: str | None) -> bytes:
    if hexadecimal is not None:
        digits = "".join(hexadecimal.split())
        return bytes.fromhex(digits + "0" * (len(digits) % 2))
    return _ESCAPED.sub(_unescaped, literal or "").encode("latin-1")


def _unescaped(match: re.Match[str]) -> str:
    given = match[1]
    if given[0] in "01234567":
        return chr(int(given, 8) & 0xFF)
    return _ESCAPES.get(given, given)


def named(resources: pikepdf.Object, kind: str, operands: str) -> object:
    """Return what resources have of a kind by the last name of the operands."""
    group = resources.get(kind) if isinstance(resources, Dictionary) else None
    name = next(reversed(names(operands)), "")
    return group.get(name) if name and isinstance(group, Dictionary) else None


def matrix(operands: str) -> Matrix:
    """Return operands that are a matrix; one that changes nothing where they are none."""
    given = numbers(operands)
    return Matrix(*given) if len(given) == OF_MATRIX else Matrix()

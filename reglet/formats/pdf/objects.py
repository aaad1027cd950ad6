"""The objects of a PDF in, their bytes out, each made once.

pydyf 0.13 makes, and compresses, each twice: to write it, and for the file's identifier. It also
lists all pages anew for each part of the structure tree.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

from reglet.formats.pdf.patching import in_place_of

_engine_bytes = pydyf._to_bytes
_engine_pages = pydyf.PDF.page_references.fget
_engine_writes = pydyf.PDF.write


@contextmanager
def made_once() -> Iterator[None]:
    """Let the objects of PDFs be made once while the context lasts."""
    with (
        in_place_of(pydyf, "_to_bytes", _to_bytes),
        in_place_of(pydyf.PDF, "page_references", property(_pages)),
        in_place_of(pydyf.PDF, "write", _write),
    ):
        yield


class _Made(pydyf.Object):  # type: ignore[misc]
    """An object whose bytes are known."""

    data = b""

    def __init__(self, like: Any) -> None:
        self.number, self.generation, self.free = like.number, like.generation, like.free
        self.offset, self.is_loose = like.offset, like.compressible
        self.data = like.data if self.free != "f" else b""

    @property
    def compressible(self) -> bool:
        """Tell whether the object may stand in a stream of objects (ISO 32000-1 §7.5.7)."""
        return bool(self.is_loose)


def _write(pdf: Any, *call: Any, **named: Any) -> None:
    """Write a PDF with the bytes of its objects."""
    pdf.objects[:] = [_Made(item) for item in pdf.objects]
    _engine_writes(pdf, *call, **named)


def _pages(pdf: Any) -> tuple[bytes, ...]:
    """Return the references of a PDF's pages, in order."""
    held = len(pdf.pages["Kids"])
    if vars(pdf).get("pages_known") != held:
        pdf.pages_known, pdf.references_known = held, _engine_pages(pdf)
    known: tuple[bytes, ...] = pdf.references_known
    return known


def _to_bytes(item: Any) -> bytes:
    """Return what stands for a value in a PDF; the kinds that most are of come first."""
    kind = type(item)
    if kind is bytes:
        return item  # type: ignore[no-any-return]
    if kind is str:
        return item.encode("ascii")  # type: ignore[no-any-return]
    if kind is int:
        return b"%d" % item
    made: bytes = _engine_bytes(item)
    return made

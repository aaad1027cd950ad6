"""A PDF in, pictures of its pages out, each drawn when it is looked at.

The only module that imports pdfium, which is not for several threads at once.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import pypdfium2

from reglet.model.document import Built, Spot

WIDEST = 4_000  # px

_pdfium = Lock()


@dataclass(frozen=True, slots=True)
class Size:
    """A page's size, and where its trimmed part begins from the upper left; pt."""

    width: float
    height: float
    left: float = 0.0
    top: float = 0.0


class Pages:
    """The pages of one edition, as it was built once."""

    kind = "pdf"

    def __init__(self, built: Built, version: str) -> None:
        self.name = built.edition.name
        self.filename = built.filename
        self.version = version
        self.spots: Sequence[Spot] = built.spots
        self._closed = False
        with _pdfium:
            self._file = pypdfium2.PdfDocument(built.data)
            self.sizes = tuple(_size(page) for page in self._file)

    def picture(self, number: int, width: int) -> bytes:
        """Draw a page, from 1, as a PNG so many px wide. Raises LookupError where there is none."""
        if not 1 <= number <= len(self.sizes):
            raise LookupError(number)
        width = min(max(width, 16), WIDEST)
        with _pdfium:
            if self._closed:
                raise LookupError(number)
            page = self._file[number - 1]
            scale = width / self.sizes[number - 1].width
            image = page.render(scale=scale).to_pil()
            page.close()
        data = io.BytesIO()
        image.save(data, "PNG", compress_level=1)
        return data.getvalue()

    def close(self) -> None:
        """Let go of the file."""
        with _pdfium:
            self._closed = True
            self._file.close()


def _size(page: pypdfium2.PdfPage) -> Size:
    width, height = page.get_size()
    shown, trimmed = page.get_cropbox(), page.get_trimbox()
    page.close()
    return Size(width, height, trimmed[0] - shown[0], shown[3] - trimmed[3])

"""Laid-out pages in, a PDF out; or a part of one, to be joined with others."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import weasyprint
from weasyprint.pdf import generate_pdf

from reglet.formats.fonts import instances
from reglet.formats.pdf.archive import (
    STANDARDS,
    Attached,
    attach,
    claim_both,
    keep_plain,
    srgb,
    whole_streams,
)
from reglet.formats.pdf.drawn_words import whole_words
from reglet.formats.pdf.engine import Pages, engine_remarks, without_pages
from reglet.formats.pdf.harvest import fonts_found, harvest, tell_heads_apart, to_be_joined
from reglet.formats.pdf.join import join
from reglet.formats.pdf.joined_fonts import joined
from reglet.formats.pdf.lean import lean_writing
from reglet.formats.pdf.line_ends import mark_ends
from reglet.formats.pdf.namespaces import renew
from reglet.formats.pdf.slots import left_open
from reglet.formats.pdf.stretch import Objects, Setting, Task
from reglet.formats.pdf.structure import origins
from reglet.formats.pdf.tags import mend
from reglet.formats.pdf.tounicode import fill_maps, own_letters


@dataclass(frozen=True, slots=True)
class Making:
    """How a file is made: its `identifier`, its date (ISO 8601), the files within it.

    `standard` is a row of `STANDARDS`, or none of them for the press.
    """

    identifier: bytes = b"reglet"
    dated: str = ""
    files: Sequence[Attached] = ()
    standard: str = "ua-1"


def write(pages: Pages, made: Making = Making()) -> bytes:
    """Write laid-out pages as one file of a row of `STANDARDS`."""
    dated, files, standard = made.dated, made.files, made.standard
    held = STANDARDS[standard]
    pages.document.metadata.created = pages.document.metadata.modified = dated or None
    pages.document.color_profiles["srgb"] = srgb()
    claim_both(pages.document.metadata, held.claim, holds_files=bool(files))

    def finish(_document: object, pdf: Any) -> None:
        tree = mend(pdf, found)
        if standard == "ua-2":
            renew(tree)
        keep_plain(pdf)
        attach(pdf, files, dated)

    mark_ends(page._page_box for page in pages.document.pages)
    with _told(pages), own_letters(), whole_words(), whole_streams(), origins() as found:
        data: bytes = pages.document.write_pdf(
            finisher=finish,
            pdf_variant=held.variant,
            pdf_tags=True,
            pdf_identifier=made.identifier,
            output_intent="sRGB",
            custom_metadata=False,
        )
    return data


def write_for_press(pages: Pages, dated: str) -> bytes:
    """Write laid-out pages without tags, as `reglet.formats.pdf.press` is to finish them."""
    pages.document.metadata.created = pages.document.metadata.modified = dated

    def finish(_document: object, pdf: Any) -> None:
        fill_maps(pdf)
        keep_plain(pdf)

    with _told(pages), own_letters(), whole_words(), whole_streams():
        data: bytes = pages.document.write_pdf(
            finisher=finish,
            pdf_variant=None,
            pdf_tags=False,
            custom_metadata=False,
        )
    return data


def draw(pages: Pages, task: Task) -> tuple[Mapping[Any, Any], Objects]:
    """Draw laid-out pages as objects to be joined; return the fonts used, and these.

    Where the task is `tagged`, their tags are mended as those of a whole file are.
    """
    document = pages.document
    drawn = document.pages
    numbers = left_open(drawn) if task.open else nullcontext()
    if task.tagged:
        document.color_profiles["srgb"] = srgb()
        mark_ends(page._page_box for page in drawn)
    options = weasyprint.DEFAULT_OPTIONS | {"pdf_tags": task.tagged, "pdf_version": "1.7"}
    with (
        _told(pages), own_letters(), whole_words(), whole_streams(), origins() as found,
        to_be_joined(task.lost), numbers,
    ):  # fmt: skip
        pdf = generate_pdf(document, None, 1, **options)
        tell_heads_apart(pdf, task.name)
        if task.tagged:
            mend(pdf, found)
        keep_plain(pdf)
        return document.fonts, harvest(pdf)


def write_joined(
    head: str, settings: Sequence[Setting], anchors: Mapping[str, int], made: Making
) -> bytes:
    """Write the pages of stretches as one file; `head` is the report's markup without pieces.

    `anchors` are the pages of identifiers, from 1.
    """
    dated, files = made.dated, made.files
    document = without_pages(head)
    metadata = document.metadata
    metadata.created = metadata.modified = dated or None
    document.fonts = joined((font for setting in settings for font in setting.fonts), instances())
    held = STANDARDS.get(made.standard)
    options: dict[str, Any] = {"pdf_variant": None, "pdf_tags": False}
    if held is not None:
        document.color_profiles["srgb"] = srgb()
        claim_both(metadata, held.claim, holds_files=bool(files))
        options = {"pdf_variant": held.variant, "pdf_tags": True, "output_intent": "sRGB"}
        options["pdf_identifier"] = made.identifier

    def finish(_document: object, pdf: Any) -> None:
        join(pdf, settings, anchors, document)
        fill_maps(pdf)
        keep_plain(pdf)
        attach(pdf, files, dated)

    with lean_writing(), whole_streams(), fonts_found():
        data: bytes = document.write_pdf(finisher=finish, custom_metadata=False, **options)
    return data


@contextmanager
def _told(pages: Pages) -> Iterator[None]:
    """Add what the engine has to say of the pages while it writes them, as of drawings it drops."""
    with engine_remarks() as remarks, lean_writing():
        yield
    pages.remarks.extend(remarks)

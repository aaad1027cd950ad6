"""A PDF of one stretch that the engine is about to write in, its pages as objects to be joined out.

Left out is what the joined file has once: fonts, catalog, outline, the roots of its trees.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any

import pydyf
from weasyprint import pdf as engine

from reglet.formats.pdf.patching import in_place_of
from reglet.formats.pdf.stretch import FontUsed, Objects, Slot

PAGES, FONTS, DOCUMENT = b"pages", b"fonts", b"document"
"""What references of a stretch's objects may lead to outside of it."""

_BODY = b"\nstream\n"
_PRINTED = 4  # annotations: to be printed (ISO 32000-1 §12.5.3)


@contextmanager
def to_be_joined(lost: frozenset[str]) -> Iterator[None]:
    """Let the engine make pages alone, and links to all targets that are not `lost`."""

    def fonts(pdf: Any, *_: Any) -> Any:
        pdf.shared_fonts = pydyf.Dictionary()
        return pdf.shared_fonts

    def links(pages: Any) -> Iterator[Any]:
        found: set[str] = set()
        for page in pages:
            anchors = [(name, *place) for name, place in _places(page) if name not in found]
            found |= {name for name, *_ in anchors}
            yield [link for link in page.links if _leads(link, lost)], anchors

    def outline(*_: Any) -> None:
        """Leave the outline to the joined file."""

    with (
        in_place_of(engine, "build_fonts_dictionary", fonts),
        in_place_of(engine, "resolve_links", links),
        in_place_of(engine, "add_outlines", outline),
    ):
        yield


@contextmanager
def fonts_found() -> Iterator[None]:
    """Let a file remember which of its objects lists its fonts."""
    engine_fonts = engine.build_fonts_dictionary

    def fonts(pdf: Any, *call: Any) -> Any:
        pdf.shared_fonts = engine_fonts(pdf, *call)
        return pdf.shared_fonts

    with in_place_of(engine, "build_fonts_dictionary", fonts):
        yield


def _places(page: Any) -> Iterator[tuple[str, tuple[float, float]]]:
    for name, (x, y, *_) in page.anchors.items():
        yield name, (x, y)


def _leads(link: Any, lost: frozenset[str]) -> bool:
    kind, target, *_ = link
    if kind == "internal" and target in lost:
        engine.LOGGER.error("No anchor #%s for internal URI reference", target)
        return False
    return True


def tell_heads_apart(pdf: Any, stretch: str) -> None:
    """Let heads of tables have identifiers that no other stretch has."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/TH" and "ID" in item:
            item["ID"].string = f"{stretch}-{item['ID'].string}"  # cells share it


def harvest(pdf: Any) -> Objects:
    """Take the pages of a `pydyf.PDF`, and their part of its tree, out as texts."""
    catalog = pdf.catalog
    skipped = {0, pdf.pages.number, catalog.number, pdf.shared_fonts.number}
    base = document = owners = None
    if "StructTreeRoot" in catalog:
        base = _at(pdf, catalog["StructTreeRoot"])
        document, owners = _at(pdf, base["K"][0]), _at(pdf, base["ParentTree"])
        skipped |= {base.number, document.number, owners.number}
    parts, bodies, drawn = _texts(pdf, skipped)
    names = base["IDTree"]["Names"] if base is not None and "IDTree" in base else ()
    places = catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    entries = owners["Nums"] if owners is not None else ()
    shared = {pdf.pages.number: PAGES, pdf.shared_fonts.number: FONTS}
    if document is not None:
        shared[document.number] = DOCUMENT
    return Objects(
        parts=parts,
        bodies=bodies,
        drawn=drawn,
        shared=shared,
        pages=tuple(int(reference.split()[0]) for reference in pdf.page_references),
        kids=tuple(document["K"]) if document is not None else (),
        owners=tuple(
            (key, pydyf._to_bytes(value))
            for key, value in zip(entries[::2], entries[1::2], strict=True)
        ),
        names=tuple((key.string, value) for key, value in _pairs(names)),
        places=tuple((key.string, value.data) for key, value in _pairs(places)),
        roles=dict(base["RoleMap"]) if base is not None else {},
    )


def _texts(
    pdf: Any, skipped: set[int]
) -> tuple[tuple[bytes, ...], dict[int, bytes], dict[int, tuple[bytes | Slot, ...]]]:
    """Return the objects' texts by their numbers, what streams hold, and what others draw."""
    parts: list[bytes] = []
    bodies: dict[int, bytes] = {}
    drawn: dict[int, tuple[bytes | Slot, ...]] = {}
    for number, item in enumerate(pdf.objects):
        gone = number in skipped or (isinstance(item, pydyf.Dictionary) and not item)
        if isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Annot":
            item["F"] = _PRINTED
        is_stream = isinstance(item, pydyf.Stream) and not gone
        if is_stream and any(isinstance(part, Slot) for part in item.stream):
            drawn[number] = tuple(_runs(item.stream))
            parts.append(b"<<>>")
            continue
        data = b"" if gone else item.data
        if is_stream:
            data, _, rest = data.partition(_BODY)
            bodies[number] = _BODY + rest
        parts.append(data)
    return tuple(parts), bodies, drawn


def _runs(stream: Sequence[Any]) -> Iterator[bytes | Slot]:
    """Yield the operators of a stream, those between slots together."""
    for is_slot, run in groupby(stream, lambda part: isinstance(part, Slot)):
        if is_slot:
            yield from run
        else:
            yield b"\n".join(map(pydyf._to_bytes, run))


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _pairs(names: Any) -> Iterator[tuple[Any, Any]]:
    return zip(names[::2], names[1::2], strict=True)


def fonts_used(fonts: Mapping[Any, Any], digest: Any) -> tuple[FontUsed, ...]:
    """Return what the engine knows of the fonts that pages use; `digest` names a font's file."""
    return tuple(
        FontUsed(
            key=font.hash,
            name=font.name,
            family=font.family,
            file=digest(font.file_content),
            flags=font.flags,
            ascent=font.ascent,
            descent=font.descent,
            italic_angle=font.italic_angle,
            widths=dict(font.widths),
            to_unicode=dict(font.to_unicode),
            missing=bool(font.missing),
        )
        for font in fonts.values()
    )

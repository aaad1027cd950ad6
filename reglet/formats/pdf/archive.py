"""What makes a PDF for good: the claim to PDF/UA beside that to PDF/A, and files within it.

The engine makes one claim at a time, and dates attached files by the clock.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import Any

import pydyf
from weasyprint.css import ColorProfile

from reglet.formats.pdf.patching import in_place_of

_MEDIA_TYPES = {
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "json": "application/json",
    "bib": "text/x-bibtex",
}
_END = b"\nendstream"
_UA = "http://www.aiim.org/pdfua/ns/id/"
_CLAIM = f"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_UA}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
_SECOND_CLAIM = f"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="{_UA}">
<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>
</rdf:Description>
"""


@dataclass(frozen=True, slots=True)
class Standard:
    """What a PDF is to hold: the engine's name for its level of PDF/A, and its claim to PDF/UA."""

    variant: str
    claim: str


STANDARDS = {"ua-1": Standard("pdf/a-3a", _CLAIM), "ua-2": Standard("pdf/a-4f", _SECOND_CLAIM)}
"""PDF/UA-1 and PDF/A-3a, or PDF/UA-2 and PDF/A-4f, by what editions call them."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file to go within a PDF: `relationship` to it is "Data" or "Source" (ISO 19005-3 §6.8)."""

    path: str
    data: bytes
    relationship: str
    description: str


def srgb() -> ColorProfile:
    """Return the colours that the file means; of its own accord the engine leaves their file open.

    To be the document's profile of any name, while the output intent is not called "srgb".
    """
    data = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    return ColorProfile(BytesIO(data), "sRGB", "relative-colorimetric", (["r"], ["g"], ["b"]))


def claim_both(metadata: Any, claim: str, *, holds_files: bool) -> None:
    """Let a document's metadata claim PDF/UA beside what the engine has it claim.

    PDF/A-3 needs the claim's schema told, since it knows no other than its own (ISO 19005-3
    §6.6.2.3). PDF/A-4f is for what holds files; without, it is plain PDF/A-4 (ISO 19005-4 §6.9).
    """
    engine: Callable[..., bytes] = type(metadata).generate_rdf_metadata

    def both(*call: object) -> bytes:
        written = engine(metadata, *call)
        if not holds_files:
            written = written.replace(b' pdfaid:conformance="F"', b"")
        return written.replace(b"</rdf:RDF>", claim.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = both


def attach(pdf: Any, attached: Sequence[Attached], moment: str) -> None:
    """Put files, changed at `moment` (ISO 8601), into a `pydyf.PDF` in the order of their names."""
    names = pydyf.Array()
    specs = pydyf.Array()
    date = f"D:{re.sub('[^0-9]', '', moment)}Z" if moment else ""
    for file in sorted(attached, key=lambda item: (not item.path.isascii(), item.path)):
        spec = _specification(pdf, file, date)
        names.extend([spec["UF"], spec.reference])
        specs.append(spec.reference)
    if not specs:
        return
    held = pydyf.Dictionary({"Names": names})
    pdf.add_object(held)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = held.reference
    pdf.catalog["AF"] = specs


def keep_plain(pdf: Any) -> None:
    """Interpolate no picture, whatever a theme says, and leave the metadata uncompressed.

    PDF/A asks for both.
    """
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream):
            if "Interpolate" in item.extra:
                item.extra["Interpolate"] = "false"
            if item.extra.get("Type") == "/Metadata":
                item.compress = False


def whole_streams() -> AbstractContextManager[None]:
    """Let streams that end with a carriage return be as long as they say, while the context lasts.

    The line feed behind such a one, which pydyf 0.13 writes, makes one end of line with it.
    """
    engine = pydyf.Stream.data.fget

    def data(stream: Any) -> bytes:
        written: bytes = engine(stream)
        body = written.removesuffix(_END)
        return body + b"\r" + _END if body.endswith(b"\r") else written

    return in_place_of(pydyf.Stream, "data", property(data))


def _specification(pdf: Any, file: Attached, date: str) -> Any:
    """Add a file and what is said of it (ISO 32000-1 §7.11.3)."""
    name = pydyf.String(file.path.replace("/", "-"))  # with folders, few readers save it
    suffix = file.path.rpartition(".")[2]
    subtype = _MEDIA_TYPES.get(suffix, "application/octet-stream").replace("/", "#2f")
    stream = pydyf.Stream(
        [file.data],
        {
            "Type": "/EmbeddedFile",
            "Subtype": f"/{subtype}",
            "Params": pydyf.Dictionary({"Size": len(file.data), "ModDate": pydyf.String(date)}),
        },
        compress=True,
    )
    pdf.add_object(stream)
    held = pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})
    spec = pydyf.Dictionary(
        {
            "Type": "/Filespec",
            "F": name,
            "UF": name,
            "EF": held,
            "Desc": pydyf.String(file.description),
            "AFRelationship": f"/{file.relationship}",
        }
    )
    pdf.add_object(spec)
    return spec

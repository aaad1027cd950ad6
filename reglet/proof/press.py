"""A PDF that claims PDF/X-4 in, what its structure says of that out (ISO 15930-7).

No validator of PDF/X is free, so this is reglet's own: it reads the file as it is, whoever wrote
it, and holds the ink of all that is drawn against the limit of the file's own profile.
"""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from reglet import __version__
from reglet.proof.finding import Finding, Verdict, shortened
from reglet.proof.inked import COLOUR_RULES, dictionaries

X_4 = "PDF/X-4"

_NAMESPACE = "http://www.npes.org/pdfx/ns/id/"
_FACTS = (
    "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID",
    "xmpMM:RenditionClass", "xmpMM:VersionID", "dc:title",
)  # fmt: skip
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_NEAR = 0.01  # pt that boxes may be off by

Rule = Callable[[Any], Iterator[str]]
"""Takes a `pikepdf.Pdf` and yields what is wrong with it."""


def claims_press(facts: Mapping[str, Any]) -> bool:
    """Tell whether a file's metadata, as pikepdf reads them, claim PDF/X-4."""
    return str(facts.get(f"{{{_NAMESPACE}}}GTS_PDFXVersion", "")) == X_4


def prove_press(data: bytes) -> Finding:
    """Hold a file against the structure that PDF/X-4 asks for."""
    import pikepdf  # heavy

    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            faults = list(dict.fromkeys(fault for rule in RULES for fault in rule(pdf)))
    except (
        pikepdf.PikepdfError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as error:
        return Finding(X_4, "reglet", __version__, Verdict.FAILED, detail=(f"broken: {error}",))
    verdict = Verdict.FAILED if faults else Verdict.PASSED
    return Finding(X_4, "reglet", __version__, verdict, len(RULES), shortened(faults))


def _file(pdf: Any) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "the file is encrypted"
    if tuple(map(int, pdf.pdf_version.split("."))) > (1, 6):
        yield f"its version is {pdf.pdf_version}, over 1.6"
    if "/ID" not in pdf.trailer:
        yield "the file has no ID"


def _metadata(pdf: Any) -> Iterator[str]:
    with pdf.open_metadata() as facts:
        if not claims_press(facts):
            yield "its metadata do not claim PDF/X-4"
        yield from (f"its metadata lack {key}" for key in _FACTS if not facts.get(key))
        trapped = str(facts.get("pdf:Trapped", ""))
    if trapped not in ("True", "False"):
        yield "its metadata do not say whether it is trapped"
    if str(pdf.docinfo.get("/Trapped", "/False")) not in ("/True", "/False"):
        yield "it does not say whether it is trapped"


def _intent(pdf: Any) -> Iterator[str]:
    intents = [item for item in pdf.Root.get("/OutputIntents", ()) if item.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"it has {len(intents)} output intents for print"
        return
    if not str(intents[0].get("/OutputConditionIdentifier", "")):
        yield "its output intent does not name the printing condition"
    profile = intents[0].get("/DestOutputProfile")
    if profile is None:
        yield "its output intent has no profile"
        return
    head = profile.read_bytes()[:128]
    if head[12:16] != b"prtr" or head[16:20] != b"CMYK" or int(profile.get("/N", 0)) != 4:
        yield "the profile of its output intent is none of a press with four inks"


def _boxes(pdf: Any) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        where = f"page {number}"
        if ("/TrimBox" in page.obj) == ("/ArtBox" in page.obj):
            yield f"{where} has not one of TrimBox and ArtBox"
        if "/UserUnit" in page.obj:
            yield f"{where} has units of its own"
        trim = page.obj.get("/TrimBox", page.obj.get("/ArtBox", page.mediabox))
        bleed = page.obj.get("/BleedBox", trim)
        for inner, outer, words in (
            (trim, bleed, "its trim leaves its bleed"),
            (bleed, page.mediabox, "its bleed leaves the sheet"),
        ):
            if not _within([float(side) for side in inner], [float(side) for side in outer]):
                yield f"{where}: {words}"


def _within(inner: list[float], outer: list[float]) -> bool:
    low = all(i >= o - _NEAR for i, o in zip(inner[:2], outer[:2], strict=True))
    return low and all(i <= o + _NEAR for i, o in zip(inner[2:], outer[2:], strict=True))


def _nothing_live(pdf: Any) -> Iterator[str]:
    for key in ("/OpenAction", "/AA", "/AcroForm"):
        if key in pdf.Root:
            yield f"the file has {key[1:]}"
    names = pdf.Root.get("/Names", {})
    for key in ("/JavaScript", "/EmbeddedFiles"):
        if key in names:
            yield f"the file has {key[1:]}"
    for number, page in enumerate(pdf.pages, start=1):
        if "/AA" in page.obj:
            yield f"page {number} has actions"
        marks = ("/PrinterMark", "/TrapNet")
        if any(item.get("/Subtype") not in marks for item in page.obj.get("/Annots", ())):
            yield f"page {number} has links or other annotations"
    for item in dictionaries(pdf):
        if item.get("/Type") == "/Action" or (item.get("/S") == "/URI" and "/URI" in item):
            yield "the file has actions"


def _fonts(pdf: Any) -> Iterator[str]:
    for item in dictionaries(pdf):
        if item.get("/Type") != "/Font" or item.get("/Subtype") in ("/Type3", "/Type0"):
            continue
        held = item.get("/FontDescriptor", {})
        if not any(key in held for key in _PROGRAMS):
            yield f"the font {str(item.get('/BaseFont', '/?'))[1:]} is not embedded"


def _plain(pdf: Any) -> Iterator[str]:
    for item in dictionaries(pdf):
        if item.get("/Subtype") == "/PS" or item.get("/Subtype2") == "/PS":
            yield "the file holds PostScript"
        if "/OPI" in item or "/Alternates" in item:
            yield "a picture stands for another"
        if item.get("/Type") == "/ExtGState" and ("/TR" in item or item.get("/HTP")):
            yield "a graphics state changes tones"


RULES: tuple[Rule, ...] = (
    _file, _metadata, _intent, _boxes, _nothing_live, _fonts, _plain, *COLOUR_RULES,
)  # fmt: skip

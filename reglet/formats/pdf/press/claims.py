"""What makes a PDF a PDF/X-4 file (ISO 15930-7): its claim, its output intent, and nothing live."""

from uuid import UUID
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reglet.inks import Profile

STANDARD = "PDF/X-4"
REGISTRY = "http://www.color.org"

_LIVE = ("/Outlines", "/Names", "/Dests", "/OpenAction", "/AA", "/AcroForm", "/PageMode")
_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<pdfxid:GTS_PDFXVersion>{standard}</pdfxid:GTS_PDFXVersion>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{producer}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass><xmpMM:VersionID>1</xmpMM:VersionID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def quieten(pdf: pikepdf.Pdf) -> None:
    """Take out all that can be clicked: links, outline and the places that they lead to."""
    for key in _LIVE:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


def claim(pdf: pikepdf.Pdf, profile: Profile, identifier: str, moment: str) -> None:
    """Claim PDF/X-4 for a file of 32 hexadecimal digits, made at `moment` (ISO 8601)."""
    facts = {key: str(pdf.docinfo.get(f"/{key}", "")) for key in ("Title", "Producer", "Creator")}
    packet = _PACKET.format(
        standard=STANDARD,
        title=escape(facts["Title"]),
        producer=escape(facts["Producer"]),
        creator=escape(facts["Creator"]),
        moment=moment,
        uuid=UUID(identifier),
    )
    pdf.docinfo["/Trapped"] = Name("/False")
    metadata = pdf.make_stream(packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = metadata
    pdf.Root.OutputIntents = Array([pdf.make_indirect(_intent(pdf, profile))])


def _intent(pdf: pikepdf.Pdf, profile: Profile) -> Dictionary:
    held = pdf.make_stream(profile.data, N=4, Alternate=Name.DeviceCMYK)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.condition or profile.name),
        Info=String(profile.name),
        DestOutputProfile=held,
    )
    if profile.condition:
        intent.RegistryName = String(REGISTRY)
    return intent

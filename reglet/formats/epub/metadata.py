"""The package document's metadata: a `Report` and what the pages show in, OPF elements out.

EPUB 3.3 §5.5.3; every element is written here, none by EbookLib, which repeats identifiers,
loses languages and dates the book by the local clock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from reglet.formats.names import file_as, identifier
from reglet.model.report import Author, Report

DC = "{http://purl.org/dc/elements/1.1/}"
IDENTIFIER = "identifier"
COVER = "cover-image"

_CREATORS = frozenset({"aut", "cre", "edt"})


@dataclass(frozen=True, slots=True)
class Access:
    """What the metadata says of access to the book; `certified_by` is empty without a claim.

    `credential` is what entitles them to it, in words or as an address, `findings` the address of
    their report.
    """

    features: tuple[tuple[str, str], ...] = ()
    summary: str = ""
    conforms_to: str = ""
    certified_by: str = ""
    credential: str = ""
    findings: str = ""
    pages_of: str = ""  # the file whose pages are listed


class Metadata:
    """Writes elements into one `<metadata>`, each refinement behind what it refines.

    They stand in no namespace, as those that EbookLib makes; the writer gives all of them OPF's.
    """

    def __init__(self, parent: Any) -> None:
        self._metadata = etree.SubElement(parent, "metadata", nsmap={"dc": DC[1:-1]})

    def report(self, report: Report, modified: datetime) -> None:
        """Describe the report: all that `report.yaml` says of it."""
        named = identifier(report)
        self._dc("identifier", named.value, IDENTIFIER)
        if named.codelist:
            self._meta("identifier-type", named.codelist, IDENTIFIER, scheme="onix:codelist5")
        self._meta("dcterms:modified", modified.strftime("%Y-%m-%dT%H:%M:%SZ"))
        self._titles(report)
        for number, author in enumerate(report.authors, 1):
            self._author(author, number)
        self._dc("language", report.lang)
        for name, value in (
            ("publisher", report.publisher),
            ("date", report.date),
            ("rights", report.rights),
            ("description", report.description),
            ("source", report.url),
        ):
            self._dc(name, value)
        for keyword in report.keywords:
            self._dc("subject", keyword)
        self._meta("dcterms:license", report.licence)
        self._meta("schema:version", report.version)
        if report.series:
            self._meta("belongs-to-collection", report.series, id="series")
            self._meta("collection-type", "series", "series")

    def access(self, access: Access) -> None:
        """Describe who can read the book, and who says so."""
        for name, value in access.features:
            self._meta(f"schema:{name}", value)
        self._meta("schema:accessibilitySummary", access.summary)
        if access.conforms_to and access.certified_by:
            self._meta("dcterms:conformsTo", access.conforms_to, id="conformance")
            self._meta("a11y:certifiedBy", access.certified_by, "conformance", id="certifier")
            self._meta_or_link("a11y:certifierCredential", access.credential, "certifier")
            self._meta_or_link("a11y:certifierReport", access.findings, "certifier")
        if access.pages_of:
            self._meta("pageBreakSource", access.pages_of)
            self._dc("source", access.pages_of, "page-source")
            self._meta("source-of", "pagination", "page-source")

    def older_readers(self) -> None:
        """Say what readers of EPUB 2 look for: the cover, and what made the book."""
        for name, content in (("cover", COVER), ("generator", "reglet")):
            etree.SubElement(self._metadata, "meta", name=name, content=content)

    def _titles(self, report: Report) -> None:
        self._dc("title", report.title, "title")
        self._meta("title-type", "main", "title")
        if report.subtitle:
            self._meta("display-seq", "1", "title")
            self._dc("title", report.subtitle, "subtitle")
            self._meta("title-type", "subtitle", "subtitle")
            self._meta("display-seq", "2", "subtitle")

    def _author(self, author: Author, number: int) -> None:
        element = "creator" if author.role in _CREATORS else "contributor"
        id = f"{element}-{number}"
        self._dc(element, author.name, id)
        self._meta("role", author.role, id, scheme="marc:relators")
        self._meta("file-as", file_as(author.name), id)
        if author.orcid:
            self._meta("dcterms:identifier", f"https://orcid.org/{author.orcid}", id)

    def _dc(self, name: str, value: str, id: str = "") -> None:
        if value:
            attributes = {"id": id} if id else {}
            etree.SubElement(self._metadata, f"{DC}{name}", attributes).text = value

    def _meta(
        self, name: str, value: str, refines: str = "", *, id: str = "", scheme: str = ""
    ) -> None:
        if not value:
            return
        given = {"id": id, "property": name, "refines": f"#{refines}" if refines else ""}
        attributes = {key: word for key, word in (given | {"scheme": scheme}).items() if word}
        etree.SubElement(self._metadata, "meta", attributes).text = value

    def _meta_or_link(self, name: str, value: str, refines: str) -> None:
        """Link to what is an address, as EPUB Accessibility 1.1 asks (§4.3.3, §4.3.4)."""
        if not value.startswith(("https://", "http://")):
            self._meta(name, value, refines)
            return
        attributes = {"rel": name, "refines": f"#{refines}", "href": value}
        etree.SubElement(self._metadata, "link", attributes)

"""`manifest.json`: what a build read, what it was made with, and what it made; to and from bytes.

The schema that is published (JSON Schema 2020-12) is made of these models.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from reglet.source.schema import DIALECT

SCHEMA = 1  # a key that changes its meaning makes it 2

Sum = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256, in hexadecimal.")]
Size = Annotated[int, Field(ge=0, description="Its size.")]


class _Facts(BaseModel):
    """Facts that no later version takes away; unknown ones are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class InputRow(_Facts):
    """A file of the report that the build read, or a picture that it fetched."""

    name: str = Field(description="Its path below the report's folder, or its address.")
    bytes: Size
    sha256: Sum

    @property
    def fetched(self) -> bool:
        """Tell whether it came from the network; no path has an address's slashes in it."""
        return "://" in self.name


class Unsigned(_Facts):
    """The file as it was before it was signed: its first bytes."""

    bytes: Size
    sha256: Sum


class FileRow(_Facts):
    """A file that the build made."""

    name: str = Field(description="Its name in the output folder.")
    edition: str = Field(description="The edition that it is; `proof` for what tells of proofs.")
    format: str = Field(description="`pdf`, `epub`, `wrap`, `web` or `proof`.")
    media_type: str = Field(description="Its media type.")
    bytes: Size
    pages: int | None = Field(description="How many pages it has; null where it has none.")
    sha256: Sum
    unsigned: Unsigned | None = Field(
        default=None, description="What a signed PDF is without its signature."
    )


class BuildFacts(_Facts):
    """What was asked, and on what date the files are."""

    editions: list[str] = Field(description="The editions made, in their order.")
    proof: Literal["full", "light"] = Field(description="Which validators were asked.")
    unproven: bool = Field(description="Whether files that fail their proof were made, too.")
    date: AwareDatetime = Field(description="The moment in the files' own dates.")
    dated_by: Literal["SOURCE_DATE_EPOCH", "report", "nothing"] = Field(
        description="Where that moment is from; `nothing` stands for 1980, without a date."
    )


class Engine(_Facts):
    """Reglet itself."""

    version: str = Field(description="Its version.")
    sha256: Sum


class MadeWith(_Facts):
    """All that decides what pages look like, and is not of the report."""

    reglet: Engine = Field(description="reglet; its SHA-256 is that of its files and themes.")
    python: str = Field(description="The version of Python.")
    packages: dict[str, str] = Field(description="Python packages and their versions.")
    libraries: dict[str, str] = Field(description="Shared libraries, as they were loaded.")


class Person(_Facts):
    """An author."""

    name: str = Field(description="The name.")
    role: str = Field(description="MARC relator code.")
    orcid: str | None = Field(default=None, description="ORCID.")


class ReportFacts(_Facts):
    """What the report says of itself; keys of report.yaml, those it does not have left out."""

    title: str = Field(description="The title.")
    subtitle: str | None = Field(default=None, description="What stands below the title.")
    authors: list[Person] | None = Field(default=None, description="Who answers for it.")
    publisher: str | None = Field(default=None, description="Who publishes it.")
    place: str | None = Field(default=None, description="Where.")
    date: str | None = Field(default=None, description="`YYYY-MM-DD`, `YYYY-MM` or `YYYY`.")
    language: str = Field(description="BCP 47 tag.")
    identifier: str | None = Field(default=None, description="ISBN, DOI or URN.")
    version: str | None = Field(default=None, description="Version or printing.")
    rights: str | None = Field(default=None, description="Copyright line.")
    licence: str | None = Field(default=None, description="Web address of the licence.")
    description: str | None = Field(default=None, description="What it is about.")
    keywords: list[str] | None = Field(default=None, description="Words by which it is found.")
    series: str | None = Field(default=None, description="Series it belongs to.")
    url: str | None = Field(default=None, description="Web address where it is published.")


class Manifest(_Facts):
    """The whole list."""

    schema_: Literal[1] = Field(default=1, alias="schema", description="Version of this format.")
    generator: str = Field(description="The program that wrote it.")
    report: ReportFacts = Field(description="What the report says of itself.")
    build: BuildFacts = Field(description="What the build was asked for.")
    made_with: MadeWith = Field(description="What else decides the bytes.")
    inputs: list[InputRow] = Field(description="Files that were read or fetched, by name.")
    files: list[FileRow] = Field(description="Files made, but this one.")

    def to_bytes(self) -> bytes:
        """Write it as JSON; the same facts give the same bytes."""
        facts = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        whole = {"schema": SCHEMA} | facts
        return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


class UnreadableError(ValueError):
    """No manifest of this format; its words say what is wrong."""


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest; raises UnreadableError."""
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        first: Mapping[str, object] = dict(error.errors()[0])
        place = ".".join(map(str, error.errors()[0]["loc"]))
        told = str(first["msg"])
        told = told[:1].lower() + told[1:]
        raise UnreadableError(f"`{place}`: {told}" if place else told) from None


def manifest_schema() -> str:
    """Return the JSON Schema of a manifest, as text."""
    head = {"$schema": DIALECT, "$id": "urn:reglet:schema:manifest"}
    told = {
        "title": "manifest.json",
        "description": "What a build read, what it was made with, and what it made.",
    }
    schema = head | Manifest.model_json_schema(by_alias=True) | told
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"

"""What load returns: everything a report's folder holds, read and checked, nothing interpreted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reglet.model.diagnostic import Outcome
from reglet.model.document import Node
from reglet.model.report import Report
from reglet.model.span import NOWHERE, Span

InlineParser = Callable[[str, Span, str], Outcome[tuple[Node, ...]]]
"""`parse_inline` of the text stage, handed to resolve for Markdown that stands in data."""

YamlPath = tuple[str | int, ...]
"""Keys and indexes from the root of a YAML file: ("attacks", 0, "killed")."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A YAML file's plain value, with the span of each value and (under `keys`) of each key."""

    value: object
    spans: Mapping[YamlPath, Span]
    keys: Mapping[YamlPath, Span] = field(default_factory=dict)

    def at(self, path: YamlPath) -> Span:
        """Return the span of `path`, or of the nearest thing above it that has one."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans.get(path, NOWHERE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text file as read: path below the report's folder, text without BOM, LF ends."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a build has read: its path, its size in bytes, and SHA-256 in hexadecimal.

    What was fetched has its address for a path.
    """

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Work:
    """A source: CSL-JSON fields, names and dates normalised, and its place in a file of sources."""

    key: str
    fields: Mapping[str, object]
    span: Span


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the report: size in pixels (SVG: CSS px), media type, bytes."""

    path: str
    media_type: str
    width: int
    height: int
    data: bytes
    dpi: float = 0.0


@dataclass(frozen=True, slots=True)
class Remote:
    """What became of a picture on the network: its path in `Project.images`, or what is wrong.

    `fault` is the code of a diagnostic, `reason` and `hint` words for it.
    """

    path: str = ""
    fault: str = ""
    reason: str = ""
    hint: str = ""


Fetch = Callable[[str], Remote]
"""`Net.picture` of the source stage, handed to resolve for pictures that stand at an address."""


@dataclass(frozen=True, slots=True)
class Project:
    """A report's folder, read. `folder` holds report.yaml; `root` holds templates/ and output/.

    Both are absolute paths as text; every other path is relative to `folder`.
    """

    root: str
    folder: str
    report: Report
    files: tuple[SourceFile, ...]
    works: Mapping[str, Work] = field(default_factory=dict)
    data: Mapping[str, Tree] = field(default_factory=dict)
    images: Mapping[str, Image] = field(default_factory=dict)
    broken_images: Mapping[str, str] = field(default_factory=dict)  # path -> what is wrong
    templates: Mapping[str, str] = field(default_factory=dict)  # "inquiry/nodes.html" -> text
    styles: Mapping[str, str] = field(default_factory=dict)  # path of a .csl file -> its text
    profiles: Mapping[str, bytes] = field(default_factory=dict)  # path of an ICC profile -> data
    attached: tuple[SourceFile, ...] = ()  # the files of data and sources, by their paths
    inputs: tuple[InputFile, ...] = ()  # all files read, by their paths below `root`, or fetched

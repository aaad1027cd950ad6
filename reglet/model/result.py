"""What a build gives back: the files written, the proofs they passed, and what became of notes."""

from dataclasses import dataclass

from reglet.model.document import Proof


@dataclass(frozen=True, slots=True)
class Written:
    """One file of the output folder; `path` is absolute, `sha256` in hexadecimal."""

    path: str
    edition: str
    format: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class NoteCount:
    """How many notes and calls the report has; of those set on pages, how many came out right."""

    notes: int = 0
    calls: int = 0
    placed: int = 0  # notes of page editions whose place was looked up
    on_call_page: int = 0  # of these, the notes that start on the page of their call
    continued: int = 0  # of these, the notes that go on overleaf


@dataclass(frozen=True, slots=True)
class BuildResult:
    """A finished build. `seconds` is wall-clock time.

    It is `unchanged` where what an earlier build of the same made still stood.
    """

    files: tuple[Written, ...]
    proofs: tuple[Proof, ...] = ()
    notes: NoteCount = NoteCount()
    seconds: float = 0.0
    unchanged: bool = False

"""The door to the report's folder: paths as written come in, checked files and their text go out.

Nothing outside the folder is read, whatever a path says or a link points to.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path, PurePosixPath, PureWindowsPath
from posixpath import normpath

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.limits import USUAL, Limits, raise_hint
from reglet.model.project import InputFile
from reglet.model.span import Span

MEGABYTE = 1_000_000  # bytes

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_DIGITS = re.compile(r"([0-9]+)", re.ASCII)


class RefusedError(Exception):
    """A path that is not read; caught in this package, where it becomes a diagnostic.

    `limit` is the key of the limit that it is over.
    """

    def __init__(self, code: str, reason: str = "", limit: str = "") -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.limit = limit


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sorting key by which `2` stands before `10`."""
    pieces = _DIGITS.split(name.casefold())
    return tuple(
        (0, int(piece), piece) if odd else (1, 0, piece)
        for odd, piece in zip(cycle((False, True)), pieces, strict=False)
        if piece
    )


def relative(path: str) -> str:
    """Return a path below the folder in its plain form; one that leads out raises RefusedError."""
    windows = PureWindowsPath(path)
    if windows.drive or windows.root or path.startswith("~"):
        raise RefusedError("outside-folder")
    plain = normpath(path)
    if plain == ".." or plain.startswith("../"):
        raise RefusedError("outside-folder")
    return plain


@dataclass(frozen=True, slots=True)
class Door:
    """One folder that may be read; `base` is absolute and free of links.

    `label` stands before paths in diagnostics, where they are not below the report's own folder.
    `opened` keeps what was read through this door, and through those made from it.
    """

    base: Path
    label: str = ""
    limits: Limits = USUAL
    opened: dict[str, InputFile] = field(default_factory=dict, compare=False, repr=False)

    def locate(self, path: str) -> Path:
        """Return where the file is; raises RefusedError for one that is not there or not ours."""
        try:
            place = (self.base / relative(path)).resolve()
            if not place.is_relative_to(self.base):
                raise RefusedError("outside-folder")
            if not place.exists():
                raise RefusedError("missing-file")
            if not place.is_file():
                raise RefusedError("unreadable-file", "it is not a file")
        except (OSError, RuntimeError, ValueError) as error:
            raise RefusedError("unreadable-file", _reason(error)) from error
        return place

    def read(self, path: str, limit: str) -> bytes:
        """Read a file no larger than the limit of that name; raises RefusedError."""
        place, most = self.locate(path), self.limits[limit] * MEGABYTE
        try:
            with place.open("rb") as file:
                data = file.read(most + 1)
        except OSError as error:
            raise RefusedError("unreadable-file", _reason(error)) from error
        if len(data) > most:
            raise RefusedError("file-limit", self.limits.worded(limit), limit)
        name = relative(path)
        self.opened[name] = InputFile(name, len(data), hashlib.sha256(data).hexdigest())
        return data

    def text(
        self, path: str, span: Span | None = None, known: Iterable[str] = ()
    ) -> Outcome[str | None]:
        """Read a text file, without byte order mark and with LF line ends.

        `span` is where the path is written, `known` what it may have been meant to say.
        """
        place = span or Span(self.label + path)
        try:
            data = self.read(path, "file-size")
        except RefusedError as refused:
            return Outcome(None, (self.diagnose(refused, path, place, known),))
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return Outcome(None, (self._undecoded(path, data, error),))
        return Outcome(text.replace("\r\n", "\n").replace("\r", "\n"))

    def diagnose(
        self, refused: RefusedError, path: str, span: Span, known: Iterable[str] = ()
    ) -> Diagnostic:
        """Tell why a path is not read."""
        shown = self.label + path
        if refused.code == "missing-file":
            return diagnose("missing-file", span, nearest(path, known), path=shown)
        if refused.code == "file-limit":
            hint = f"make it smaller, or {raise_hint(refused.limit)}"
            return diagnose("file-limit", span, hint, path=shown, limit=refused.reason)
        if refused.code == "unreadable-file":
            hint = "see that it is a file, and that you may read it"
            return diagnose("unreadable-file", span, hint, path=shown, reason=refused.reason)
        return diagnose("outside-folder", span, path=shown)

    def _undecoded(self, path: str, data: bytes, error: UnicodeDecodeError) -> Diagnostic:
        """Tell where the first byte stands that is not UTF-8."""
        shown = self.label + path
        if kind := _MARKS.get(data[:2]):
            reason = f"it is {kind}, not UTF-8"
            return diagnose("unreadable-file", Span(shown), path=shown, reason=reason)
        before = data[: error.start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        lines = before.split("\n")
        span = Span(shown, len(lines), len(lines[-1]) + 1)
        reason = f"the byte {data[error.start]:02X} is not UTF-8"
        return diagnose("unreadable-file", span, path=shown, reason=reason)

    def has(self, path: str) -> bool:
        """Tell whether there is anything at `path`, be it only a link to elsewhere."""
        place = self.base / path
        return place.is_symlink() or place.exists()

    def files(
        self, folder: str, suffixes: Iterable[str], *, deep: bool = False
    ) -> Outcome[list[str]]:
        """List the files of a folder by their natural order, hidden ones left out."""
        wanted = frozenset(suffixes)
        found: list[str] = []
        diagnostics: list[Diagnostic] = []
        for path, refused in self._walk(folder, set(), deep=deep):
            if refused and refused.limit:
                over = self.diagnose(refused, path, Span(self.label + path))
                return Outcome([], (over,))
            if refused:
                diagnostics.append(self.diagnose(refused, path, Span(self.label + path)))
            elif PurePosixPath(path).suffix.lower() in wanted:
                if shown := _not_text(path):
                    told = {"path": self.label + shown, "reason": "its name is not UTF-8"}
                    span, hint = Span(self.label + shown), "give it another name"
                    diagnostics.append(diagnose("unreadable-file", span, hint, **told))
                else:
                    found.append(path)
        return Outcome(sorted(found, key=natural), tuple(diagnostics))

    def _walk(
        self, folder: str, seen: set[Path], *, deep: bool
    ) -> Iterator[tuple[str, RefusedError | None]]:
        """Yield the files of a folder; a folder that cannot be read comes with its reason."""
        try:
            entries = self._entries(folder, seen)
        except RefusedError as refused:
            yield folder, refused
            return
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if len(seen) > self.limits["files"]:
                yield folder, RefusedError("file-limit", self.limits.worded("files"), "files")
                return
            if entry.is_dir():
                if deep:
                    yield from self._walk(path, seen, deep=True)
            else:
                seen.add(entry)
                yield path, None

    def _entries(self, folder: str, seen: set[Path]) -> list[Path]:
        """Return what a folder holds: nothing where it is not there, or was seen before."""
        try:
            place = (self.base / folder).resolve()
            inside = place.is_relative_to(self.base)
            entries = sorted(place.iterdir()) if inside and place.is_dir() else []
        except (OSError, RuntimeError) as error:
            raise RefusedError("unreadable-file", _reason(error)) from error
        if not inside:
            raise RefusedError("outside-folder")
        if place in seen:
            return []
        seen.add(place)
        return entries


def _not_text(path: str) -> str:
    """Return a path whose bytes are not UTF-8 as it can be shown; nothing for any other."""
    shown = path.encode("utf-8", "backslashreplace").decode()
    return "" if shown == path else shown


def _reason(error: Exception) -> str:
    """Return what the system says, in small letters and without the path."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return words[:1].lower() + words[1:]

"""Files held against a manifest that lists them: bytes in, what differs and what that means out."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reglet.manifest.model import FileRow, MadeWith, Manifest, UnreadableError, read_manifest
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.limits import Limits
from reglet.model.span import Span
from reglet.source.door import Door, RefusedError

PROOF = "proof"  # the format of files that tell of proofs, which `reglet proof` writes anew
REWRITTEN = "`reglet proof` writes it anew, by the validators that it finds"

_MOST = Limits({"file-size": 100, "picture-size": 300})  # what any report may ask for


def read_listing(path: Path, shown: str) -> Outcome[Manifest | None]:
    """Read a manifest from the disk."""
    try:
        return Outcome(read_manifest(path.read_bytes()))
    except FileNotFoundError:
        return Outcome(None, (diagnose("no-manifest", Span(shown), path=shown),))
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
    except UnreadableError as error:
        reason = str(error)
    return Outcome(None, (diagnose("bad-manifest", Span(shown), path=shown, reason=reason),))


def hold_inputs(manifest: Manifest, root: Path) -> Iterator[Diagnostic]:
    """Compare the files of a report with those that the build read."""
    door = Door(root.resolve(), limits=_MOST)
    for row in manifest.inputs:
        try:
            same = _sum(door.read(row.name, "picture-size")) == row.sha256
        except RefusedError:
            state = "cannot be read; the build read it"
        else:
            state = "" if same else "is not what the build read"
        if state:
            yield diagnose("input-differs", Span(row.name), path=row.name, state=state)


def hold_versions(built: MadeWith, here: MadeWith) -> Iterator[Diagnostic]:
    """Compare what a build was made with, and what is here."""
    pairs = [
        ("reglet", built.reglet.version, here.reglet.version),
        ("Python", built.python, here.python),
        *_pairs(built.packages, here.packages),
        *_pairs(built.libraries, here.libraries),
    ]
    found = [(name, before, now) for name, before, now in pairs if before != now]
    if not found and built.reglet.sha256 != here.reglet.sha256:
        found = [("reglet", f"{built.reglet.version} with other files", here.reglet.version)]
    for name, before, now in found:
        told = diagnose("version-differs", Span(name), name=name, found=now, built=before)
        yield replace(told, severity=Severity.WARNING)


def _pairs(built: dict[str, str], here: dict[str, str]) -> list[tuple[str, str, str]]:
    names = sorted({*built, *here})
    return [(name, built.get(name, "not there"), here.get(name, "not there")) for name in names]


def hold_files(rows: Sequence[FileRow], folder: Path) -> Iterator[Diagnostic]:
    """Compare the files of an output folder with those that the build made."""
    door = Door(folder.resolve())
    for row in rows:
        try:
            data = door.locate(row.name).read_bytes()
        except (RefusedError, OSError):
            yield _differs(row, "is not there, or cannot be read")
        else:
            yield from hold_file(row, data)


def hold_file(row: FileRow, data: bytes) -> Iterator[Diagnostic]:
    """Compare the bytes of one file with its row."""
    if _sum(data) != row.sha256:
        yield _differs(row, "is not the file that was built: its bytes are others")


def find_row(manifest: Manifest, name: str, data: bytes) -> FileRow | None:
    """Find the row of a file by its name, or, under another name, by its bytes."""
    named = [row for row in manifest.files if row.name == name]
    return next(iter(named or [row for row in manifest.files if row.sha256 == _sum(data)]), None)


def unlisted(name: str) -> Diagnostic:
    """Tell that a file is none of those that the build made."""
    return diagnose(
        "file-differs", Span(name), file=name, state="is none of the files that the manifest lists"
    )


def _differs(row: FileRow, state: str) -> Diagnostic:
    told = diagnose("file-differs", Span(row.name), file=row.name, state=state)
    mild = row.format == PROOF
    return replace(told, severity=Severity.WARNING, hint=REWRITTEN) if mild else told


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

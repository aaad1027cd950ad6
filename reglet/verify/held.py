"""Files held against a manifest that lists them: bytes in, what differs and what that means out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from reglet.manifest.model import FileRow, MadeWith, Manifest, UnreadableError, read_manifest
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.limits import Limits
from reglet.model.span import Span
from reglet.proof.finding import Verdict
from reglet.proof.signatures import is_signed, prove_signatures
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
        if row.fetched:
            continue
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


@dataclass(frozen=True, slots=True)
class Held:
    """Finished files as they were held against a manifest: rows with their bytes, None if gone."""

    manifest: Manifest
    files: tuple[tuple[FileRow, bytes | None], ...]
    diagnostics: tuple[Diagnostic, ...]


def hold_files(manifest: Manifest, folder: Path) -> Held:
    """Compare the files of an output folder with those that the build made."""
    door = Door(folder.resolve())
    files: list[tuple[FileRow, bytes | None]] = []
    for row in manifest.files:
        try:
            files.append((row, door.locate(row.name).read_bytes()))
        except (RefusedError, OSError):
            files.append((row, None))
    return Held(manifest, tuple(files), tuple(told for pair in files for told in _hold(*pair)))


def hold_file(manifest: Manifest, name: str, data: bytes) -> Held:
    """Compare one file, which is known by its name or, under another, by its bytes."""
    named = (row for row in manifest.files if row.name == name)
    same = (row for row in manifest.files if row.sha256 == _sum(data[: row.bytes]))
    row = next(named, None) or next(same, None)
    if row is None:
        state = "is none of the files that the manifest lists"
        return Held(manifest, (), (diagnose("file-differs", Span(name), file=name, state=state),))
    shown = row.model_copy(update={"name": name})
    return Held(manifest, ((row, data),), tuple(_hold(shown, data)))


def _hold(row: FileRow, data: bytes | None) -> Iterator[Diagnostic]:
    """Compare bytes with their row; a file that was signed since begins with those built."""
    if data is None:
        yield _differs(row, "is not there, or cannot be read")
    elif _sum(data) == row.sha256:
        return
    elif _sum(data[: row.bytes]) != row.sha256:
        yield _differs(row, "is not the file that was built: its bytes are others")
    elif not is_signed(data):
        yield _differs(row, "has more in it than the file that was built")
    elif (found := prove_signatures(data)).verdict is not Verdict.PASSED:
        reason = "; ".join(found.detail)
        yield _differs(row, f"was signed after it was built, and the signature fails: {reason}")


def _differs(row: FileRow, state: str) -> Diagnostic:
    told = diagnose("file-differs", Span(row.name), file=row.name, state=state)
    mild = row.format == PROOF
    return replace(told, severity=Severity.WARNING, hint=REWRITTEN) if mild else told


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

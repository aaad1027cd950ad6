"""What was proven of a folder's files, as `proof.json`: findings in, bytes out, and back.

The same files and validators give the same bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reglet import __version__
from reglet.model.document import Built, Proof
from reglet.model.report import Edition
from reglet.proof.files import SUFFIXES, prove_data, prove_file
from reglet.proof.finding import Finding, Verdict

RECORD = "proof.json"
SCHEMA = 1  # a key that changes its meaning makes it 2
NOTES = "notes"  # the standard that only a build can prove

_NO_NOTES = Finding(
    NOTES, "reglet", __version__, Verdict.NOT_PROVEN, detail=("only a build can prove its notes",)
)


def record_build(builts: Sequence[Built], proofs: Iterable[Proof]) -> Built:
    """Set down what a build has proven of its files."""
    notes = {proof.file: proof for proof in proofs if proof.standard == NOTES}
    rows = [
        _row(built.filename, built.data, [*_notes(notes.get(built.filename)), *found])
        for built in builts
        if (found := list(prove_data(built.filename, built.data)))
    ]
    return Built(Edition("proof", "proof"), RECORD, "application/json", _bytes(rows))


def prove_folder(folder: Path) -> dict[str, tuple[Finding, ...]]:
    """Check all PDFs and EPUBs of a folder; raises OSError."""
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    known = _read(folder / RECORD)
    return {path.name: tuple(_proven(path, known)) for path in files}


def record_folder(folder: Path, found: Mapping[str, Sequence[Finding]]) -> bytes:
    """Set down what was found of a folder's files; raises OSError."""
    return _bytes([_row(name, (folder / name).read_bytes(), held) for name, held in found.items()])


def _proven(path: Path, known: Mapping[tuple[str, str], Finding]) -> Iterator[Finding]:
    """Check a file; what the build said of its notes holds as long as the file is the same."""
    if path.suffix == ".pdf":
        yield known.get((path.name, _checksum(path.read_bytes())), _NO_NOTES)
    yield from prove_file(path)


def _notes(proof: Proof | None) -> Iterator[Finding]:
    if proof is not None:
        verdict = Verdict.PASSED if proof.passed else Verdict.FAILED
        yield Finding(NOTES, "reglet", __version__, verdict, detail=(proof.detail,))


def _row(name: str, data: bytes, found: Iterable[Finding]) -> dict[str, object]:
    return {"name": name, "sha256": _checksum(data), "proofs": [_facts(item) for item in found]}


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "standard": finding.standard,
        "validator": finding.validator,
        "version": finding.version,
        "verdict": str(finding.verdict),
        "rules": finding.rules,
        "detail": list(finding.detail),
    }


def _bytes(rows: Sequence[Mapping[str, object]]) -> bytes:
    facts = {"schema": SCHEMA, "generator": f"reglet {__version__}", "files": rows}
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()


def _read(path: Path) -> dict[tuple[str, str], Finding]:
    """Return what a record says of notes, by name and checksum of the file; nothing if damaged."""
    try:
        rows = json.loads(path.read_bytes())["files"]
        return {
            (str(row["name"]), str(row["sha256"])): Finding(
                NOTES,
                str(held["validator"]),
                str(held["version"]),
                Verdict(held["verdict"]),
                detail=tuple(map(str, held["detail"])),
            )
            for row in rows
            for held in row["proofs"]
            if held["standard"] == NOTES
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

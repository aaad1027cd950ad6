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
from reglet.proof.files import SUFFIXES, prove_files
from reglet.proof.finding import Finding, Verdict

RECORD = "proof.json"
SCHEMA = 1  # a key that changes its meaning makes it 2
NOTES = "notes"  # the standard that only a build can prove

_NO_NOTES = Finding(
    NOTES, "reglet", __version__, Verdict.NOT_PROVEN, detail=("only a build can prove its notes",)
)


def record_build(builts: Sequence[Built], proofs: Sequence[Proof]) -> Built:
    """Set down what a build has proven of its files, and what it leaves to `prove_folder`."""
    rows = []
    for built in builts:
        if found := [_found(proof) for proof in proofs if proof.file == built.filename]:
            rows.append(_row(built.filename, built.data, found))
    return Built(Edition("proof", "proof"), RECORD, "application/json", _bytes(rows))


def prove_folder(folder: Path) -> dict[str, tuple[Finding, ...]]:
    """Check all PDFs and EPUBs of a folder; raises OSError."""
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    known = _read(folder / RECORD)
    found = prove_files(files)
    return {path.name: (*_notes(path, known), *found[path]) for path in files}


def record_folder(folder: Path, found: Mapping[str, Sequence[Finding]]) -> bytes:
    """Set down what was found of a folder's files; raises OSError."""
    return _bytes([_row(name, (folder / name).read_bytes(), held) for name, held in found.items()])


def _notes(path: Path, known: Mapping[tuple[str, str], Finding]) -> Iterator[Finding]:
    """Return what the build said of a PDF's notes, which holds as long as the file is the same."""
    if path.suffix == ".pdf":
        yield known.get((path.name, _checksum(path.read_bytes())), _NO_NOTES)


def _found(proof: Proof) -> Finding:
    validator, _, number = proof.checker.partition(" ")
    verdict = Verdict.PASSED if proof.passed else Verdict.FAILED
    verdict = verdict if proof.proven else Verdict.NOT_PROVEN
    detail = (*([proof.detail] if proof.detail else []), *proof.faults)
    return Finding(proof.standard, validator, number, verdict, proof.rules, detail)


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

"""What a build was given in, what the last build of the same made out, where that still stands.

The key is the manifest, but for its files: what a build reads, what it is made with, and what was
asked. What was told then is kept under it, and told again.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reglet.changeover import is_unfinished
from reglet.manifest.model import Manifest
from reglet.model.diagnostic import Diagnostic, Severity
from reglet.model.document import Proof
from reglet.model.result import BuildResult, NoteCount, Written
from reglet.model.span import Span
from reglet.store import Store
from reglet.write import checksum


@dataclass(frozen=True, slots=True)
class Standing:
    """What would be made in `folder`, by the `key` of all that it depends on."""

    key: str
    folder: Path
    store: Store | None
    asks: bool = False  # other programs

    def found(self) -> tuple[BuildResult, tuple[Diagnostic, ...]] | None:
        """Return what was built and told, where all files stand as they were made."""
        kept = self.store.get(self.key) if self.store else None
        if kept is None or is_unfinished(self.folder):
            return None
        try:
            result, told = _read(json.loads(kept), self.folder)
        except (ValueError, TypeError, KeyError):
            return None  # of another form
        whole = all(checksum(Path(file.path)) == file.sha256 for file in result.files)
        return (result, told) if whole else None

    def keep(self, result: BuildResult, told: Sequence[Diagnostic]) -> None:
        """Keep what was built and told, unless a program was asked that gave no answer."""
        proven = all(proof.proven for proof in result.proofs)
        if self.store is None or (self.asks and not proven):
            return
        plain = {"result": asdict(result), "told": [asdict(item) for item in told]}
        self.store.put(self.key, json.dumps(plain).encode())


def standing(facts: Manifest, folder: Path, store: Store | None, *besides: object) -> Standing:
    """Name what is built of the `facts` of a manifest, which depends on `besides`, too."""
    key = f"standing {facts.to_bytes().decode()} {besides!r}"
    return Standing(key, folder, store, asks=facts.build.proof == "full")


def _read(plain: dict[str, Any], folder: Path) -> tuple[BuildResult, tuple[Diagnostic, ...]]:
    """Read what was kept, for files that are to stand in `folder`."""
    result = plain["result"]
    made = BuildResult(
        files=tuple(
            Written(**row | {"path": str(folder.absolute() / Path(row["path"]).name)})
            for row in result["files"]
        ),
        proofs=tuple(Proof(**row | {"faults": tuple(row["faults"])}) for row in result["proofs"]),
        notes=NoteCount(**result["notes"]),
    )
    told = (
        Diagnostic(**row | {"span": Span(**row["span"]), "severity": Severity(row["severity"])})
        for row in plain["told"]
    )
    return made, tuple(told)

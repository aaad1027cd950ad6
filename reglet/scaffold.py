"""Makes a new report: a small one that builds at once and shows what there is.

In comes a folder, out go the sample's files and the JSON Schemas that editors read.
"""

import json
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from reglet.model.diagnostic import Outcome
from reglet.write import write_new

KINDS = ("report", "sources", "data")

_RENAMED = {"gitignore": ".gitignore"}  # under its own name it would hide files of reglet's
_TODAY = b"DATE"


def is_free(folder: Path) -> bool:
    """Tell whether `folder` is empty, or not there yet."""
    if not folder.exists() and not folder.is_symlink():
        return True
    return folder.is_dir() and not any(folder.iterdir())


def lay_out(folder: Path) -> Outcome[tuple[Path, ...]]:
    """Write the sample report into `folder`, and return the paths of its files."""
    sample = dict(_below(files("reglet") / "scaffold_report"))
    sample["report.yaml"] = sample["report.yaml"].replace(_TODAY, _today(), 1)
    schemas = {f".schema/{kind}.json": schema_text(kind).encode() for kind in KINDS}
    return write_new(sample | schemas, folder)


def schema_text(kind: str) -> str:
    """Return the JSON Schema of a kind of YAML file, one of `KINDS`, as text."""
    from reglet.source.schema import json_schema  # heavy: pydantic

    return json.dumps(json_schema(kind), ensure_ascii=False, indent=2) + "\n"


def _today() -> bytes:
    return date.today().isoformat().encode()


def _below(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = path + _RENAMED.get(entry.name, entry.name)
        if entry.is_dir():
            yield from _below(entry, f"{name}/")
        else:
            yield name, entry.read_bytes()

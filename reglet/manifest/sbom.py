"""What reglet stands on, as CycloneDX 1.6: installed packages in, a list of dependencies out.

The same packages give the same bytes: the list has no time and no number of its own.
"""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from reglet.manifest import versions

LOCK = "requirements.lock"

_NAMED = re.compile(r"([A-Za-z0-9._-]+)==([^ \\;]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_SPACE = uuid.UUID("5f0c6f0e-54a4-5e0f-9f58-d2b1b8b2f7a1")  # of our own, for names (RFC 9562, 5.5)

Json = dict[str, object]


def list_dependencies(extras: frozenset[str] = frozenset()) -> bytes:
    """List reglet, what it needs, and what that needs, as far as it is installed."""
    found = versions.packages(extras)
    own = metadata.distribution(versions.NAME)
    sums = read_lock(lock_text())
    rows: Json = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component(own, {}) | {"type": "application"}},
        "components": [_component(item, sums) for item in found.values()],
        "dependencies": [
            {"ref": _purl(item), "dependsOn": sorted(_needs(item, found))}
            for item in (own, *found.values())
        ],
    }
    serial = uuid.uuid5(_SPACE, json.dumps(rows, sort_keys=True))
    whole = rows | {"serialNumber": f"urn:uuid:{serial}"}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def lock_text() -> str:
    """Return the lock file: that of the package, or of the checkout; empty where there is none."""
    inside = files("reglet") / LOCK
    beside = Path(__file__).resolve().parents[2] / LOCK
    return next((path.read_text("utf-8") for path in (inside, beside) if path.is_file()), "")


def read_lock(text: str) -> dict[tuple[str, str], list[str]]:
    """Return the SHA-256 of every file on PyPI of each release that a lock file names."""
    sums: dict[tuple[str, str], list[str]] = {}
    rows: list[str] = []
    for line in text.splitlines():
        if named := _NAMED.match(line):
            rows = sums.setdefault((canonicalize_name(named[1]), named[2]), [])
        rows += _HASH.findall(line)
    return sums


def _component(item: metadata.Distribution, sums: Mapping[tuple[str, str], list[str]]) -> Json:
    name = canonicalize_name(item.metadata["Name"])
    about = _field(item, "Summary")
    row: Json = {
        "type": "library",
        "bom-ref": _purl(item),
        "name": name,
        "version": item.version,
        "purl": _purl(item),
    }
    row |= {"description": about} if about else {}
    licences = [*_licences(item)]
    row |= {"licenses": licences} if licences else {}
    hashes = [{"alg": "SHA-256", "content": value} for value in sums.get((name, item.version), [])]
    if hashes:
        page = f"https://pypi.org/project/{name}/{item.version}/"
        row["externalReferences"] = [{"type": "distribution", "url": page, "hashes": hashes}]
    return row


def _licences(item: metadata.Distribution) -> Iterator[Json]:
    """Yield what a package says of its licence: an SPDX expression, or words and classifiers."""
    if expression := _field(item, "License-Expression"):
        yield {"expression": expression}
        return
    given = _field(item, "License")
    told = [
        line.rpartition(" :: ")[2]
        for line in item.metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    short = [given] if given and "\n" not in given and len(given) < 100 else []
    for name in dict.fromkeys(short or told):
        yield {"license": {"name": name}}


def _field(item: metadata.Distribution, name: str) -> str:
    return str((item.metadata.get_all(name) or [""])[0])


def _needs(item: metadata.Distribution, found: Mapping[str, metadata.Distribution]) -> set[str]:
    names = {canonicalize_name(Requirement(line).name) for line in item.requires or []}
    return {_purl(found[name]) for name in names & found.keys()}


def _purl(item: metadata.Distribution) -> str:
    """Name a package as a package URL (ECMA-427)."""
    return f"pkg:pypi/{canonicalize_name(item.metadata['Name'])}@{item.version}"

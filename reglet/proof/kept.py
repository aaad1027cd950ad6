"""What validators said of files, kept for later builds that make the same files."""

import json
from dataclasses import asdict
from hashlib import sha256

from reglet.proof.files import prove_data
from reglet.proof.finding import Finding, Verdict
from reglet.versions import made_by
from reglet.workshop import Keeping

_VALIDATORS = ("page-validation", "pikepdf", "lxml", "tinycss2", "pillow")

File = tuple[str, bytes]
"""A file's name and bytes."""


def check_alone(file: File, _: None) -> tuple[Finding, ...]:
    """Hold a file against what it promises, by what needs no other program."""
    return tuple(prove_data(*file))


def _key(file: File, _: None) -> str:
    name, data = file
    return f"proof {name.rpartition('.')[2]} {sha256(data).hexdigest()} {made_by(_VALIDATORS)}"


def _pack(findings: tuple[Finding, ...]) -> bytes:
    return json.dumps([asdict(finding) for finding in findings]).encode()


def _unpack(data: bytes) -> tuple[Finding, ...]:
    return tuple(
        Finding(**item | {"verdict": Verdict(item["verdict"]), "detail": tuple(item["detail"])})
        for item in json.loads(data)
    )


KEEPING: Keeping[File, None, tuple[Finding, ...]] = Keeping(_key, _pack, _unpack)

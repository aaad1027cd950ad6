"""Sums a finished build up for people: files, proofs and notes, one line each."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from reglet.model.document import Proof
from reglet.model.result import BuildResult, Written


def summarise(result: BuildResult) -> str:
    """Word what was built; ends with a line end."""
    names = [_shown(file.path) for file in result.files]
    wide = max(map(len, names), default=0)
    rows = [
        f"{name:<{wide}}  {_facts(file, result.proofs)}".rstrip()
        for name, file in zip(names, result.files, strict=True)
    ]
    done = "nothing to build anew: looked through in" if result.unchanged else "built in"
    closing = [*_notes(result), f"{done} {result.seconds:.1f} s"]
    return "\n".join([*rows, *closing[:-2], "; ".join(closing[-2:]), ""])


def size(count: int) -> str:
    """Word a number of bytes with the units that file managers show: "4 kB", "1.2 MB"."""
    for unit, scale in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= scale:
            number = count / scale
            return f"{number:.1f} {unit}" if number < 10 else f"{number:.0f} {unit}"
    return f"{count} B"


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative


def _facts(file: Written, proofs: Sequence[Proof]) -> str:
    facts = [f"{size(file.size):>6}"]
    if file.pages is not None:
        facts.append(f"{file.pages} page{'s' * (file.pages != 1)}")
    name = Path(file.path).name
    asked = [proof for proof in proofs if proof.file == name]
    failed = _standards(proof for proof in asked if proof.proven and not proof.passed)
    passed = _standards(proof for proof in asked if proof.passed and proof.standard not in failed)
    held = {*failed, *passed}
    left = _standards(proof for proof in asked if proof.standard not in held)
    facts += [f"passes {standard}" for standard in passed]
    facts += [f"fails {standard}" for standard in failed]
    facts += [f"not proven: {' and '.join(left)} (see `reglet proof`)"] if left else []
    return ", ".join(facts)


def _standards(proofs: Iterable[Proof]) -> list[str]:
    """Name each standard once, whoever was asked."""
    return [*dict.fromkeys(proof.standard for proof in proofs)]


def _notes(result: BuildResult) -> list[str]:
    """Word what was proved of the notes on pages: a line for each PDF, where there are several."""
    proofs = [proof for proof in result.proofs if proof.standard == "notes"]
    if len(proofs) == 1:
        return [proofs[0].detail]
    if proofs:
        return [f"{proof.file}, {proof.detail}" for proof in proofs]
    count = result.notes.notes
    return [f"{count:,} note{'s' * (count != 1)}"] if count else []

"""A report built anew as its manifest says: the report and the manifest in, what differs out.

Nothing is written but in a folder of temporary files.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from reglet import pipeline
from reglet.formats.clock import VARIABLE
from reglet.manifest.make import MANIFEST, made_with
from reglet.manifest.model import Manifest, read_manifest
from reglet.model.diagnostic import Diagnostic, Outcome, Severity, diagnose
from reglet.model.span import Span
from reglet.progress import Progress
from reglet.source.origins import Origin
from reglet.verify.held import PROOF, REWRITTEN, Held, hold_inputs, hold_versions

_REASONS = {
    "input-differs": "the report is not what it was: see what is said of its files",
    "file-differs": "the finished files are others: see what is said of them",
    "version-differs": "reglet, a package or a library is another: install what the manifest names",
}
_NO_REASON = "the same files and versions gave other bytes: report this, it is reglet's fault"


def build_again(
    root: Path, held: Held, progress: Progress, allowed: frozenset[Origin]
) -> Outcome[Manifest | None]:
    """Build a report as its manifest says, and compare the finished files with what comes out.

    Signatures are those of the finished files: nobody can make the same ones again.
    """
    manifest = held.manifest
    found = [*hold_inputs(manifest, root), *hold_versions(manifest.made_with, made_with())]
    asked = manifest.build
    with TemporaryDirectory(prefix="reglet-verify-") as scratch, _dated(manifest):
        built = pipeline.build(
            root,
            editions=asked.editions,
            output=Path(scratch, "output"),
            depth=asked.proof,
            unproven=asked.unproven,
            sign=_signer(held),
            allowed=allowed,
            keeps=False,  # what former builds have kept is no witness
            progress=progress,
        )
        if built.failed or built.value is None:
            errors = [item for item in built.diagnostics if item.severity is Severity.ERROR]
            return Outcome(None, (*found, *errors))
        again = read_manifest(Path(scratch, "output", MANIFEST).read_bytes())
    found += _new_inputs(manifest, again)
    return Outcome(again, (*found, *_differences(held, again, found)))


def _signer(held: Held) -> Callable[[bytes], bytes] | None:
    """Return what puts a file's former signature behind it, if that is what was signed."""
    signed = [data for row, data in held.files if row.unsigned and data]

    def sign(data: bytes) -> bytes:
        return next((whole for whole in signed if whole.startswith(data)), data)

    return sign if signed else None


@contextmanager
def _dated(manifest: Manifest) -> Iterator[None]:
    """Date files as the build did."""
    before = os.environ.pop(VARIABLE, None)
    if manifest.build.dated_by == VARIABLE:
        os.environ[VARIABLE] = str(int(manifest.build.date.timestamp()))
    try:
        yield
    finally:
        os.environ.pop(VARIABLE, None)
        if before is not None:
            os.environ[VARIABLE] = before


def _new_inputs(before: Manifest, again: Manifest) -> Iterator[Diagnostic]:
    known = {row.name: row.sha256 for row in before.inputs}
    for row in again.inputs:
        state = "" if row.name in known else "is new: the build did not read it"
        if row.fetched and known.get(row.name, row.sha256) != row.sha256:
            state = "is not what the build fetched"
        if state:
            yield diagnose("input-differs", Span(row.name), path=row.name, state=state)


def _differences(held: Held, again: Manifest, found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """Tell which files come out otherwise, and the likely reason."""
    made = {row.name: row.sha256 for row in again.files}
    codes = {item.code for item in (*found, *held.diagnostics)}
    hint = next((words for code, words in _REASONS.items() if code in codes), _NO_REASON)
    for row, _ in held.files:
        sums = {row.sha256, row.unsigned.sha256 if row.unsigned else row.sha256}
        state = "" if made.get(row.name) in sums else "has other bytes"
        state = state if row.name in made else "is not made at all"
        if state:
            told = diagnose("rebuild-differs", Span(row.name), hint, file=row.name, state=state)
            mild = row.format == PROOF
            yield replace(told, severity=Severity.WARNING, hint=REWRITTEN) if mild else told

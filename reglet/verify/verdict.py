"""All of `reglet verify`: what it was asked about in, what differs and a summing up out."""

from dataclasses import dataclass

from reglet.manifest.model import FileRow, Manifest
from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.progress import Progress
from reglet.verify.again import build_again
from reglet.verify.held import find_row, hold_file, hold_files, read_listing, unlisted
from reglet.verify.targets import Target


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared: files with the manifest, and with those of a new build where `rebuilt`."""

    manifest: Manifest
    rows: tuple[FileRow, ...]
    rebuilt: bool

    def __str__(self) -> str:
        files = f"{len(self.rows)} file{'s' * (len(self.rows) != 1)}"
        are = "are" if len(self.rows) != 1 else "is"
        if not self.rebuilt:
            return f"Verified: {files} {are}, byte for byte, what the manifest lists."
        made, inputs = self.manifest.made_with, len(self.manifest.inputs)
        return (
            f"Verified: {files} {are}, byte for byte, what the report gives.\n"
            f"Read and made with: {inputs} files of the report, {self.manifest.generator}, "
            f"{len(made.packages)} packages, {len(made.libraries)} libraries."
        )


def verify(target: Target, progress: Progress) -> Outcome[Verdict | None]:
    """Hold files against their manifest, and, where there is a report, against a new build."""
    listing = read_listing(target.manifest, str(target.manifest))
    manifest = listing.value
    if manifest is None:
        return Outcome(None, listing.diagnostics)
    rows, found = _held(manifest, target)
    if target.report is not None:
        built = build_again(target.report, manifest, rows, progress)
        found += built.diagnostics
    verdict = Verdict(manifest, rows, rebuilt=target.report is not None)
    return Outcome(verdict, tuple(found))


def _held(manifest: Manifest, target: Target) -> tuple[tuple[FileRow, ...], list[Diagnostic]]:
    """Compare finished files with their rows."""
    if target.only is None:
        rows = tuple(manifest.files)
        return rows, [*hold_files(rows, target.folder)]
    name, data = target.only.name, target.only.read_bytes()
    row = find_row(manifest, name, data)
    if row is None:
        return (), [unlisted(name)]
    return (row,), [*hold_file(row, data)]

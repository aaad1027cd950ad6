"""All of `reglet verify`: what it was asked about in, what differs and a summing up out."""

from collections.abc import Iterator
from dataclasses import dataclass

from reglet.model.diagnostic import Outcome
from reglet.progress import Progress
from reglet.proof.signatures import is_signed, prove_signatures
from reglet.source.origins import Origin
from reglet.verify.again import build_again
from reglet.verify.held import Held, hold_file, hold_files, read_listing
from reglet.verify.targets import Target


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was compared: files with the manifest, and with those of a new build where `rebuilt`."""

    held: Held
    rebuilt: bool

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        manifest, count = self.held.manifest, len(self.held.files)
        files = f"{count} files are" if count != 1 else "1 file is"
        what = "what the report gives" if self.rebuilt else "what the manifest lists"
        yield f"Verified: {files}, byte for byte, {what}."
        if self.rebuilt:
            made = manifest.made_with
            yield (
                f"Read and made with: {len(manifest.inputs)} files of the report, "
                f"{manifest.generator}, {len(made.packages)} packages, "
                f"{len(made.libraries)} libraries."
            )
        for row, data in self.held.files:
            if data and is_signed(data):
                found = prove_signatures(data)
                yield f"{row.name}: signature {found.verdict}: {'; '.join(found.detail)}"


def verify(
    target: Target, progress: Progress, allowed: frozenset[Origin] = frozenset()
) -> Outcome[Verdict | None]:
    """Hold files against their manifest, and, where there is a report, against a new build.

    That fetches pictures from the hosts `allowed`.
    """
    listing = read_listing(target.manifest, str(target.manifest))
    manifest = listing.value
    if manifest is None:
        return Outcome(None, listing.diagnostics)
    if target.only is None:
        held = hold_files(manifest, target.folder)
    else:
        held = hold_file(manifest, target.only.name, target.only.read_bytes())
    found = held.diagnostics
    if target.report is not None and held.files:
        found += build_again(target.report, held, progress, allowed).diagnostics
    return Outcome(Verdict(held, rebuilt=target.report is not None), found)

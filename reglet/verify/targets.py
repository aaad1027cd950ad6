"""What `reglet verify` was asked about: paths in, the report, the manifest and the files out."""

from dataclasses import dataclass
from pathlib import Path

from reglet.manifest.make import MANIFEST
from reglet.source.home import find_home

OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to look: `report` is None where nothing is to be built, `only` one file's name."""

    report: Path | None
    folder: Path
    manifest: Path
    only: Path | None = None


class NoReportError(ValueError):
    """The report that the files are made of is not to be found."""


def find_target(path: Path, manifest: Path | None, output: Path | None) -> Target:
    """Tell a report, an output folder and a finished file apart.

    With a `manifest`, files are compared with it alone. Raises NoReportError.
    """
    only = None if path.is_dir() else path
    folder = path if path.is_dir() else path.parent
    if manifest is not None:
        return Target(None, folder, manifest, only)
    if only is None and find_home(path).value is not None:
        folder = output or path / OUTPUT
        return Target(path, folder, folder / MANIFEST)
    report = folder.resolve().parent
    if find_home(report).value is None:
        raise NoReportError
    return Target(report, folder, folder / MANIFEST, only)

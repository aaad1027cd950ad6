"""Where diagnostics are, as seen from here: a report's folder in, a `View` of its files out."""

import os
from contextlib import suppress
from pathlib import Path

from reglet.messages import View
from reglet.source.door import Door, RefusedError
from reglet.source.home import find_home


def view_from(folder: Path, *, colour: bool) -> View:
    """Show paths as seen from here; spans count from the folder of report.yaml, or its root."""
    home = find_home(folder).value
    doors = (home.door, Door(home.root)) if home else (Door(folder.resolve()),)

    def find(path: str) -> Path | None:
        """Find what a diagnostic is about, unless it lies outside the report's folder."""
        for door in doors:
            with suppress(RefusedError):
                door.locate(path)
                return door.base / path
        return None

    def read(path: str) -> str | None:
        file = find(path)
        try:
            return file.read_text(encoding="utf-8", errors="replace") if file else None
        except OSError:
            return None

    def show(path: str) -> str:
        file = find(path)
        return str(relative(file)) if file else path

    return View(read=read, show=show, colour=colour)


def relative(path: Path) -> Path:
    """Return a path as seen from here, where it lies below."""
    absolute, here = path.absolute(), Path.cwd()
    return Path(os.path.relpath(absolute, here)) if absolute.is_relative_to(here) else path

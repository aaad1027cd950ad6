"""A report's folder in, its files that change out."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

from watchfiles import Change, DefaultFilter, watch

from reglet.source.home import find_home

LOOK = 1_000  # ms after which to look whether folders have come or gone
QUIET = 40  # ms without a change after which changes are told
LONGEST = 400  # ms that changes are gathered


class _Sources(DefaultFilter):
    """Leaves out what builds write, and what editors and version control keep to themselves."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root

    def __call__(self, change: Change, path: str) -> bool:
        """Tell whether a change may be one of the report's."""
        inner = Path(path)
        parts = inner.relative_to(self.root).parts if inner.is_relative_to(self.root) else ()
        hidden = any(part.startswith(".") for part in parts)
        return not hidden and parts[:1] != ("output",) and super().__call__(change, path)


def changes(folder: Path, end: Event) -> Iterator[frozenset[Path]]:
    """Yield the files that have changed since the last time, until `end` is set."""
    while not end.is_set():
        watched = _folders(folder)
        root = watched[0].parent if len(watched) > 1 else watched[0]
        found = watch(
            *watched,
            watch_filter=_Sources(root),
            stop_event=end,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=LOOK,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        for changed in found:
            if changed:
                yield frozenset(Path(path) for _, path in changed)
            if _folders(folder) != watched:
                yield frozenset()
                break


def _folders(folder: Path) -> tuple[Path, ...]:
    """Return the folder of report.yaml and, where it is elsewhere, that of templates."""
    home = find_home(folder).value
    if home is None:
        return (folder.resolve(),)
    templates = home.root / "templates"
    apart = home.root != home.door.base and templates.is_dir()
    return (home.door.base, templates) if apart else (home.door.base,)

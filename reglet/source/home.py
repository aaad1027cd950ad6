"""Where a report is: the folder that was named comes in, the doors to its files go out."""

from dataclasses import dataclass
from pathlib import Path

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.span import Span
from reglet.source.door import Door

REPORT = "report.yaml"
CONTENT = "content"

_PLACE = Span(REPORT)


@dataclass(frozen=True, slots=True)
class Home:
    """A report's place: `root` holds templates/ and output/, `door` report.yaml and the rest."""

    root: Path
    door: Door


def find_home(folder: Path) -> Outcome[Home | None]:
    """Find report.yaml in a folder, or in its `content/`."""
    try:
        if not folder.is_dir():
            return Outcome(None, (_no_folder(folder),))
        root = folder.resolve()
        return _look(root, folder)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "see that you may open the folder"
        found = diagnose("unreadable-file", _PLACE, hint, path=folder, reason=reason.lower())
        return Outcome(None, (found,))


def _look(root: Path, folder: Path) -> Outcome[Home | None]:
    here, below = Door(root), Door((root / CONTENT).resolve())
    in_content = below.has(REPORT)
    if in_content and not below.base.is_relative_to(root):
        return Outcome(None, (diagnose("outside-folder", _PLACE, path=CONTENT),))
    if here.has(REPORT):
        both = (diagnose("two-reports", _PLACE, folder=f"{CONTENT}/"),) if in_content else ()
        return Outcome(Home(root, here), both)
    if in_content:
        return Outcome(Home(root, below))
    return Outcome(None, (diagnose("no-report", _PLACE, _hint(here, below), folder=folder),))


def _hint(*doors: Door) -> str:
    """Return a hint where the file is there under a name that is almost right."""
    for door in doors:
        names = [path.name for path in door.base.iterdir()] if door.base.is_dir() else []
        for name in sorted(names):
            if name.lower() in (REPORT, "report.yml"):
                return f"rename `{name}` to `{REPORT}`"
    return ""


def _no_folder(folder: Path) -> Diagnostic:
    """Tell that what was named is no folder: a file, or nothing at all."""
    if folder.exists():
        inside = folder.resolve().parent
        shown = inside.parent if inside.name == CONTENT else inside
        hint = f"`{folder}` is a file: name its folder, `{shown}`"
    else:
        near = folder.absolute().parent
        names = [path.name for path in near.iterdir() if path.is_dir()] if near.is_dir() else []
        hint = nearest(folder.name, sorted(names)) or f"there is no folder `{folder}`"
    return diagnose("no-report", _PLACE, hint, folder=folder)

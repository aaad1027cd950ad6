"""Templates as text: a report's folder of themes comes in, its files laid over reglet's go out."""

from pathlib import Path

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.model.limits import USUAL, Limits
from reglet.model.project import InputFile
from reglet.model.report import FORMAT_NAMES
from reglet.source.door import Door

TEMPLATES = "templates"
SUFFIXES = (".html", ".xhtml", ".css", ".svg", ".yaml", ".ncx", ".xml", ".txt", ".bib", ".ris")

_PACKAGE = Path(__file__).resolve().parents[1]


def house_templates() -> Path:
    """Return the folder of reglet's own templates: in the package, or beside it in a checkout."""
    inside = _PACKAGE / TEMPLATES
    return inside if inside.is_dir() else _PACKAGE.parent / TEMPLATES


def read_templates(
    folder: Path, limits: Limits = USUAL, opened: dict[str, InputFile] | None = None
) -> Outcome[dict[str, str]]:
    """Read a folder of templates, "inquiry/nodes.html" and so on; none where it is not there.

    What was read is added to `opened`, by its path below the folder's parent.
    """
    door = Door(folder.parent.resolve(), limits=limits, opened={} if opened is None else opened)
    listed = door.files(folder.name, SUFFIXES, deep=True)
    diagnostics: list[Diagnostic] = list(listed.diagnostics)
    templates: dict[str, str] = {}
    for path in listed.value:
        read = door.text(path)
        diagnostics.extend(read.diagnostics)
        if read.value is not None:
            templates[path.removeprefix(f"{folder.name}/")] = read.value
    return Outcome(templates, tuple(diagnostics))


def report_templates(
    root: Path, limits: Limits = USUAL, opened: dict[str, InputFile] | None = None
) -> Outcome[dict[str, str]]:
    """Lay the templates of a report over reglet's own, file by file.

    A report's file for all formats comes before reglet's for one of them, so that looking a name
    up for a format and then for the theme finds the right one. The report's are added to `opened`.
    """
    house = read_templates(house_templates())
    own = read_templates(root / TEMPLATES, limits, opened)
    hidden = {
        f"{theme}/{form}/{name}"
        for theme, _, name in (path.partition("/") for path in own.value)
        for form in FORMAT_NAMES
    }
    kept = {path: text for path, text in house.value.items() if path not in hidden}
    return Outcome(kept | own.value, (*house.diagnostics, *own.diagnostics))

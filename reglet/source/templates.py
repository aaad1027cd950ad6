"""Templates as text: a folder of themes comes in, its files by their paths below it go out."""

from pathlib import Path

from reglet.model.diagnostic import Diagnostic, Outcome
from reglet.source.door import Door

SUFFIXES = (".html", ".xhtml", ".css", ".svg", ".yaml", ".ncx", ".xml", ".txt")


def read_templates(folder: Path) -> Outcome[dict[str, str]]:
    """Read the templates of a folder, "inquiry/nodes.html" and so on; none where it is not there.

    The package's own are read by the same means as those of a report.
    """
    door = Door(folder.parent.resolve())
    listed = door.files(folder.name, SUFFIXES, deep=True)
    diagnostics: list[Diagnostic] = list(listed.diagnostics)
    templates: dict[str, str] = {}
    for path in listed.value:
        read = door.text(path)
        diagnostics.extend(read.diagnostics)
        if read.value is not None:
            templates[path.removeprefix(f"{folder.name}/")] = read.value
    return Outcome(templates, tuple(diagnostics))

"""A report's folder in, the markup of one of its editions out, as reglet would set it first."""

from pathlib import Path
from typing import Any


def marked_up(folder: Path, name: str = "") -> tuple[Any, Any, list[str]]:
    """Return an edition's markup, the report's pictures and the identifiers of its notes.

    It is the edition `name`, or the first.
    """
    from reglet.render import render
    from reglet.resolve.document import resolve
    from reglet.resolve.settle import settle
    from reglet.source.project import load
    from reglet.text.section import parse, parse_inline

    project = load(folder).value
    if project is None:
        raise SystemExit(f"{folder} cannot be read")
    report = project.report
    sections = [parse(file, report.lang, report.limits).value for file in project.files]
    document = resolve(project, sections, parse_inline).value
    edition = next(one for one in project.report.editions if name in ("", one.name))
    markup = render(settle(document, edition), edition, project.templates, {}).value
    return markup, project.images, list(document.notes)

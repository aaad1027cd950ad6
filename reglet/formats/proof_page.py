"""The page of what was proven: files and proofs in, `proof.html` out, for people to read."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reglet.formats.web import shared_context, whole_page
from reglet.model.diagnostic import Outcome
from reglet.model.document import Built, Proof
from reglet.model.report import READY_MADE, Edition, Report
from reglet.theme import TemplateFaultError, load_theme
from reglet.tokens import find_template, lineage

PAGE = "proof.html"

_FORMAT = "web"  # whose templates it has


@dataclass(frozen=True, slots=True)
class ProvenFile:
    """A file as the page shows it."""

    name: str
    sha256: str
    proofs: tuple[Proof, ...]


def proof_page(
    report: Report,
    files: Mapping[str, bytes],
    proofs: Sequence[Proof],
    templates: Mapping[str, str],
) -> Outcome[Built | None]:
    """Set the page of `files`, by their names.

    Its theme is that of the report's web edition, or the house's where there is none.
    """
    edition = _edition(report, templates)
    found = load_theme(edition, templates, report.lang, report.limits)
    if found.value is None:
        return Outcome(None, found.diagnostics)
    theme = found.value
    context = shared_context(report, theme) | {"files": _proven(files, proofs)}
    try:
        page = whole_page(PAGE, context, theme)
    except TemplateFaultError as fault:
        return Outcome(None, (*found.diagnostics, fault.diagnostic))
    edition = Edition("proof", "proof")
    return Outcome(Built(edition, PAGE, "text/html", page.encode()), found.diagnostics)


def _edition(report: Report, templates: Mapping[str, str]) -> Edition:
    """Choose whose theme the page has; a theme without a page of its own has the house's."""
    own = (edition for edition in report.editions if edition.format == _FORMAT)
    edition = next(own, READY_MADE["web"])
    line = lineage(edition.theme, templates, edition.span).value
    if find_template(line, _FORMAT, PAGE, templates):
        return edition
    return replace(READY_MADE["web"], span=edition.span)


def _proven(files: Mapping[str, bytes], proofs: Sequence[Proof]) -> list[ProvenFile]:
    return [
        ProvenFile(name, hashlib.sha256(data).hexdigest(), held)
        for name, data in files.items()
        if (held := tuple(proof for proof in proofs if proof.file == name))
    ]

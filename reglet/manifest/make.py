"""A build's manifest: the report, its finished files and what was asked in, `manifest.json` out."""

import hashlib
import json
import os
from collections.abc import Sequence
from typing import Any

from reglet import __version__
from reglet.formats.clock import VARIABLE, moment
from reglet.manifest import versions
from reglet.manifest.model import (
    BuildFacts,
    Engine,
    FileRow,
    InputRow,
    MadeWith,
    Manifest,
    ReportFacts,
    Unsigned,
)
from reglet.model.document import Built
from reglet.model.project import Project
from reglet.model.report import Edition, Report

MANIFEST = "manifest.json"


def make_manifest(facts: Manifest, project: Project, builts: Sequence[Built]) -> Built:
    """List what a build read, fetched and made; the same input gives the same bytes."""
    whole = facts.model_copy(
        update={"inputs": _inputs(project), "files": [_row(built) for built in builts]}
    )
    return Built(Edition("manifest", "manifest"), MANIFEST, "application/json", whole.to_bytes())


def facts_of(
    project: Project, editions: Sequence[Edition], *, depth: str, unproven: bool
) -> Manifest:
    """List what a build has read and is asked for, and no files yet."""
    return Manifest(
        generator=f"reglet {__version__}",
        report=_facts(project.report),
        build=BuildFacts(
            editions=[edition.name for edition in editions],
            proof="full" if depth == "full" else "light",
            unproven=unproven,
            **_date(project.report),
        ),
        made_with=made_with(),
        inputs=_inputs(project),
        files=[],
    )


def _inputs(project: Project) -> list[InputRow]:
    return [
        InputRow(name=file.path, bytes=file.size, sha256=file.sha256) for file in project.inputs
    ]


def made_with() -> MadeWith:
    """Look up what reglet, Python and the libraries are here."""
    return MadeWith(
        reglet=Engine(version=__version__, sha256=versions.own_sum()),
        python=versions.python(),
        packages={name: found.version for name, found in versions.packages().items()},
        libraries=versions.libraries(),
    )


def listed_report(listing: bytes, name: str) -> Report:
    """Return the title and language that a manifest gives; a damaged one gives `name`."""
    try:
        facts = json.loads(listing)["report"]
        return Report(title=str(facts["title"]), lang=str(facts["language"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Report(title=name)


def _date(report: Report) -> dict[str, Any]:
    """Tell how files are dated: the report's stage has told already where that is no date."""
    given = "report" if report.date else "nothing"
    told = VARIABLE if os.environ.get(VARIABLE) else given
    return {"date": moment(report).value, "dated_by": told}


def _row(built: Built) -> FileRow:
    return FileRow(
        name=built.filename,
        edition=built.edition.name,
        format=built.edition.format,
        media_type=built.media_type,
        bytes=len(built.data),
        pages=built.pages,
        sha256=_sum(built.data),
        unsigned=Unsigned(bytes=built.unsigned, sha256=_sum(built.data[: built.unsigned]))
        if built.unsigned
        else None,
    )


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _facts(report: Report) -> ReportFacts:
    """Tell what a report says of itself; what it does not say is left out."""
    authors = [
        {"name": a.name, "role": a.role, **({"orcid": a.orcid} if a.orcid else {})}
        for a in report.authors
    ]
    facts: dict[str, object] = {
        "title": report.title,
        "subtitle": report.subtitle,
        "authors": authors,
        "publisher": report.publisher,
        "place": report.place,
        "date": report.date,
        "language": report.lang,
        "identifier": report.identifier,
        "version": report.version,
        "rights": report.rights,
        "licence": report.licence,
        "description": report.description,
        "keywords": list(report.keywords),
        "series": report.series,
        "url": report.url,
    }
    return ReportFacts.model_validate({key: value for key, value in facts.items() if value})

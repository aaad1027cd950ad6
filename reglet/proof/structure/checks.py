"""A PDF's bytes in, what reglet finds of its structure out: what validators do not look for.

Validators hold a file against a standard's rules, one by one. Whether all its text is reached by
its tags, once, in its order and in words, they do not ask.
"""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf

from reglet import __version__
from reglet.proof.finding import Finding, Verdict, shortened
from reglet.proof.structure import content, headings, languages, links
from reglet.proof.structure.reading import Fault, Reading, read_pdf
from reglet.speak.tree import DAMAGE, UnreadableError

STANDARD = "structure"

CHECKS: dict[str, Callable[[Reading], Iterable[Fault]]] = {
    "title, language and tags are declared": languages.catalogue,
    "links are reached in the order of tags": languages.tabs,
    "marked text is reached by a tag": content.unreached,
    "text is marked, or an artifact": content.loose,
    "text is in one tag alone": content.twice,
    "marked text leads back to its tag": content.astray,
    "passages are in a tag": content.left_out,
    "letters can be read": content.unknown_letters,
    "leaders are passed over": content.leaders,
    "tags are not empty": content.empty,
    "text is seen against the page": content.faint,
    "phrases are in their language": languages.languages,
    "headings follow level by level": headings.skipped_levels,
    "headings are tagged as such": headings.fake_headings,
    "pictures are described": headings.pictures,
    "tables have header cells": headings.headless_tables,
    "header cells have a scope": headings.scopes,
    "cells name header cells that are there": headings.unknown_headers,
    "items have a body": headings.items,
    "calls have notes": links.calls,
    "notes have an ID and a number": links.notes,
    "notes follow their calls": links.order,
    "IDs are of one tag": links.same_names,
    "links are in a Link": links.untagged,
    "links have words": links.wording,
    "links lead to places that are there": links.destinations,
    "links have an area": links.areas,
}
"""What is checked, and by what; one row adds a check."""


def check_structure(data: bytes) -> Finding | None:
    """Check the tags of a PDF; None for one for the press, which need have none (PDF/X)."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            if "/StructTreeRoot" not in pdf.Root and _is_for_press(pdf):
                return None
            with _uncollected():
                faults = [str(fault) for fault in find_faults(read_pdf(pdf))]
    except UnreadableError as error:
        return _finding(Verdict.FAILED, [str(error)])
    except pikepdf.PasswordError:
        return _finding(Verdict.NOT_PROVEN, ["it is encrypted and asks for a password"])
    except (pikepdf.PikepdfError, *DAMAGE):
        return _finding(Verdict.FAILED, ["it is no PDF, or damaged"])
    return _finding(Verdict.FAILED if faults else Verdict.PASSED, faults)


def find_faults(reading: Reading) -> list[Fault]:
    """Ask all checks about a PDF that has been read."""
    return [fault for check in CHECKS.values() for fault in check(reading)]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: what is read is much, and holds itself nowhere."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _finding(verdict: Verdict, faults: list[str]) -> Finding:
    detail = shortened(faults)
    return Finding(STANDARD, "reglet", __version__, verdict, len(CHECKS), detail)


def _is_for_press(pdf: pikepdf.Pdf) -> bool:
    try:
        with pdf.open_metadata() as told:
            return bool(told.pdfx_status)
    except ValueError:
        return False

"""An EPUB's bytes in, what reglet finds of its structure out; needs no other program."""

from collections.abc import Callable, Iterable

from reglet import __version__
from reglet.proof.book import colours, package, pages
from reglet.proof.book.reading import Book, UnreadableBookError, read_book
from reglet.proof.finding import Finding, Verdict, shortened

STANDARD = "structure"

CHECKS: dict[str, Callable[[Book], Iterable[str]]] = {
    "the archive says what it is": package.archive,
    "pages are well-formed": package.well_formed,
    "the manifest lists all files": package.manifest,
    "there is a reading order": package.spine,
    "title, language and identifier are there": package.facts,
    "the package says for whom it is made": package.accessibility,
    "there are contents and landmarks": package.navigation,
    "page breaks are listed": package.page_list,
    "calls have notes": pages.calls,
    "notes lead back": pages.backlinks,
    "notes are called": pages.uncalled,
    "links lead to what is there": pages.targets,
    "nothing is fetched or run": pages.elsewhere,
    "identifiers stand once": pages.same_ids,
    "pages say their language": pages.languages,
    "pages have titles": pages.titles,
    "headings follow level by level": pages.headings,
    "pictures are described": pages.pictures,
    "tables have header cells": pages.tables,
    "colours show": colours.colours,
}
"""What is checked, and by what; one row adds a check."""


def check_book(data: bytes) -> Finding:
    """Check the pages, notes and navigation of an EPUB."""
    try:
        book = read_book(data)
    except UnreadableBookError as error:
        faults = [str(error)]
    else:
        faults = [fault for check in CHECKS.values() for fault in check(book)]
    verdict = Verdict.FAILED if faults else Verdict.PASSED
    return Finding(STANDARD, "reglet", __version__, verdict, len(CHECKS), shortened(faults))

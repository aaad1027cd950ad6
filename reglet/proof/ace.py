"""Holds an EPUB against EPUB Accessibility 1.1 by DAISY's Ace: a file's path in, a `Finding` out.

Ace is a program of Node's, and opens every page of the book in Chromium. What only a reader can
judge, as whether a text alternative says what the picture shows, it leaves to readers.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reglet.programs import Ended, ProgramError, run_program
from reglet.proof.finding import Finding, Verdict, shortened

STANDARD = "EPUB Accessibility 1.1"
NAME = "Ace"
INSTALL = "PUPPETEER_SKIP_DOWNLOAD=1 npm install -g @daisy/ace-cli@1.4.6"
PLACE = "REGLET_ACE"  # environment variable: path of the program
MAX_SECONDS = 1200

_PROGRAMS = ("ace-cli", "ace")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_BROWSER_PLACE = "PUPPETEER_EXECUTABLE_PATH"
_OWN = Path("share") / "ace" / "node_modules" / ".bin" / "ace-cli"  # by tools/setup.sh
_ENDS = {"pass": 0, "fail": 2}  # outcomes, and the exit codes that go with them
_OPTIONS = ("--exiterror2", "--force", "--lang", "en", "--outdir")


def missing() -> str:
    """Say what to install before Ace can run, or return an empty string."""
    if shutil.which("node") is None:
        return "Ace needs Node: apt-get install nodejs npm"
    if not program():
        return f"Ace is missing: {INSTALL}"
    if not _browser():
        return "Ace needs Chromium: apt-get install chromium"
    return ""


def program() -> str:
    """Return the path of Ace: the one named, the one on PATH, or the one tests have."""
    if named := os.environ.get(PLACE):
        return shutil.which(named) or ""
    found = (shutil.which(name) for name in (*_PROGRAMS, str(Path(sys.prefix) / _OWN)))
    return next(filter(None, found), "")


def ask_ace(path: Path) -> Finding:
    """Check the EPUB at `path`; where Ace cannot run or says nothing clear, nothing is proven."""
    if missing():
        return _open(missing())
    with tempfile.TemporaryDirectory(prefix="reglet-ace-") as folder:
        file = Path(folder) / "report.json"
        try:
            run = _run(path, folder)
            report = file.read_text(encoding="utf-8") if file.is_file() else ""
        except ProgramError as error:
            return _open(f"Ace was asked, and {error}")
        except (OSError, ValueError) as error:
            return _open(str(error))
    if not report:
        return _open(f"Ace gave no report: {_last_words(run)}".rstrip(" :"))
    return read_report(report, run.code)


def read_report(report: str, code: int) -> Finding:
    """Read Ace's report.json; with an exit code that does not go with it, it proves nothing."""
    try:
        told = json.loads(report)
        outcome = told["earl:result"]["earl:outcome"]
        version = str(told["earl:assertedBy"]["doap:release"]["doap:revision"])
        pages = told["assertions"]
        faults = [_worded(*pair) for pair in _violations(pages)]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _open("Ace's report cannot be read")
    if not pages or _ENDS.get(outcome) != code or bool(faults) is (outcome == "pass"):
        return _open(f"Ace ended with {code}, and reports: {outcome}")
    verdict = Verdict.FAILED if faults else Verdict.PASSED
    return Finding(STANDARD, NAME, version, verdict, detail=shortened(faults))


def _violations(pages: list[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each violation with the file that it is in."""
    for page in pages:
        for assertion in page["assertions"]:
            yield str(page["earl:testSubject"]["url"]), assertion


def _worded(file: str, assertion: Mapping[str, Any]) -> str:
    test, result = assertion["earl:test"], assertion["earl:result"]
    places = result.get("earl:pointer", {}).get("css", [])
    reason = str(result["dct:description"]).partition("\n")[0]
    place = ", ".join(map(str, [file, *places]))
    return f"{reason} ({test['dct:title']}, {test['earl:impact']}; {place})"


def _browser() -> str:
    named = os.environ.get(_BROWSER_PLACE)
    found = (shutil.which(name) for name in ([named] if named else _BROWSERS))
    return next(filter(None, found), "")


def _run(path: Path, folder: str) -> Ended:
    # the page engine hides every font from programs that find this in their environment
    environment = {name: word for name, word in os.environ.items() if name != "FONTCONFIG_FILE"}
    return run_program(
        [program(), *_OPTIONS, folder, str(path.resolve())],
        MAX_SECONDS,
        environment=environment | {_BROWSER_PLACE: _browser()},
    )


def _last_words(run: Ended) -> str:
    """Return the last line of what Ace says, without its colours."""
    lines = re.sub(r"\x1b\[[0-9;]*m", "", f"{run.said}\n{run.warned}").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return last.removeprefix("error: ")[:300]


def _open(reason: str) -> Finding:
    return Finding(STANDARD, NAME, "", Verdict.NOT_PROVEN, detail=(reason,))

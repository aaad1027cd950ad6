"""A finished file in, what validators say of it out: all of them, or those that need no program."""

import shutil
import subprocess
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from reglet.proof.epubcheck import STANDARD as EPUB
from reglet.proof.epubcheck import missing, run_epubcheck
from reglet.proof.finding import Finding, Verdict, shortened

SUFFIXES = (".pdf", ".epub")
MAX_SECONDS = 600  # for one program and file

_UA = {"PDF/UA-1": "ua1"}
_SYNTAX = "PDF syntax"
_NOT_HERE = "it is not installed"


def prove_file(path: Path) -> Iterator[Finding]:
    """Check a PDF or EPUB by every validator for what it claims; raises OSError."""
    yield from prove_data(path.name, path.read_bytes(), full=True)
    if path.suffix == ".pdf":
        yield _by_qpdf(path)
        yield from (_by_verapdf(path, *claim) for claim in _claims(path.read_bytes()).items())
    else:
        yield _by_epubcheck(path)


def prove_data(name: str, data: bytes, *, full: bool = False) -> Iterator[Finding]:
    """Check a file's bytes by what needs no other program.

    Unless `full` checks follow, says what else there is to prove.
    """
    if name.endswith(".pdf"):
        yield from (_by_page(data, *claim) for claim in _claims(data).items())
    elif name.endswith(".epub") and not full:
        detail = ("`reglet proof` asks EPUBCheck, which takes its time",)
        yield Finding(EPUB, "EPUBCheck", "", Verdict.NOT_PROVEN, detail=detail)


def _claims(data: bytes) -> dict[str, str]:
    """Return the standards to hold a PDF against, with the names that validators have for them.

    That is PDF/UA-1, whatever the file says, and the level of PDF/A that it claims.
    """
    import pikepdf  # heavy

    try:
        with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as facts:
            level = facts.pdfa_status.lower()
    except (pikepdf.PikepdfError, ValueError):
        return _UA
    return _UA | ({f"PDF/A-{level}": level} if level else {})


def _by_page(data: bytes, standard: str, profile: str) -> Finding:
    import page  # heavy: a validator in Rust

    name = "page-validation"
    try:
        report = page.validate_pdf_bytes(data, profile=profile)
    except (page.PageError, ValueError) as error:
        damaged = isinstance(error, page.ParseError)
        verdict = Verdict.FAILED if damaged else Verdict.NOT_PROVEN
        return Finding(standard, name, version(name), verdict, detail=(str(error),))
    faults = [" ".join(f"{fault.message} ({fault.rule_id})".split()) for fault in report.failures]
    verdict = Verdict.FAILED if faults else Verdict.PASSED
    return Finding(standard, name, version(name), verdict, report.rules.total, shortened(faults))


def _by_epubcheck(path: Path) -> Finding:
    if missing():
        return Finding(EPUB, "EPUBCheck", "", Verdict.NOT_PROVEN, detail=(missing(),))
    try:
        report = run_epubcheck(path)
    except (RuntimeError, OSError, subprocess.TimeoutExpired) as error:
        return Finding(EPUB, "EPUBCheck", "", Verdict.NOT_PROVEN, detail=(str(error),))
    verdict = Verdict.PASSED if report.passed else Verdict.FAILED
    faults = shortened([str(message) for message in report.failures])
    validator, _, number = report.checker.partition(" ")
    return Finding(EPUB, validator, number, verdict, detail=faults)


def _by_qpdf(path: Path) -> Finding:
    return _by_program(path, _SYNTAX, "qpdf", ["--check"], failing=(2, 3))


def _by_verapdf(path: Path, standard: str, flavour: str) -> Finding:
    options = ["--flavour", flavour, "--format", "text", "-v"]
    return _by_program(path, standard, "verapdf", options, failing=(1,))


def _by_program(
    path: Path, standard: str, program: str, options: list[str], *, failing: tuple[int, ...]
) -> Finding:
    """Run a program that passes a file by ending with 0, and fails it by one of `failing`."""
    shown = "veraPDF" if program == "verapdf" else program
    if shutil.which(program) is None:
        return Finding(standard, shown, "", Verdict.NOT_PROVEN, detail=(_NOT_HERE,))
    try:
        number = _run(path, program, ["--version"]).stdout.partition("\n")[0].split()[-1:]
        run = _run(path, program, [*options, f"./{path.name}"])
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding(standard, shown, "", Verdict.NOT_PROVEN, detail=(str(error),))
    verdict = Verdict.FAILED if run.returncode in failing else Verdict.NOT_PROVEN
    verdict = Verdict.PASSED if run.returncode == 0 else verdict
    said = [] if verdict is Verdict.PASSED else [*run.stderr.splitlines(), *run.stdout.splitlines()]
    return Finding(standard, shown, "".join(number), verdict, detail=shortened(said))


def _run(path: Path, program: str, options: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a program in the file's folder, so that what it says is the same wherever that is."""
    return subprocess.run(  # noqa: S603 - our own command line, no shell
        [program, *options],
        cwd=path.parent,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=MAX_SECONDS,
        check=False,
    )

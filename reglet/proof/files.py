"""A finished file in, what validators say of it out: all of them, or those that need no program."""

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

from reglet.programs import Ended, ProgramError, run_program
from reglet.proof import ace
from reglet.proof.book.checks import check_book
from reglet.proof.epubcheck import STANDARD as EPUB
from reglet.proof.epubcheck import missing, run_epubcheck
from reglet.proof.finding import Finding, Verdict, shortened
from reglet.proof.press import X_4, claims_press, prove_press
from reglet.proof.signatures import is_signed, prove_signatures
from reglet.proof.structure.checks import check_structure
from reglet.proof.verapdf import NAME as VERAPDF
from reglet.proof.verapdf import Claim, ask_library

SUFFIXES = (".pdf", ".epub")
MAX_SECONDS = 600  # for one program and file

_UA = {"PDF/UA-1": "ua1"}
_UA_2 = {"PDF/UA-2": "ua2"}
_PAGE_PROFILES = ("ua1", "1a", "1b", "2a", "2b", "2u", "3a", "3b", "3u")  # of page-validation
_SYNTAX = "PDF syntax"
_NOT_HERE = "it is not installed"


def prove_files(paths: Sequence[Path]) -> dict[Path, tuple[Finding, ...]]:
    """Check PDFs and EPUBs by every validator for what each claims; raises OSError."""
    asked = ask_programs(paths)
    return {path: (*prove_data(path.name, path.read_bytes()), *asked[path]) for path in paths}


def ask_programs(paths: Sequence[Path]) -> dict[Path, tuple[Finding, ...]]:
    """Check PDFs and EPUBs by the programs that are here, all at once; raises OSError."""
    claims = [
        Claim(path, *claim)
        for path in paths
        if path.suffix == ".pdf"
        for claim in _claims(path.read_bytes()).items()
        if claim[0] != X_4
    ]
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(_by_verapdf, claims)
        alone = {path: [pool.submit(ask, path) for ask in _ASKED[path.suffix]] for path in paths}
        held = [*zip(claims, asked.result(), strict=True)]
        return {
            path: (
                *(answer.result() for answer in answers),
                *(finding for claim, finding in held if claim.path == path),
            )
            for path, answers in alone.items()
        }


def prove_data(name: str, data: bytes) -> Iterator[Finding]:
    """Check a file's bytes by what needs no other program."""
    if name.endswith(".pdf"):
        for standard, profile in _claims(data).items():
            if standard == X_4:
                yield prove_press(data)
            elif profile in _PAGE_PROFILES:
                yield _by_page(data, standard, profile)
        if (structure := check_structure(data)) is not None:
            yield structure
        if is_signed(data):
            yield prove_signatures(data)
    elif name.endswith(".epub"):
        yield check_book(data)


def left_open(name: str, data: bytes) -> Iterator[Finding]:
    """Say which standards `ask_programs` proves of a file, and `prove_data` does not."""
    if name.endswith(".pdf"):
        for standard, profile in _claims(data).items():
            if standard != X_4 and profile not in _PAGE_PROFILES:
                yield _left(standard, VERAPDF)
    elif name.endswith(".epub"):
        yield _left(EPUB, "EPUBCheck")
        yield _left(ace.STANDARD, ace.NAME)


def _left(standard: str, validator: str) -> Finding:
    detail = (f"`reglet proof` asks {validator}, and so does `reglet build --proof full`",)
    return Finding(standard, validator, "", Verdict.NOT_PROVEN, detail=detail)


def _claims(data: bytes) -> dict[str, str]:
    """Return the standards to hold a PDF against, with the names that validators have for them.

    That is PDF/UA-1, whatever the file says, unless it claims PDF/UA-2; and the level of PDF/A that
    it claims. Or PDF/X-4 alone, whose files are for presses and not for readers.
    """
    import pikepdf  # heavy

    try:
        with pikepdf.open(BytesIO(data)) as pdf, pdf.open_metadata() as facts:
            if claims_press(facts):
                return {X_4: ""}
            told = (facts.get(f"pdfaid:{key}", "") for key in ("part", "conformance"))
            level = "".join(map(str, told)).lower()
            accessible = _UA_2 if facts.get("pdfuaid:part") == "2" else _UA
    except (pikepdf.PikepdfError, ValueError):
        return _UA
    return accessible | ({f"PDF/A-{level}": level} if level else {})


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
    except (RuntimeError, OSError) as error:
        return Finding(EPUB, "EPUBCheck", "", Verdict.NOT_PROVEN, detail=(str(error),))
    except ProgramError as error:
        reason = f"EPUBCheck was asked, and {error}"
        return Finding(EPUB, "EPUBCheck", "", Verdict.NOT_PROVEN, detail=(reason,))
    verdict = Verdict.PASSED if report.passed else Verdict.FAILED
    faults = shortened([str(message) for message in report.failures])
    validator, _, number = report.checker.partition(" ")
    return Finding(EPUB, validator, number, verdict, detail=faults)


def _by_qpdf(path: Path) -> Finding:
    return _by_program(path, _SYNTAX, "qpdf", ["--check"], failing=(2, 3))


_ASKED = {".pdf": (_by_qpdf,), ".epub": (_by_epubcheck, ace.ask_ace)}
"""Those who look at one file at a time."""


def _by_verapdf(claims: Sequence[Claim]) -> tuple[Finding, ...]:
    """Ask the program where it is installed, else the library."""
    if shutil.which("verapdf") is None:
        return ask_library(claims)
    options = ("--format", "text", "-v")
    return tuple(
        _by_program(
            claim.path,
            claim.standard,
            "verapdf",
            ["--flavour", claim.flavour, *options],
            failing=(1,),
        )
        for claim in claims
    )


def _by_program(
    path: Path, standard: str, program: str, options: list[str], *, failing: tuple[int, ...]
) -> Finding:
    """Run a program that passes a file by ending with 0, and fails it by one of `failing`."""
    shown = VERAPDF if program == "verapdf" else program
    if shutil.which(program) is None:
        return Finding(standard, shown, "", Verdict.NOT_PROVEN, detail=(_NOT_HERE,))
    try:
        number = _run(path, program, ["--version"]).said.partition("\n")[0].split()[-1:]
        run = _run(path, program, [*options, f"./{path.name}"])
    except ProgramError as error:
        reason = f"{shown} was asked, and {error}"
        return Finding(standard, shown, "", Verdict.NOT_PROVEN, detail=(reason,))
    verdict = Verdict.FAILED if run.code in failing else Verdict.NOT_PROVEN
    verdict = Verdict.PASSED if run.code == 0 else verdict
    said = [] if verdict is Verdict.PASSED else [*run.warned.splitlines(), *run.said.splitlines()]
    return Finding(standard, shown, "".join(number), verdict, detail=shortened(said))


def _run(path: Path, program: str, options: list[str]) -> Ended:
    """Run a program in the file's folder, so that what it says is the same wherever that is."""
    return run_program([program, *options], MAX_SECONDS, folder=path.parent)

"""The commands that look at finished files: a file in, what is in it, or proven of it, out."""

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from reglet.proof.finding import Finding


@click.command(
    epilog="""
\b
Examples:
  reglet speak report.pdf          a line a tag: its role, language and text, where it leads
  reglet speak --text report.pdf   the text alone, in the order in which it is read aloud
"""
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--text", is_flag=True, help="Print the text alone.")
def speak(*, file: Path, text: bool) -> None:
    """Print what a screen reader finds in the PDF FILE."""
    from reglet.speak.outline import outline, spoken
    from reglet.speak.tree import UnreadableError, read_tree

    try:
        tree = read_tree(file)
    except UnreadableError as error:
        shown = click.format_filename(file)
        raise click.ClickException(f"cannot read {shown} aloud: {error}") from None
    for line in (spoken if text else outline)(tree):
        click.echo(line)


@click.command(
    epilog="""
\b
Examples:
  reglet proof my-report/output   every PDF and EPUB there; writes proof.json and proof.html
  reglet proof report.pdf         one file; writes nothing

FAILED ends with exit code 1. NOT PROVEN is what could not be checked here, and why.
"""
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, path_type=Path),
)
def proof(*, paths: tuple[Path, ...]) -> None:
    """Ask every validator about finished files, or a folder of them."""
    failed = False
    for path in paths:
        try:
            found = _prove(path)
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
            raise click.ClickException(f"{click.format_filename(path)}: {reason}") from None
        for name, findings in found.items():
            click.echo(name)
            for line in _told(findings):
                click.echo(f"  {line}")
            failed |= any(finding.verdict == "failed" for finding in findings)
    sys.exit(failed)


def _prove(path: Path) -> "dict[str, tuple[Finding, ...]]":
    """Check a file, or the files of a folder, in which the findings are set down."""
    from reglet.proof.files import SUFFIXES, prove_files
    from reglet.proof.record import RECORD, prove_folder, record_folder
    from reglet.write import write_beside

    shown = click.format_filename(path)
    if not path.is_dir():
        if path.suffix not in SUFFIXES:
            raise click.UsageError(f"'{shown}' is no PDF or EPUB")
        return {path.name: prove_files([path])[path]}
    found = prove_folder(path)
    if not found:
        raise click.ClickException(f"no PDF and no EPUB in {shown}")
    for name, data in ((RECORD, record_folder(path, found)), _page(path, found)):
        for diagnostic in write_beside(name, data, path).diagnostics:
            raise click.ClickException(diagnostic.message)
    return found


def _page(folder: Path, found: "dict[str, tuple[Finding, ...]]") -> tuple[str, bytes]:
    """Set the page of what was found, in the language that the folder's manifest names."""
    from reglet.formats.proof_page import PAGE, proof_page
    from reglet.manifest.make import MANIFEST, listed_report
    from reglet.proof.gate import as_proof
    from reglet.source.templates import house_templates, read_templates

    proofs = [as_proof(name, item) for name, held in found.items() for item in held]
    files = {name: (folder / name).read_bytes() for name in found}
    listing = folder / MANIFEST
    report = listed_report(
        listing.read_bytes() if listing.is_file() else b"", folder.resolve().name
    )
    page = proof_page(report, files, proofs, read_templates(house_templates()).value)
    return PAGE, page.value.data if page.value else b""


_GRID = re.compile(r"([1-9])x([1-9])")


def _grid(_context: click.Context, _option: click.Parameter, text: str) -> tuple[int, int] | None:
    """Read columns and rows."""
    match = _GRID.fullmatch(text)
    if text and match is None:
        raise click.UsageError(f"'{text}' is no grid; write columns and rows, as 2x2")
    return (int(match[1]), int(match[2])) if match else None


def _points(_context: click.Context, _option: click.Parameter, text: str) -> float:
    """Read a length, in pt."""
    from reglet.formats.pdf.press.sheet import points

    length = points(text)
    if length is None:
        raise click.UsageError(f"'{text}' is no length; write one, as 0.11mm")
    return length


@click.command(
    epilog="""
\b
Examples:
  reglet impose report-press.pdf                a booklet to fold once and staple
  reglet impose --paper 0.11mm report-press.pdf  the same, inner sheets nearer to the spine
  reglet impose --n-up 2x2 report-press.pdf     four pages a side, in reading order

Print a booklet on both sides, turned over the short edge.
"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--booklet", is_flag=True, help="Lay pages out for a booklet; so without --n-up.")
@click.option(
    "--n-up",
    "grid",
    metavar="CxR",
    default="",
    callback=_grid,
    help="Put C by R pages on each side instead.",
)
@click.option("--right-to-left", is_flag=True, help="Bind the booklet on the right.")
@click.option(
    "--paper",
    metavar="LENGTH",
    default="0",
    callback=_points,
    help="Thickness of a booklet's paper, as 0.11mm: pages of inner sheets make room for it.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
def impose(  # noqa: PLR0913 - one for each option
    *,
    file: Path,
    booklet: bool,
    grid: tuple[int, int] | None,
    right_to_left: bool,
    paper: float,
    output: Path | None,
) -> None:
    """Lay the pages of the PDF FILE out on sheets, trim to trim."""
    from reglet.formats.pdf.press.imposition import Pattern, UnfitError
    from reglet.formats.pdf.press.imposition import impose as lay
    from reglet.write import write_beside

    if grid and (booklet or right_to_left or paper):
        raise click.UsageError("--n-up makes no booklet")
    pattern = Pattern(*grid) if grid else None
    try:
        data, sides = lay(file.read_bytes(), pattern, right_to_left=right_to_left, thickness=paper)
    except UnfitError as error:
        shown = click.format_filename(file)
        raise click.ClickException(f"cannot impose {shown}: {error}") from None
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise click.ClickException(f"{click.format_filename(file)}: {reason}") from None
    target = output or file.with_name(
        f"{file.stem}-{f'{grid[0]}x{grid[1]}' if grid else 'booklet'}.pdf"
    )
    for diagnostic in write_beside(target.name, data, target.parent).diagnostics:
        raise click.ClickException(diagnostic.message)
    click.echo(f"Wrote {click.format_filename(target)}: {sides} sides")


def _told(findings: "Sequence[Finding]") -> Iterator[str]:
    for finding in findings:
        yield str(finding)
        yield from (f"  {line}" for line in finding.detail)


@click.command(
    epilog="""
\b
Example:
  reglet clean

The next build makes everything anew, and takes longer.
"""
)
def clean() -> None:
    """Let go of everything that builds have kept for later ones."""
    from reglet.store import cache_folder, empty
    from reglet.summary import size

    click.echo(f"Removed {size(empty(cache_folder()))} from {cache_folder()}")

"""The commands that look at finished files: a file in, what is in it, or proven of it, out."""

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
  reglet proof my-report/output   every PDF and EPUB there; writes proof.json beside them
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
    from reglet.proof.files import SUFFIXES, prove_file
    from reglet.proof.record import RECORD, prove_folder, record_folder
    from reglet.write import write_beside

    shown = click.format_filename(path)
    if not path.is_dir():
        if path.suffix not in SUFFIXES:
            raise click.UsageError(f"'{shown}' is no PDF or EPUB")
        return {path.name: tuple(prove_file(path))}
    found = prove_folder(path)
    if not found:
        raise click.ClickException(f"no PDF and no EPUB in {shown}")
    written = write_beside(RECORD, record_folder(path, found), path)
    for diagnostic in written.diagnostics:
        raise click.ClickException(diagnostic.message)
    return found


def _told(findings: "Sequence[Finding]") -> Iterator[str]:
    for finding in findings:
        yield str(finding)
        yield from (f"  {line}" for line in finding.detail)

"""The commands about trust: finished files in, whether they are what a report gives out."""

import sys
from pathlib import Path

import click

from reglet.options import FORM
from reglet.telling import MACHINE_FORMS, engines, tell


@click.command(
    epilog="""
\b
Examples:
  reglet verify my-report                       build it anew, compare with my-report/output
  reglet verify my-report/output/report.pdf     the same, for one file
  reglet verify my-report -o public             whose files are in another folder
  reglet verify report.pdf --manifest manifest.json
                                                compare with the manifest; build nothing

A difference ends with exit code 1. What each means: docs/verify.md.
"""
)
@click.argument("path", default=".", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Compare with this manifest alone, and build nothing.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the report's finished files are.  [default: PATH/output]",
)
@FORM
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def verify(
    *, path: Path, manifest: Path | None, output: Path | None, form: str, quiet: bool
) -> None:
    """Build the report in PATH anew and compare, or a finished file with its manifest."""
    from reglet.progress import show_progress

    with engines(), show_progress(quiet=quiet) as progress:
        from reglet.verify.targets import NoReportError, find_target
        from reglet.verify.verdict import verify as hold

        try:
            target = find_target(path, manifest, output)
        except NoReportError:
            raise click.UsageError(
                f"there is no report above '{click.format_filename(path)}'; name it, as "
                "`reglet verify REPORT --output DIR`, or compare with --manifest alone"
            ) from None
        outcome = hold(target, progress)
    tell(outcome, form, target.report or target.folder)
    if not outcome.failed and not quiet:
        click.echo(str(outcome.value), err=form in MACHINE_FORMS)
    sys.exit(int(outcome.failed))

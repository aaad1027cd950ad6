"""The command line: words in, a build and its messages out, and an exit code.

0 built or in order · 1 mistakes in the report or the machine · 2 wrong usage · 70 a fault of
reglet's own. Stages are imported by the commands that need them, so that `--help` is at once.
"""

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglet import __version__, aids, commands, verify_commands
from reglet.options import ALLOW_NET, CACHED, FOLDER, FORM, JOBS, STRICT
from reglet.options import certificate as certificate_option
from reglet.preview.command import serve
from reglet.telling import MACHINE_FORMS, engines, tell
from reglet.theme_commands import theme

if TYPE_CHECKING:
    from reglet.model.diagnostic import Outcome
    from reglet.model.result import BuildResult
    from reglet.source.origins import Origin

FAULT = 70  # EX_SOFTWARE of sysexits.h


class _Taught(click.Group):
    """A group that lists its commands in the order in which one comes to need them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.commands)


@click.group(
    cls=_Taught,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""
\b
Examples:
  reglet new my-report            make a small report that shows what there is
  reglet check my-report          look for mistakes, make nothing
  reglet build my-report          make every edition, into my-report/output
  reglet build -e screen          one edition of the report in this folder
  reglet serve my-report          show it in the browser, again with every change
  reglet build --format github    mistakes as GitHub shows them beside the lines

\b
Exit codes: 0 in order, 1 mistakes, 2 wrong usage, 70 a fault of reglet's own.
Keys and Markdown: docs/format.md. Mistakes explained: docs/diagnostics.md.
""",
)
@click.version_option(__version__, "-V", "--version", message="%(prog)s %(version)s")
def cli() -> None:
    """Turn a folder of YAML and Markdown into a footnoted PDF, an EPUB and a download page."""


@cli.command(
    epilog="""
\b
Example:
  reglet new my-report && reglet build my-report
"""
)
@click.argument("folder", type=click.Path(path_type=Path))
def new(*, folder: Path) -> None:
    """Make a small report in FOLDER, which builds at once."""
    from reglet.scaffold import is_free, lay_out

    if not is_free(folder):
        raise click.UsageError(f"'{folder}' is not an empty folder; name a new one")
    outcome = lay_out(folder)
    tell(outcome, "human", folder)
    if not outcome.failed:
        from reglet.views import relative

        shown = click.format_filename(relative(folder))
        click.echo(
            f"Wrote {len(outcome.value)} files to {shown}. Next:\n\n  reglet build {shown}\n"
        )
    sys.exit(_exit_code(outcome))


@cli.command(
    epilog="""
\b
Examples:
  reglet build                        the report in this folder, every edition
  reglet build -e screen -e ebook     two of its editions
  reglet build docs/report -o public  into another folder
  reglet build --proof light          ask no other program; for drafts
  reglet build --strict               nothing with a warning; for servers
  reglet build --unproven             even what fails its proof, with that in its name

FOLDER holds report.yaml, or has it in its content/ folder. Nothing is written unless every
edition is sound; the output folder then holds this build's editions and no older ones.
"""
)
@FOLDER
@click.option(
    "-e",
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="Make this edition alone; may be given again.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where the files go.  [default: FOLDER/output]",
)
@click.option(
    "--proof",
    "depth",
    type=click.Choice(["full", "light"]),
    default="full",
    show_default=True,
    envvar="REGLET_PROOF",
    show_envvar=True,
    help="Ask every validator that is installed, or those alone that are part of reglet.",
)
@click.option(
    "--unproven",
    is_flag=True,
    help="Write what fails its proof too, with `-unproven` in its name.",
)
@certificate_option(
    "--sign",
    "certificate",
    help="Sign the PDFs with this certificate (PKCS#12); see `reglet sign --help`.",
)
@ALLOW_NET
@STRICT
@JOBS
@CACHED
@FORM
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def build(  # noqa: PLR0913 - one for each option
    *,
    folder: Path,
    editions: tuple[str, ...],
    output: Path | None,
    depth: str,
    unproven: bool,
    certificate: Path | None,
    allowed: "frozenset[Origin]",
    strict: bool,
    jobs: int | None,
    cached: bool,
    form: str,
    quiet: bool,
) -> None:
    """Make the editions of the report in FOLDER (default: here)."""
    from reglet.progress import show_progress

    if unproven and strict:
        raise click.UsageError("--strict refuses what --unproven writes; leave one of them out")

    signer = verify_commands.certificate_of(certificate) if certificate else None
    with engines(), show_progress(quiet=quiet) as progress:
        from reglet import pipeline

        outcome = pipeline.build(
            folder,
            editions=editions,
            output=output,
            depth=depth,
            unproven=unproven,
            strict=strict,
            jobs=jobs,
            keeps=cached,
            allowed=allowed,
            sign=signer.sign if signer else None,
            progress=progress,
        )
    tell(outcome, form, folder)
    _sum_up(outcome, form, quiet=quiet)
    sys.exit(_exit_code(outcome))


def _sum_up(outcome: "Outcome[BuildResult | None]", form: str, *, quiet: bool) -> None:
    """Say what was built, unless nothing was or nobody wants to know."""
    if outcome.value is not None and not outcome.failed and not quiet:
        from reglet.summary import summarise

        click.echo(summarise(outcome.value), nl=False, err=form in MACHINE_FORMS)


@cli.command(
    epilog="""
\b
Examples:
  reglet check                    the report in this folder
  reglet check --format concise   one line for each mistake
  reglet check --format json      for programs: an array of objects
"""
)
@FOLDER
@ALLOW_NET
@STRICT
@FORM
def check(*, folder: Path, allowed: "frozenset[Origin]", strict: bool, form: str) -> None:
    """Look for mistakes in FOLDER (default: here)."""
    with engines():
        from reglet import pipeline

        outcome = pipeline.check(folder, strict=strict, allowed=allowed)
    tell(outcome, form, folder)
    if not outcome.diagnostics and form not in MACHINE_FORMS:
        click.echo("No mistakes found.")
    sys.exit(_exit_code(outcome))


for _command in (
    serve,
    commands.proof,
    verify_commands.verify,
    verify_commands.sign,
    commands.speak,
    commands.impose,
    commands.clean,
    theme,
    aids.schema,
    aids.sbom,
    aids.doctor,
    aids.completion,
):
    cli.add_command(_command)


def _exit_code(outcome: "Outcome[Any]") -> int:
    """Count an edition asked for that does not exist as wrong usage."""
    asked = any(d.code == "unknown-edition" and not d.span.path for d in outcome.diagnostics)
    return 2 if asked else int(outcome.failed)


def _begin_in_utf8() -> None:
    """Begin anew in Python's UTF-8 mode (PEP 540) where the locale has names in anything else."""
    if sys.getfilesystemencoding() != "utf-8" and "PYTHONUTF8" not in os.environ:
        os.environ["PYTHONUTF8"] = "1"
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - itself


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; `arguments` replace those of the process."""
    _begin_in_utf8()
    try:
        cli(arguments, prog_name="reglet")
    except Exception:
        traceback.print_exc()
        click.echo("\nThis is a fault of reglet, not of your report: please report it.", err=True)
        sys.exit(FAULT)

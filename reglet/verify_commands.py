"""The commands about trust: finished files in, whether they are what a report gives out."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglet.options import ALLOW_NET, FORM
from reglet.options import certificate as certificate_option
from reglet.telling import MACHINE_FORMS, engines, tell

if TYPE_CHECKING:
    from reglet.signing import Certificate
    from reglet.source.origins import Origin

PASSWORD = "REGLET_CERTIFICATE_PASSWORD"  # noqa: S105 - the name of the variable


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
@ALLOW_NET
@FORM
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something is wrong.")
def verify(  # noqa: PLR0913 - one for each option
    *,
    path: Path,
    manifest: Path | None,
    output: Path | None,
    allowed: "frozenset[Origin]",
    form: str,
    quiet: bool,
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
        outcome = hold(target, progress, allowed)
    tell(outcome, form, target.report or target.folder)
    if not outcome.failed and not quiet:
        click.echo(str(outcome.value), err=form in MACHINE_FORMS)
    sys.exit(int(outcome.failed))


@click.command(
    epilog="""
\b
Examples:
  reglet sign report.pdf --certificate me.p12      writes report-signed.pdf
  reglet build my-report --sign me.p12             signs the PDFs that a build makes

The password is asked for, or taken from REGLET_CERTIFICATE_PASSWORD. The file stays as it is up to
its last byte; the signature comes behind that. `reglet proof` and `reglet verify` check it.
"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@certificate_option(
    "--certificate",
    required=True,
    envvar="REGLET_CERTIFICATE",
    show_envvar=True,
    help="The certificate and its key, as PKCS#12 (.p12, .pfx).",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
def sign(*, file: Path, certificate: Path, output: Path | None) -> None:
    """Sign the PDF FILE with a certificate of yours (PAdES)."""
    from reglet.signing import UnusableError
    from reglet.write import write_beside

    signer = certificate_of(certificate)
    target = output or file.with_name(f"{file.stem}-signed.pdf")
    try:
        data = signer.sign(file.read_bytes())
    except (UnusableError, OSError) as error:
        raise click.ClickException(f"{click.format_filename(file)}: {error}") from None
    for diagnostic in write_beside(target.name, data, target.parent).diagnostics:
        raise click.ClickException(diagnostic.message)
    click.echo(f"Wrote {click.format_filename(target)}")


def certificate_of(path: Path) -> "Certificate":
    """Open a certificate by its password, which is asked for where there is somebody to ask."""
    from reglet.signing import UnusableError, read_certificate

    password = os.environ.get(PASSWORD)
    if password is None and sys.stdin.isatty():
        password = click.prompt("Password of the certificate", hide_input=True, err=True)
    try:
        return read_certificate(path, password or "")
    except UnusableError as error:
        hint = "" if password else f"; {PASSWORD} holds the password, where nobody can be asked"
        raise click.ClickException(f"{click.format_filename(path)}: {error}{hint}") from None

"""The commands that help one to work: schemas for editors, the machine's state, completion."""

import os
import sys
from pathlib import Path

import click

from reglet.messages import wants_colour


@click.command(
    epilog="""
\b
Example, for completion in an editor:
  reglet schema report > report.schema.json

`reglet new` writes those of the YAML files, and the line in each that names its schema. `manifest`
is that of the manifest.json which every build writes.
"""
)
@click.argument(
    "kind", type=click.Choice(["report", "sources", "data", "manifest"]), default="report"
)
def schema(*, kind: str) -> None:
    """Print the JSON Schema of a YAML file, for editors, or of manifest.json."""
    from reglet.manifest.model import manifest_schema
    from reglet.scaffold import schema_text

    click.echo(manifest_schema() if kind == "manifest" else schema_text(kind), nl=False)


@click.command(
    epilog="""
\b
Examples:
  reglet sbom > reglet.cdx.json           what builds stand on, as CycloneDX 1.6
  reglet sbom --extra proof --extra sign  validators and signatures, too
"""
)
@click.option(
    "--extra",
    "extras",
    multiple=True,
    type=click.Choice(["proof", "sign"]),
    help="Count these optional packages, too; may be given again.",
)
def sbom(*, extras: tuple[str, ...]) -> None:
    """Print the list of packages that reglet stands on, with versions and licences."""
    from reglet.manifest.sbom import list_dependencies

    click.echo(list_dependencies(frozenset(extras)), nl=False)


@click.command()
def doctor() -> None:
    """See whether this machine has what a build needs; say how to mend it."""
    from reglet.doctor import examine, report

    findings = examine(Path.cwd())
    click.echo(report(findings, colour=wants_colour(sys.stdout, os.environ)), nl=False)
    sys.exit(any(finding.fatal for finding in findings))


@click.command(
    epilog="""
\b
Examples:
  eval "$(reglet completion bash)"                                in ~/.bashrc
  eval "$(reglet completion zsh)"                                 in ~/.zshrc
  reglet completion fish > ~/.config/fish/completions/reglet.fish
"""
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(*, shell: str) -> None:
    """Print the script that completes commands in a shell."""
    from click.shell_completion import get_completion_class

    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"no completion for {shell}")
    program = click.get_current_context().find_root().command
    click.echo(maker(program, {}, "reglet", "_REGLET_COMPLETE").source())

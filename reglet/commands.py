"""The commands that look at finished files: a file in, what is in it out."""

from pathlib import Path

import click


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

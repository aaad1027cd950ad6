"""`reglet serve`: words in, a page that shows a report until the command is ended."""

import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reglet.options import ALLOW_NET

if TYPE_CHECKING:
    from reglet.source.origins import Origin

PORT = 8420


def _editor(_context: click.Context, _option: click.Parameter, text: str) -> str:
    """Read an editor's name, or the address by which it is opened."""
    from reglet.preview.editors import EDITORS, is_editor

    if not is_editor(text):
        known = ", ".join(EDITORS)
        example = "my-editor://{path}:{line}:{column}"
        raise click.UsageError(f"'{text}' is no editor: {known}, or an address as {example}")
    return text


@click.command(
    epilog="""
\b
Examples:
  reglet serve                         the report in this folder
  reglet serve my-report --open        and show it in the browser
  reglet serve -e press -e ebook       other editions than the first PDF and EPUB
  reglet serve --editor vscode         places open in an editor; REGLET_EDITOR says so for good
  reglet serve --editor 'my-editor://{path}:{line}:{column}'

The page is for this machine alone. It shows the last pages that could be made and what is wrong
now; a click on a page shows its line of the source. Nothing is written and nothing is proven.
"""
)
@click.argument(
    "folder", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "-e",
    "--edition",
    "editions",
    multiple=True,
    metavar="NAME",
    help="Show this edition, a PDF or EPUB; may be given again.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=None,
    help=f"Where the page is; 0 for any that is free.  [default: {PORT}, or any]",
)
@click.option(
    "--editor",
    default="copy",
    show_default=True,
    envvar="REGLET_EDITOR",
    show_envvar=True,
    callback=_editor,
    help="What opens a place: vscode, zed, idea … or an address; `copy` copies it.",
)
@ALLOW_NET
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
def serve(  # noqa: PLR0913 - one for each option
    *,
    folder: Path,
    editions: tuple[str, ...],
    port: int | None,
    editor: str,
    allowed: "frozenset[Origin]",
    opens: bool,
) -> None:
    """Show the report in FOLDER (default: here), and again whenever a file changes."""
    from reglet.preview.run import PortTakenError, serving
    from reglet.preview.session import Session

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    wanted, otherwise = (PORT, 0) if port is None else (port, None)
    session = Session(folder, editions, allowed)
    try:
        with (
            suppress(KeyboardInterrupt),
            serving(session, editor, wanted, otherwise=otherwise) as preview,
        ):
            click.echo(f"Showing {click.format_filename(folder)} at {preview.url}")
            click.echo("Ctrl-C ends it.")
            if opens:
                click.launch(preview.url)
            preview.run()
    except PortTakenError:
        raise click.ClickException(f"port {port} is taken; leave out --port") from None

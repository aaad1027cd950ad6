"""What a command says: an outcome in, words for people on stderr or for programs on stdout out."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglet.messages import render, wants_colour

if TYPE_CHECKING:
    from reglet.model.diagnostic import Outcome

MACHINE_FORMS = ("json", "github")


@contextmanager
def engines() -> Iterator[None]:
    """Keep what engines print out of stdout, and word the lack of a library for people."""
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            yield
    except (OSError, ImportError) as error:
        from reglet.doctor import explain_engine_failure

        explanation = explain_engine_failure(error)
        if not explanation:
            raise
        raise click.ClickException(explanation) from None
    click.echo(printed.getvalue(), nl=False, err=True)


def tell(outcome: "Outcome[Any]", form: str, folder: Path) -> None:
    """Print the diagnostics: for people on stderr, for machines on stdout."""
    machine = form in MACHINE_FORMS
    colour = not machine and wants_colour(sys.stderr, os.environ)
    from reglet.views import view_from

    text = render(outcome.diagnostics, form, view_from(folder, colour=colour))
    click.echo(text, nl=False, err=not machine, color=colour)

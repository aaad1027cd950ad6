"""Options and arguments that several commands take."""

from pathlib import Path

import click

from reglet.messages import FORMS

FOLDER = click.argument(
    "folder",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
FORM = click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMS)),
    default="human",
    show_default=True,
    help="How mistakes are shown: for people, one a line, for programs, for GitHub.",
)
STRICT = click.option(
    "--strict",
    is_flag=True,
    help="Take warnings for errors, but those that report.yaml turns off.",
)
JOBS = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="N",
    help="Work in so many processes.  [default: as many as processors]",
)
CACHED = click.option(
    "--cache/--no-cache",
    "cached",
    default=True,
    help="Make again only what has changed, or everything.  [default: what has changed]",
)

"""Options and arguments that several commands take."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from reglet.messages import FORMS

if TYPE_CHECKING:
    from reglet.source.origins import Origin

Command = TypeVar("Command", bound=Callable[..., Any])


def _origins(
    _context: click.Context, _option: click.Parameter, texts: tuple[str, ...]
) -> "frozenset[Origin]":
    """Read hosts."""
    from reglet.source.origins import typed_origin

    found = {text: typed_origin(text) for text in texts}
    for text, origin in found.items():
        if origin is None:
            raise click.UsageError(
                f"'{text}' is no host; write its name alone, as example.org, example.org:8443 or, "
                "for a host without https, http://example.org"
            )
    return frozenset(origin for origin in found.values() if origin)


def certificate(*names: str, **more: object) -> Callable[[Command], Command]:
    """Make the option, under some names, that takes the file of a certificate."""
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option(*names, type=kind, metavar="FILE", **cast("Any", more))


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
ALLOW_NET = click.option(
    "--allow-net",
    "allowed",
    multiple=True,
    metavar="HOST",
    callback=_origins,
    help="Fetch pictures from this host, and from no other; may be given again.",
)
CACHED = click.option(
    "--cache/--no-cache",
    "cached",
    default=True,
    help="Make again only what has changed, or everything.  [default: what has changed]",
)

"""The commands about themes: a report's folder and a theme's name in, what it is or a copy out."""

import re
from collections.abc import Mapping
from pathlib import Path

import click

_REPORT = click.option(
    "--report",
    "folder",
    default=".",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="The report whose own themes are meant, too.  [default: this folder]",
)
_NEW = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@click.group(
    epilog="""
\b
Examples:
  reglet theme list                      the themes there are
  reglet theme show brief                its tokens, and the files it has
  reglet theme copy brief --as harbour   a copy in templates/harbour, to be changed

An edition of report.yaml names its theme: `{name: screen, theme: brief}`. See docs/themes.md.
"""
)
def theme() -> None:
    """List themes, show what is in one, or copy one to change it."""


@theme.command("list")
@_REPORT
def list_themes(*, folder: Path) -> None:
    """List the themes there are, and what each is for."""
    from reglet.tokens import about, themes

    templates = _templates(folder)
    names = themes(templates)
    width = max(map(len, names))
    for name in names:
        click.echo(f"{name:{width}}  {about(name, templates)}".rstrip())


@theme.command()
@click.argument("name")
@_REPORT
def show(*, name: str, folder: Path) -> None:
    """Show the tokens of the theme NAME, whose they are, and the files that it has itself."""
    from reglet.tokens import about, own_tokens

    templates = _templates(folder)
    line = _line(name, templates)
    told = about(name, templates)
    click.echo(name + (f": {told}" if told else ""))
    if line[1:]:
        click.echo(f"extends {', '.join(line[1:])}")
    shown: dict[str, tuple[str, str]] = {}
    for each in reversed(line):
        shown |= {key: (value, each) for key, value in own_tokens(each, templates).items()}
    keys, values = max(map(len, shown)), max(len(value) for value, _ in shown.values())
    click.echo("\nTokens, and whose they are:")
    for key, (value, whose) in shown.items():
        click.echo(f"  {key:{keys}}  {value or '-':{values}}  {whose}")
    click.echo("\nFiles of its own:")
    for path in _files(name, templates):
        click.echo(f"  {path}")


@theme.command()
@click.argument("name")
@click.option("--as", "new", metavar="NEW", help="What the copy is called.  [default: my-NAME]")
@_REPORT
def copy(*, name: str, new: str | None, folder: Path) -> None:
    """Copy the theme NAME into the report's templates/, to be changed there.

    What is taken out of the copy, a token or a file, comes from NAME again.
    """
    from reglet.write import write_new

    templates = _templates(folder)
    _line(name, templates)
    new = new or f"my-{name}"
    if not _NEW.fullmatch(new) or new == "labels":
        raise click.UsageError(f"'{new}' is no name for a theme: use small letters, digits and `-`")
    if any(path.startswith(f"{new}/") for path in templates):
        raise click.UsageError(f"there is a theme '{new}' already; name the copy with --as")
    files = _files(name, templates)
    files["theme.yaml"] = f"extends: {name}\n{_without_base(files.get('theme.yaml', ''))}"
    target = _root(folder) / "templates" / new
    outcome = write_new({path: text.encode() for path, text in files.items()}, target)
    for diagnostic in outcome.diagnostics:
        raise click.ClickException(diagnostic.message)
    shown = click.format_filename(target)
    click.echo(f"Wrote {len(files)} files to {shown}. For an edition to have it, write:")
    click.echo(f"\n  - {{name: screen, theme: {new}}}\n\nbelow `editions:` in report.yaml.")


def _root(folder: Path) -> Path:
    """Return the folder that holds a report's templates/."""
    from reglet.source.home import find_home

    home = find_home(folder).value
    return home.root if home else folder


def _templates(folder: Path) -> Mapping[str, str]:
    from reglet.source.templates import report_templates

    return report_templates(_root(folder)).value


def _line(name: str, templates: Mapping[str, str]) -> tuple[str, ...]:
    """Return the theme and those that it extends; a name that is none's is wrong usage."""
    from reglet.model.span import NOWHERE
    from reglet.tokens import lineage

    found = lineage(name, templates, NOWHERE)
    for diagnostic in found.diagnostics:
        raise click.UsageError(f"{diagnostic.message} ({diagnostic.hint})")
    return found.value


def _files(name: str, templates: Mapping[str, str]) -> dict[str, str]:
    """Return the files of a theme's own folder, by their paths in it."""
    own = (path for path in sorted(templates) if path.startswith(f"{name}/"))
    return {path.removeprefix(f"{name}/"): templates[path] for path in own}


def _without_base(text: str) -> str:
    return re.sub(r"^extends:.*\n?", "", text, flags=re.M)

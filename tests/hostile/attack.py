"""One hostile report: its files, what reglet must say of it, and what no product may hold."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "swordfish-7419"
"""Stands in every file outside the report's folder; no product and no message may hold it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link to what lies at `target`."""

    target: str


@dataclass(frozen=True, slots=True)
class Pipe:
    """A pipe with a name, which whoever opens it waits at for ever."""


Content = str | bytes | Link | Pipe


@dataclass(frozen=True, slots=True)
class Attack:
    """What a report tries, and how it must end.

    `{outside}` in a text is the folder beside the report's, where the secrets lie. `said` lists the
    diagnostics as `place code`, in their order. Without `editions` the report is checked only; with
    them, it is built, and must be unless `said` holds an error.
    """

    name: str
    files: Mapping[str, Content]
    said: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    absent: tuple[str, ...] = field(default=())


def section(name: str, text: str, *said: str, editions: str = "", absent: str = "") -> Attack:
    """Attack by the text of a section, which stands at line 3 of its file."""
    files = {"sections/01.md": f"# One\n\n{text}\n"}
    placed = tuple(f"sections/01.md:{words}".replace(": ", " ") for words in said)
    return Attack(name, files, placed, tuple(editions.split()), tuple(absent.split()))


def laughs(name: str) -> str:
    """Write a document type whose entity `i` is a billion letters long."""
    doubled = zip("abcdefgh", "bcdefghi", strict=True)
    entities = ("<!ENTITY " + new + ' "' + f"&{old};" * 10 + '">' for old, new in doubled)
    return f'<!DOCTYPE {name} [<!ENTITY a "aaaaaaaaaa">{"".join(entities)}]>'


def lay(attack: Attack, folder: Path) -> Path:
    """Write an attack's report into `folder`, with secrets beside it; return the report."""
    report, outside = folder / "report", folder / "outside"
    outside.mkdir()
    for name in ("secret.md", "secret.yaml", "secret.css", "secret.csl", "secret.html"):
        (outside / name).write_text(f"{SECRET}: {SECRET}\n")
    (outside / "secret.png").write_bytes(SECRET.encode())
    whole: dict[str, Content] = {"report.yaml": "title: T\n", "sections/01.md": "# One\n"}
    for path, content in (whole | dict(attack.files)).items():
        place = report / path
        place.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            place.symlink_to(content.target.replace("{outside}", str(outside)))
        elif isinstance(content, Pipe):
            os.mkfifo(place)
        elif isinstance(content, str):
            text = content.replace("{outside}", str(outside))
            place.write_bytes(text.encode("utf-8", "surrogatepass"))
        else:
            place.write_bytes(content)
    return report

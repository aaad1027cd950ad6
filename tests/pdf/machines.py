"""Two machines, as far as one can be two: a copy of reglet each, and all that may differ."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

from conftest import LATER, ROOT

PARTS = ("reglet", "templates")
# A locale of bytes below 128 whose numbers have commas, made of nothing but this.
NAME = "xx_XX"
NUMBERS = 'LC_NUMERIC\ndecimal_point ","\nthousands_sep "."\ngrouping 3;3\nEND LC_NUMERIC\n'
LETTERS = "\n".join(
    [
        *("<code_set_name> ANSI_X3.4-1968", "<mb_cur_max> 1", "<escape_char> /", "CHARMAP"),
        *(f"<U{number:04X}> /x{number:02x}" for number in range(128)),
        "END CHARMAP\n",
    ]
)
SELF = r"""
import locale, os, sys, time
import reglet
locale.setlocale(locale.LC_ALL, "")
mask = os.umask(0)
sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")
print(reglet.__file__, locale.localeconv()["decimal_point"], time.strftime("%Z"), f"{mask:03o}",
      hash("reglet"), os.environ["XDG_CACHE_HOME"], sep="\n")
"""


@dataclass(frozen=True)
class Machine:
    """Where reglet is, with what around it, and whether its clock is four years ahead."""

    home: Path
    environment: Mapping[str, str]
    umask: int
    ahead: bool

    def run(self, *arguments: str | Path) -> str:
        """Run a command of this machine's reglet; return what it says."""
        way = ["-c", LATER] if self.ahead else ["-m", "reglet"]
        return self._python(*way, *arguments)

    def itself(self) -> list[str]:
        """Return what this machine takes itself for: each must be another on another."""
        return self._python("-c", SELF).splitlines()

    def _python(self, *arguments: str | Path) -> str:
        done = subprocess.run(
            [sys.executable, *map(str, arguments)], cwd=self.home, umask=self.umask,
            env=self.environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout


def machine(folder: Path, name: str, *, seed: int, zone: str, umask: int, far: bool) -> Machine:
    """Copy reglet into a folder of its own; where `far`, the locale and the clock are others."""
    home = folder / name
    for part in PARTS:
        copytree(ROOT / part, home / part, ignore=ignore_patterns("__pycache__"))
    (home / "tmp").mkdir()
    locale = {"LC_ALL": "C.UTF-8"}
    if far:
        (home / "letters").write_text(LETTERS)
        (home / "numbers").write_text(NUMBERS)
        made = ["-f", home / "letters", "-i", home / "numbers", home / NAME]
        subprocess.run(
            ["localedef", "-c", *map(str, made)], capture_output=True, check=False
        )  # warns of what is not in it
        locale = {"LC_ALL": NAME, "LOCPATH": str(home)}
    kept = {key: os.environ[key] for key in ("PATH", "REGLET_PROOF")}
    own = {"HOME": home, "TMPDIR": home / "tmp", "XDG_CACHE_HOME": home / "cache", "TZ": zone}
    own |= {"PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": 1}
    whole = kept | locale | {key: str(value) for key, value in own.items()}
    return Machine(home, whole, umask, far)

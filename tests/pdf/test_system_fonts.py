"""A page has the same bytes whatever fonts the machine has: with others, and with none at all."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Maker
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from reglet.formats.fonts import FACES, font_path

FAMILIES = ("Source Serif 4", "Source Sans 3", "Noto Naskh Arabic", "serif")
ALONE = "\U00012112"  # in none of the declared fonts; in those of the machine, it is an A
SET = """
import sys
from pathlib import Path
from reglet.model.report import READY_MADE
from reglet.pipeline import preview
[built] = preview(Path(sys.argv[1]), [READY_MADE["screen"]]).value
Path(sys.argv[2]).write_bytes(built.data)
"""
TEXT = f"# Żywot\n\nWords, *words* and `code`; سلام, {ALONE}, 1234.[^a]\n\n[^a]: A **note**.\n"


def install(folder: Path) -> Path:
    """Put a typeface under the names of others into a folder; return fontconfig's settings."""
    mono = next(face for face in FACES if "Mono" in face.family)
    folder.mkdir(parents=True)
    for number, family in enumerate(FAMILIES):
        with TTFont(font_path(mono)) as font:
            for name in (1, 4, 16):
                font["name"].setName(family, name, 3, 1, 0x409)
            wide = CmapSubtable.newSubtable(12)
            wide.platformID, wide.platEncID, wide.language = 3, 10, 0
            wide.cmap = font.getBestCmap() | {ord(ALONE): "A"}
            font["cmap"].tables.append(wide)
            font.save(folder / f"{number}.ttf")
    settings = folder / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    return settings


def digest(report: Path, file: Path, **environment: str) -> str:
    command = [sys.executable, "-c", SET, str(report), str(file)]
    subprocess.run(command, check=True, env=os.environ | environment)
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.full
def test_the_machine_s_fonts_change_nothing(make: Maker, tmp_path: Path) -> None:
    report = make({"sections/01.md": TEXT})
    home = tmp_path / "home"
    settings = install(home / ".local/share/fonts")
    asked = ["fc-match", "-f", "%{file}", "Source Serif 4"]
    seen = os.environ | {"FONTCONFIG_FILE": str(settings)}
    found = subprocess.run(asked, env=seen, capture_output=True, check=True).stdout.decode()
    assert found.startswith(str(home)), "programs that ask for system fonts would find these"
    others = {"HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share")}
    others |= {"FONTCONFIG_FILE": str(settings), "FONTCONFIG_PATH": str(settings.parent)}
    none = tmp_path / "none"
    none.mkdir()
    (none / "fonts.conf").write_text("<fontconfig></fontconfig>")
    absent = {"HOME": str(none), "XDG_DATA_HOME": str(none)}
    absent |= {"FONTCONFIG_FILE": str(none / "fonts.conf"), "FONTCONFIG_PATH": str(none)}
    usual = digest(report, tmp_path / "usual.pdf")
    assert digest(report, tmp_path / "others.pdf", **others) == usual
    assert digest(report, tmp_path / "absent.pdf", **absent) == usual

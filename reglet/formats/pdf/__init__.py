"""Footnoted PDFs, set by WeasyPrint, from which system fonts are shut out.

So every machine sets the same pages. It must be seen to before the engine is imported.
"""

import os
import tempfile
import warnings
from pathlib import Path


def _shut_out_system_fonts() -> None:
    """Point fontconfig at a configuration without folders; must run before Pango is loaded."""
    folder = Path(tempfile.gettempdir()) / f"reglet-fonts-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    file = folder / "fonts.conf"
    text = (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>"
    )
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
    os.environ["FONTCONFIG_FILE"] = str(file)


_shut_out_system_fonts()
warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the point

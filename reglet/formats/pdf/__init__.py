"""Footnoted PDFs, set by WeasyPrint, from which system fonts are shut out.

So every machine sets the same pages. It must be seen to before the engine is imported.
"""

import os
import warnings
from pathlib import Path

# Fontconfig, told of no folders before Pango is loaded, finds no fonts of the system.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
warnings.filterwarnings("ignore", "No fonts configured in FontConfig")  # that is the point

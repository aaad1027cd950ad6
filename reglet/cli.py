"""The command line: words in, a build and its messages out, and an exit code.

0 built or in order · 1 mistakes in the report or the machine · 2 wrong usage · 70 a fault of
reglet's own. Stages are imported by the commands that need them, so that `--help` is at once.
"""

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reglet import __version__, aids, commands, verify_commands
from reglet.options import FOLDER, FORM, STRICT
from reglet.preview.command import serve
from reglet.telling import MACHINE_FORMS, engines, tell

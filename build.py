"""Builds this repository's report, content/, into output/: `python build.py [options]`.

The options are those of `reglet build`, and so is the exit code: 0 when every edition is built.
"""

import sys
from pathlib import Path

from reglet.cli import main

if __name__ == "__main__":
    main(["build", str(Path(__file__).parent), *sys.argv[1:]])

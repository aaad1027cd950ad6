"""`python -m bench`: whole builds beside others'; `python -m bench layout`: the layout alone."""

import sys

from bench import layout, run

if __name__ == "__main__":
    if sys.argv[1:2] == ["layout"]:
        sys.exit(layout.main(sys.argv[2:]))
    sys.exit(run.main(sys.argv[1:]))

"""`python -m bench`: whole builds beside others; `layout`: the layout alone; `profile`: stages."""

import sys

from bench import layout, profile, run

if __name__ == "__main__":
    if sys.argv[1:2] == ["layout"]:
        sys.exit(layout.main(sys.argv[2:]))
    if sys.argv[1:2] == ["profile"]:
        sys.exit(profile.main(sys.argv[2:]))
    sys.exit(run.main(sys.argv[1:]))

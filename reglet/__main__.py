"""Runs the command line as `python -m reglet`."""

from reglet.cli import main

main()

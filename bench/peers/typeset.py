"""A Typst file in, its PDF out, by the compiler within the package `typst`, as its command does."""

import sys

import typst

source, target, fonts = sys.argv[1:]
typst.compile(source, output=target, font_paths=[fonts], ignore_system_fonts=True)

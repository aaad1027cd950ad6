"""The addresses by which pages name what the engine is served from memory."""

BASE = "reglet:///"
FONTS = "reglet:///fonts/"

"""Reads a finished PDF by its tags, as a screen reader does."""

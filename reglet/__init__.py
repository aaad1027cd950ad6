"""Render YAML and Markdown into a footnoted PDF, an EPUB and a download page."""

__version__ = "0.1.0"

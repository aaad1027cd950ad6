"""Markdown to a tree: SourceFile to Section, with a span on every node."""

"""Drawings as the templates of themes make them, for tests."""

from collections.abc import Mapping

from reports import templates

from reglet.model.document import Kind, Node
from reglet.model.report import Edition
from reglet.theme import load_theme


def svg_of(
    template: str,
    geometry: Mapping[str, object],
    *,
    alt: str = "A drawing",
    form: str = "pdf",
    theme: str = "inquiry",
) -> str:
    """Draw a geometry with a theme's template for an edition of a format."""
    edition = Edition("any", form, theme=theme)
    found = load_theme(edition, templates(), "en").value
    assert found is not None
    node = Node(Kind.DRAWING, attrs={"alt": alt, "title": ""})
    context = {"drawing": geometry, "node": node, "tokens": found.tokens, "edition": edition}
    return found.page(f"figures/{template}.svg", context)

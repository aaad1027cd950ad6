"""A section's front matter: YAML between `---` and `---` at the top of its file."""

import re
from dataclasses import dataclass

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.project import Tree
from reglet.model.span import NOWHERE, Span
from reglet.yamltree import read_yaml

KEYS = ("lang", "role", "short-title", "title")
ROLES = ("chapter", "preface", "appendix", "afterword")
_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LANG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a section says of itself; `end` is the offset after its front matter."""

    title: str = ""
    title_span: Span = NOWHERE
    short_title: str = ""
    role: str = "chapter"
    lang: str = ""
    end: int = 0


def read_front_matter(text: str, path: str) -> tuple[FrontMatter, list[Diagnostic]]:
    """Read the front matter at the top of `text`; without any, all is as by default."""
    found = _MATTER.match(text)
    if not found:
        return FrontMatter(), []
    outcome = read_yaml(found["yaml"], path, 2, 1)
    tree, diagnostics = outcome.value, list(outcome.diagnostics)
    if tree.value is None:
        return FrontMatter(end=found.end()), diagnostics
    if not isinstance(tree.value, dict):
        kind = type(tree.value).__name__
        expected = {"key": "front matter", "expected": "a mapping", "found": kind}
        return FrontMatter(end=found.end()), [
            *diagnostics,
            diagnose("wrong-type", tree.at(()), **expected),
        ]
    values = _values(tree, tree.value, diagnostics)
    title_span = tree.at(("title",)) if "title" in values else NOWHERE
    return FrontMatter(
        title=values.get("title", ""),
        title_span=title_span,
        short_title=values.get("short-title", ""),
        role=values.get("role", "chapter"),
        lang=values.get("lang", ""),
        end=found.end(),
    ), diagnostics


def _values(
    tree: Tree, mapping: dict[str, object], diagnostics: list[Diagnostic]
) -> dict[str, str]:
    """Keep the values that are right; report the others."""
    kept: dict[str, str] = {}
    for key, value in mapping.items():
        span = tree.at((key,))
        if key not in KEYS:
            where = tree.keys.get((key,), span)
            diagnostics.append(diagnose("unknown-key", where, nearest(key, KEYS), key=key))
        elif not isinstance(value, str | int | float) or isinstance(value, bool):
            found = type(value).__name__
            fields = {"key": key, "expected": "text", "found": found}
            diagnostics.append(diagnose("wrong-type", span, **fields))
        elif key == "role" and value not in ROLES:
            hint = nearest(str(value), ROLES) or f"write one of {', '.join(ROLES)}"
            diagnostics.append(diagnose("bad-value", span, hint, found=value, expected="role"))
        elif key == "lang" and not _LANG.fullmatch(str(value)):
            diagnostics.append(diagnose("bad-value", span, found=value, expected="language"))
        else:
            kept[key] = str(value)
    return kept

"""A theme's folder: templates in, the themes that it extends and its tokens out, every one checked.

A theme that extends another has all that is the other's and not its own: tokens one by one,
templates file by file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from reglet.formats.fonts import FACES
from reglet.lengths import WIDEST_PAGE, out_of_bounds
from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.project import Project, Tree, YamlPath
from reglet.model.report import Edition
from reglet.model.span import Span
from reglet.yamltree import read_yaml

HOUSE = "inquiry"
"""The theme that all others may extend, and that an edition has where it names none."""

NO_TOKENS = ABOUT, EXTENDS, SIZES = ("about", "extends", "sizes")
"""Keys of theme.yaml that are no tokens: its sentence, its base, and tokens by size of page."""

MOST_LACKING = 3  # tokens that are told one by one; of more, that the theme extends none

_LEAST = {  # mm
    "page": 20.0, "font-size": 0.5, "line-height": 0.5, "note-size": 0.5, "note-line-height": 0.5,
    "bleed": 0.0, "spine": 0.0,
}  # fmt: skip

_LENGTH = r"(?:\d+(?:\.\d+)?|\.\d+)(?:mm|cm|q|in|pt|pc|px)"


@dataclass(frozen=True, slots=True)
class Form:
    """How a token is written: what it is called, the pattern of it, and an example."""

    called: str
    pattern: re.Pattern[str]
    example: str


_FAMILIES = tuple(dict.fromkeys(face.family for face in FACES))

LENGTH = Form("length", re.compile(_LENGTH, re.I), "`12pt`")
COLOUR = Form("colour", re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.I), '`"#1f2a30"`')
TYPEFACE = Form(
    "typeface", re.compile("|".join(map(re.escape, _FAMILIES))), f"one of {', '.join(_FAMILIES)}"
)
SIZE = Form(
    "size of page",
    re.compile(rf"[a-z][a-z0-9]*(?: (?:portrait|landscape))?|{_LENGTH}(?: {_LENGTH})?", re.I),
    "`A5`, or `6in 9in`",
)
WORDS = Form("text", re.compile(r".*", re.S), "text")

TOKENS: Mapping[str, Form] = {
    "page": SIZE,
    **dict.fromkeys(("margin-top", "margin-bottom", "margin-inside", "margin-outside"), LENGTH),
    **dict.fromkeys(("serif", "sans", "mono"), TYPEFACE),
    **dict.fromkeys(("font-size", "line-height", "note-size", "note-line-height"), LENGTH),
    **dict.fromkeys(("ink", "accent", "muted", "gold", "rule", "paper"), COLOUR),
    # what these may be is looked at where they are used
    **dict.fromkeys(("accessibility-page", "descriptions"), WORDS),
    **dict.fromkeys(("certified-by", "certifier-credential", "certifier-report"), WORDS),
    **dict.fromkeys(("bleed", "marks", "colours", "profile", "signature", "openers"), WORDS),
    **dict.fromkeys(("addresses", "paper-weight", "paper-bulk", "spine"), WORDS),
}
"""The tokens that every theme has, itself or from the theme that it extends. It may add others."""


def themes(templates: Mapping[str, str]) -> tuple[str, ...]:
    """List the themes that there are, by their names."""
    folders = {name.split("/")[0] for name in templates if "/" in name}
    return tuple(sorted(folders - {"labels"}))


def lineage(name: str, templates: Mapping[str, str], span: Span) -> Outcome[tuple[str, ...]]:
    """Return a theme and those that it extends, its own name first; none for an unknown one.

    `span` is where the theme is named.
    """
    known = themes(templates)
    line: list[str] = []
    while name:
        if name in line:
            return Outcome((), (diagnose("theme-loop", span, name=name),))
        if name not in known:
            hint = nearest(name, known) or f"themes: {', '.join(known)}"
            return Outcome((), (diagnose("unknown-theme", span, hint, name=name),))
        line.append(name)
        tree = _tree(name, templates).value
        span = tree.at((EXTENDS,))
        value = _mapping(tree).get(EXTENDS)
        name = "" if value is None else str(value)
    return Outcome(tuple(line))


def find_template(
    line: tuple[str, ...], form: str, name: str, templates: Mapping[str, str]
) -> str | None:
    """Find a template: in each theme's folder of the format first, then in the theme's own.

    A name that begins with that of a theme of the line is looked up from that theme on.
    """
    for number, theme in enumerate(line):
        for path in (f"{theme}/{form}/{name}", f"{theme}/{name}"):
            if path in templates:
                return path
        if name.startswith(f"{theme}/"):
            return find_template(line[number:], form, name.removeprefix(f"{theme}/"), templates)
    return None


def load_tokens(edition: Edition, templates: Mapping[str, str]) -> Outcome[Mapping[str, str]]:
    """Read the tokens of the edition's theme, overlaid with its settings."""
    line = lineage(edition.theme, templates, edition.span)
    if not line.value:
        return Outcome({}, line.diagnostics)
    trees = [_tree(name, templates) for name in reversed(line.value)]
    told = [item for tree in trees for item in tree.diagnostics]
    tokens: dict[str, str] = {}
    for tree in trees:
        tokens |= _plain(tree.value, (), told)
    if not any(tree.failed for tree in trees):
        told += _missing(line.value, tokens, templates)
    tokens = dict.fromkeys(TOKENS, "") | tokens
    page = _size(edition.settings.get("page", tokens["page"]))
    for tree in trees:
        tokens |= _sized(tree.value, page, told)
    settings = {key: word for key, word in edition.settings.items() if key in tokens}
    told += [
        diagnose("unknown-key", edition.span, nearest(key, tokens), key=key)
        for key in edition.settings
        if key not in tokens
    ]
    told += [fault for item in settings.items() if (fault := _misfit(*item, edition.span))]
    return Outcome(tokens | settings, tuple(told))


def check_themes(project: Project) -> tuple[Diagnostic, ...]:
    """Tell what is wrong with the themes of a report's editions, and with their settings."""
    editions = project.report.editions
    found = (load_tokens(edition, project.templates).diagnostics for edition in editions)
    return tuple(dict.fromkeys(item for told in found for item in told))


def about(name: str, templates: Mapping[str, str]) -> str:
    """Return the sentence that a theme says of itself."""
    return str(_mapping(_tree(name, templates).value).get(ABOUT) or "")


def own_tokens(name: str, templates: Mapping[str, str]) -> Mapping[str, str]:
    """Return the tokens that a theme has itself."""
    return _plain(_tree(name, templates).value, (), [])


def _tree(name: str, templates: Mapping[str, str]) -> Outcome[Tree]:
    path = f"{name}/theme.yaml"
    return read_yaml(templates.get(path, ""), f"templates/{path}")


def _mapping(tree: Tree, path: YamlPath = ()) -> Mapping[str, object]:
    value = tree.value
    for step in path:
        value = value.get(str(step)) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _plain(tree: Tree, path: YamlPath, told: list[Diagnostic]) -> dict[str, str]:
    """Return the tokens of one mapping of a theme.yaml, and tell of those that are none."""
    found: dict[str, str] = {}
    for key, value in _mapping(tree, path).items():
        span = tree.at((*path, key))
        if not path and key in NO_TOKENS:
            continue
        if isinstance(value, (dict, list)) or value is None:
            told.append(
                diagnose(
                    "wrong-type", span, key=key, expected="one plain value", found=_kind(value)
                )
            )
            continue
        text = str(value).lower() if isinstance(value, bool) else str(value)
        told += [fault] if (fault := _misfit(key, text, span)) else []
        found[key] = text
    return found


def _sized(tree: Tree, page: str, told: list[Diagnostic]) -> dict[str, str]:
    """Return the tokens that a theme has for one size of page."""
    found: dict[str, str] = {}
    for name in _mapping(tree, (SIZES,)):
        tokens = _plain(tree, (SIZES, name), told)
        found |= tokens if _size(name) == page else {}
    return found


def _size(page: str) -> str:
    return " ".join(page.casefold().split())


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    return "a mapping" if isinstance(value, dict) else "a list"


@cache
def _colour_names() -> frozenset[str]:
    """Return the names that CSS has for colours."""
    from PIL import ImageColor  # heavy

    return frozenset(ImageColor.colormap)


def _misfit(key: str, text: str, span: Span) -> Diagnostic | None:
    """Tell of a token whose value is not what it has to be."""
    form = TOKENS.get(key, WORDS)
    if form.pattern.fullmatch(text) or (form is COLOUR and text.lower() in _colour_names()):
        return _without_end(key, text, span)
    hint = (nearest(text, _FAMILIES) if form is TYPEFACE else "") or f"write {form.example}"
    return diagnose("bad-value", span, hint, found=text, expected=f"{form.called} (`{key}`)")


def _without_end(key: str, text: str, span: Span) -> Diagnostic | None:
    """Tell of a length that no page, no letter and no line can have."""
    least = _LEAST.get(key, -WIDEST_PAGE)
    hint = f"write one from {max(least, 0):g}mm to {WIDEST_PAGE:g}mm"
    for length in out_of_bounds(text, least):
        return diagnose("bad-value", span, hint, found=length, expected=f"length (`{key}`)")
    return None


def _missing(
    line: tuple[str, ...], tokens: Mapping[str, str], templates: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Tell of the tokens that a theme has neither itself nor from another."""
    lacking = [key for key in TOKENS if key not in tokens]
    path = f"templates/{line[-1]}/theme.yaml"
    base = f"`{EXTENDS}: {HOUSE}`"
    if lacking and path.removeprefix("templates/") not in templates:
        yield diagnose("missing-file", Span(path), f"write it, with a line {base}", path=path)
        return
    span = _tree(line[-1], templates).value.at(())
    if len(lacking) > MOST_LACKING:
        hint = f"add a line {base}; of its own it lacks {', '.join(lacking)}"
        yield diagnose("missing-key", span, hint, key=EXTENDS)
        return
    for key in lacking:
        yield diagnose("missing-key", span, f"add a line `{key}: …`, or {base}", key=key)

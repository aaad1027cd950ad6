"""From pydantic's errors to diagnostics: all of a file's at once, each at its place in the YAML."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.project import Tree, YamlPath
from reglet.model.span import Span

KeyHint = Callable[[YamlPath], str]
"""Gives the hint for an unknown key, which stands at the end of its path."""

LONGEST_QUOTE = 30

_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "too_short": "a list of at least one entry",
}
_CODES = frozenset({"wrong-type", "bad-value", "bad-date", "missing-key", "unknown-edition"})


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file read: its tree, and its lines, to quote what stands there."""

    path: str
    tree: Tree
    lines: tuple[str, ...]

    def written(self, path: YamlPath) -> str:
        """Return a value as it is written, or what it is where it is more than a few words."""
        value = self.value(path)
        if value is None:
            return "nothing"
        span = self.tree.at(path)
        line = self.lines[span.line - 1] if 0 < span.line <= len(self.lines) else ""
        words = line[span.column - 1 : span.column - 1 + span.length]
        if isinstance(value, (list, dict)):
            short = len(words) <= LONGEST_QUOTE and words[-1:] in ("]", "}")
            return words if short else "list" if isinstance(value, list) else "mapping"
        return words if words and words[0] not in "|>" else str(value).split("\n", maxsplit=1)[0]

    def value(self, path: YamlPath) -> object:
        """Return the value at a path of the tree; None where there is none."""
        value = self.tree.value
        try:
            for step in path:
                value = value[step]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
        return value

    def key_span(self, path: YamlPath) -> Span:
        """Return the span of the key that `path` ends with, or of what is nearest to it."""
        return self.tree.keys.get(path) or self.tree.at(path)


def complain(
    error: ValidationError, file: YamlFile, hint: KeyHint, root: YamlPath = ()
) -> tuple[Diagnostic, ...]:
    """Turn the errors of validating the value at `root` into diagnostics, in reading order."""
    details = error.errors(include_url=False, include_input=False)
    found = {_complaint(detail, file, hint, root): detail for detail in details}
    meant = {
        (detail["loc"][:-1], item.hint)
        for item, detail in found.items()
        if item.code == "unknown-key"
    }
    kept = [
        item
        for item, detail in found.items()
        if item.code != "missing-key"
        or (detail["loc"][:-1], f"did you mean `{detail['loc'][-1]}`?") not in meant
    ]
    return tuple(sorted(kept, key=lambda item: item.span))


def _complaint(detail: ErrorDetails, file: YamlFile, hint: KeyHint, root: YamlPath) -> Diagnostic:
    path = _path(root, detail["loc"], file.tree)
    code = detail["type"]
    context = {key: str(value) for key, value in detail.get("ctx", {}).items()}
    if code == "extra_forbidden":
        key = str(path[-1])
        return diagnose("unknown-key", file.key_span(path), hint(path), key=key)
    if code in ("missing", "missing-key"):
        key = str(path[-1])
        return diagnose("missing-key", file.key_span(path), context.get("hint", ""), key=key)
    if code in _CODES:
        words = context.pop("hint", "")
        context.pop("code", "")
        context["found"] = context.get("found") or file.written(path)
        if code == "wrong-type":
            context["key"] = key_name(path, file.path)
        return diagnose(code, file.tree.at(path), words, **context)
    if code not in _EXPECTED:
        raise error_of_ours(detail)
    return wrong_type(file, path, _EXPECTED[code])


def error_of_ours(detail: ErrorDetails) -> ValueError:
    """Make the exception for an error of pydantic that no model should give: a bug."""
    return ValueError(f"no diagnostic for {detail['type']} at {detail['loc']}")


def nearest_key(key: str, known: Iterable[str]) -> str:
    """Return a hint for a mistyped key; one that differs by its case alone comes first."""
    names = list(known)
    same = [name for name in names if name.casefold() == key.strip().casefold()]
    return f"did you mean `{same[0]}`?" if same else nearest(key, names)


def wrong_type(file: YamlFile, path: YamlPath, expected: str, hint: str = "") -> Diagnostic:
    """Tell that a value is of the wrong type, and what to type instead where that is plain."""
    return diagnose(
        "wrong-type",
        file.tree.at(path),
        _type_hint(file, path, expected) or hint,
        key=key_name(path, file.path),
        expected=expected,
        found=file.written(path),
    )


def key_name(path: YamlPath, whole: str) -> str:
    """Name what a path leads to, for people: entries of lists count from 1."""
    if not path:
        return whole
    if isinstance(path[-1], str):
        return path[-1]
    return f"{key_name(path[:-1], whole)}, entry {path[-1] + 1}"


def _type_hint(file: YamlFile, path: YamlPath, expected: str) -> str:
    value, written = file.value(path), file.written(path)
    before = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
    if expected.endswith("text") and isinstance(value, (int, float)):
        return f'put it in quotes: `{before}"{written}"`'
    if expected == "text" and isinstance(value, list):
        return "write one value, without brackets or `- `"
    if expected == "a list":
        short = isinstance(value, (str, int, float)) and len(written) <= LONGEST_QUOTE
        return f"write `{before}[{written}]`" if short else "begin each entry with `- `"
    if expected == _EXPECTED["too_short"]:
        return "write one, or leave the key out"
    if expected == "a mapping" and isinstance(value, str) and ":" in value[:-1]:
        return "put a space behind the colon"
    return ""


def _path(root: YamlPath, location: tuple[int | str, ...], tree: Tree) -> YamlPath:
    """Find an error's place in the tree; pydantic's location names the branches of unions too."""
    path = root
    for number, step in enumerate(location, start=1):
        longer = (*path, step)
        last = number == len(location)
        if longer in tree.spans or (last and isinstance(step, str) and not _is_branch(step)):
            path = longer
    return path


def _is_branch(step: str) -> bool:
    return step.startswith("as ")

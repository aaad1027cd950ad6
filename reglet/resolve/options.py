"""The YAML of a directive: text in, checked options with their places out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Node
from reglet.model.project import Tree, YamlPath
from reglet.model.span import Span
from reglet.yamltree import read_yaml


@dataclass(frozen=True, slots=True)
class Options:
    """A directive's options; `found` collects what is wrong with them."""

    node: Node
    tree: Tree
    values: Mapping[str, object]
    found: list[Diagnostic]

    @property
    def name(self) -> str:
        """Return the directive's name."""
        return self.node.attrs["name"]

    def at(self, *path: str | int) -> Span:
        """Return the place of an option's value."""
        return self.tree.at(path) if self.tree.spans else self.node.span

    def report(self, code: str, path: YamlPath, hint: str = "", **fields: object) -> None:
        """Note what is wrong with the value at `path`."""
        self.found.append(diagnose(code, self.at(*path), hint, **fields))

    def unknown(self, path: YamlPath, known: Iterable[str]) -> None:
        """Note a key that there is not, at the key itself."""
        names = list(known)
        key = str(path[-1])
        hint = nearest(key, names) or f"keys: {', '.join(names)}"
        span = self.tree.keys.get(path) or self.at(*path)
        self.found.append(diagnose("unknown-key", span, hint, key=key))

    def missing(self, path: YamlPath, key: str) -> None:
        """Note a key that is needed below `path`."""
        self.found.append(diagnose("missing-key", self.at(*path), key=key))

    def plain(self, key: str) -> str:
        """Return an option that is a plain value, as text; nothing where there is none."""
        value = self.values.get(key)
        if isinstance(value, (dict, list)):
            self.wrong((key,), "text")
            return ""
        return "" if value is None else str(value)

    def items(self, key: str) -> Sequence[object]:
        """Return an option that is a list; a plain value alone is a list of one."""
        value = self.values.get(key)
        if isinstance(value, dict):
            self.wrong((key,), "a list")
            return ()
        return value if isinstance(value, list) else () if value is None else [value]

    def mapping(self, value: object, path: YamlPath, keys: Iterable[str]) -> Mapping[str, object]:
        """Return a value that is a mapping of no other than `keys`."""
        if not isinstance(value, dict):
            self.wrong(path, f"a mapping of {', '.join(keys)}")
            return {}
        for key in value:
            if key not in keys:
                self.unknown((*path, key), keys)
        return value

    def wrong(self, path: YamlPath, expected: str) -> None:
        """Note a value of the wrong type."""
        found = _type(self.value(path))
        self.report("wrong-type", path, key=path[-1], expected=expected, found=found)

    def value(self, path: YamlPath) -> object:
        """Return the value at `path`, None where there is none."""
        value: object = self.values
        for step in path:
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int):
                value = value[step]
            else:
                return None
        return value


def read_options(
    node: Node, keys: Sequence[str], needed: Sequence[str], found: list[Diagnostic]
) -> Options | None:
    """Read a directive's YAML; None where it cannot be used."""
    read = read_yaml(node.text, node.span.path, node.span.line, node.span.column)
    found += read.diagnostics
    values = read.value.value
    if not isinstance(values, dict):
        if not read.diagnostics:
            reason = "it holds no options"
            hint = f"write `{needed[0]}: …` between the fences"
            found.append(
                diagnose("bad-directive", node.span, hint, name=node.attrs["name"], reason=reason)
            )
        return None
    options = Options(node, read.value, values, found)
    for key in values:
        if key not in keys:
            options.unknown((key,), keys)
    missing = [key for key in needed if values.get(key) is None]
    for key in missing:
        options.missing((), key)
    return None if missing else options


def _type(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping" if value else "nothing"

"""Data expressions in, words out: `{{ data.attacks | sum("killed") }}`, in Jinja2's sandbox."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from babel.numbers import format_decimal
from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, UndefinedError
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reglet.language import locale_of, long_date
from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node
from reglet.model.project import Project

LONGEST = 10_000  # characters that one expression may print
_NAME = re.compile(r"has no (?:attribute|element) '?([\w-]+)'?|'([\w-]+)' is undefined")


class Rows(list[Any]):
    """The rows of a data file; a row that has an `id` is also found by it."""

    def __getitem__(self, key: Any) -> Any:
        """Return the row at an index, or the row of an identifier. Raises KeyError for none."""
        if not isinstance(key, str):
            return super().__getitem__(key)
        for row in self:
            if isinstance(row, Mapping) and row.get("id") == key:
                return row
        raise KeyError(key)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, with powers and repetitions kept small."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply numbers, and refuse what could grow without bound."""
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if not numbers or (operator == "**" and (abs(left) > 1000 or abs(right) > 10)):
            raise SecurityError(f"`{operator}` is for numbers, and not for large ones")
        return super().call_binop(context, operator, left, right)


class Expressions:
    """Evaluates the data expressions of one report."""

    def __init__(self, project: Project, labels: Mapping[str, str]) -> None:
        self.data = {name: _view(tree.value) for name, tree in project.data.items()}
        self.lang = project.report.lang
        self.labels = labels
        self.found: list[Diagnostic] = []
        self.sandbox = _Sandbox(undefined=StrictUndefined)
        self.sandbox.filters |= {
            "where": _where,
            "sum": _sum,
            "number": partial(_number, lang=self.lang),
            "date": lambda value, _form="long": long_date(str(value), self.lang),
            "spell": self._spell,
        }

    def text_of(self, node: Node) -> Node:
        """Turn an EXPRESSION into the TEXT that it prints; other nodes stay as they are."""
        if node.kind is not Kind.EXPRESSION:
            return node
        return Node(Kind.TEXT, node.span, text=self.evaluate(node))

    def evaluate(self, node: Node) -> str:
        """Evaluate an expression; what is wrong with it is noted, and prints as nothing."""
        try:
            run = self.sandbox.compile_expression(node.text, undefined_to_none=False)
            value = run(data=self.data)
            if isinstance(value, Undefined):
                str(value)  # raises UndefinedError
            return self._words(value)
        except UndefinedError as fault:
            self._unknown(node, str(fault))
        except TemplateSyntaxError as fault:
            self._bad(node, fault.message or "it cannot be read")
        except (TemplateRuntimeError, SecurityError) as fault:
            self._bad(node, fault.message or "it is not allowed")
        except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
            self._bad(node, str(fault))
        return ""

    def _words(self, value: Any) -> str:
        if value is None or isinstance(value, bool | Mapping | list | tuple) or callable(value):
            raise ValueError("it gives no number or text; name one value, or sum or join them")
        if isinstance(value, Iterator | Iterable) and not isinstance(value, str):
            raise ValueError("it gives a list; join its items")
        words = str(value)
        if len(words) > LONGEST:
            raise ValueError(f"it prints more than {LONGEST} characters")
        return words

    def _unknown(self, node: Node, fault: str) -> None:
        match = _NAME.search(fault)
        name = next(filter(None, match.groups()), "") if match else ""
        if not name:
            self._bad(node, fault)
            return
        known = {"data", *self.data, *_keys(self.data)}
        hint = nearest(name, known) or f"data files: {', '.join(sorted(self.data)) or 'none'}"
        self.found.append(diagnose("unknown-data", node.span, hint, name=name))

    def _bad(self, node: Node, reason: str) -> None:
        self.found.append(diagnose("bad-expression", node.span, text=node.text, reason=reason))

    def _spell(self, value: Any) -> str:
        """Write a small whole number in words, as the language's labels have them."""
        words = self.labels.get("spelled", "").split()
        number = int(value)
        return words[number] if 0 <= number < len(words) else _number(number, self.lang)


def _view(value: Any) -> Any:
    """Let rows be found by their identifiers."""
    if isinstance(value, list):
        return Rows(_view(item) for item in value)
    if isinstance(value, dict):
        return {key: _view(item) for key, item in value.items()}
    return value


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield str(key)
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, Mapping) and isinstance(item.get("id"), str):
                yield item["id"]
            yield from _keys(item)


def _where(rows: Any, key: str, value: Any) -> Rows:
    """Keep the rows whose `key` is `value`."""
    return Rows(row for row in rows if isinstance(row, Mapping) and row.get(key) == value)


def _sum(rows: Any, attribute: str | None = None, start: int = 0) -> Any:
    """Add numbers up, or the numbers that rows have under `attribute`."""
    if attribute is None:
        return sum(rows, start)
    if rows and not any(attribute in row for row in rows):
        raise UndefinedError(f"the rows have no element '{attribute}'")
    return sum((row[attribute] for row in rows if row.get(attribute) is not None), start)


def _number(value: Any, lang: str) -> str:
    """Write a number with the thousands and decimals of the language."""
    return str(format_decimal(value, locale=locale_of(lang)))

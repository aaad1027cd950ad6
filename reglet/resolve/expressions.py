"""Data expressions in, words out: `{{ data.attacks | sum("killed") }}`, in Jinja2's sandbox.

An expression reads data and passes it through filters. It has no statements, no calls and no
attributes of Python's, and nothing in it can grow past LONGEST.
"""

import operator
from collections.abc import Callable, Iterable
from functools import partial

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.environment import TemplateExpression
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from reglet.model.diagnostic import Diagnostic, diagnose, nearest
from reglet.model.document import Kind, Node
from reglet.resolve.data import Row, Rows, keys_of
from reglet.resolve.walk import text
from reglet.resolve.wording import MOST_DECIMALS, Wording

LONGEST = 10_000  # characters that an expression may print or make on its way
MOST = 10**30  # the largest number

_KEPT = (
    "abs", "capitalize", "count", "d", "default", "first", "float", "int", "last", "length",
    "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "select",
    "selectattr", "sort", "title", "trim", "unique", "upper",
)  # fmt: skip
_POWERS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "**": operator.pow}


class _UnknownNameError(UndefinedError):
    """A name that what it was looked up in does not have."""

    def __init__(self, holder: object, name: object, message: str | None = None) -> None:
        super().__init__(message)
        self.holder, self.name = holder, name


class _Missing(StrictUndefined):
    """What a wrong name gives: it fails when it is used, and knows where it was looked up."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: object = missing,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        del exc
        fault: Callable[..., Exception] = partial(_UnknownNameError, obj, name)
        super().__init__(hint, obj, name, fault)  # type: ignore[arg-type]


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's sandbox, with look-ups in data alone and arithmetic kept small."""

    intercepted_binops = frozenset({*_POWERS, "%"})

    def getattr(self, obj: object, attribute: str) -> object:
        return self.getitem(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        if isinstance(obj, (Row, Rows)):
            try:
                return obj[argument]
            except LookupError:
                return self.undefined(obj=obj, name=argument)  # type: ignore[arg-type]
        if isinstance(obj, (tuple, list, str)) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined(obj=obj)
        if isinstance(obj, Undefined):
            str(obj)  # fails, telling the first wrong name
        return self.undefined(obj=obj, name=str(argument))

    def call(self, *arguments: object, **named: object) -> object:
        del arguments, named
        raise TypeError("it calls a function; use filters, as `data.attacks | length`")

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        del context
        if operator == "%" and isinstance(left, (int, float)) and isinstance(right, (int, float)):
            return left % right
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return limited(left + right)
        small = isinstance(left, (int, float)) and isinstance(right, (int, float))
        if operator not in _POWERS or not small:
            for side in (left, right):
                if isinstance(side, Undefined):
                    str(side)  # fails, telling the wrong name
            raise TypeError(f"`{operator}` is for numbers")
        return _power(operator, left, right)  # type: ignore[arg-type]


def _power(sign: str, left: float, right: float) -> float:
    if sign == "**" and (abs(left) > 1000 or abs(right) > 10):
        raise ValueError("its numbers are too large")
    result: float = _POWERS[sign](left, right)
    if isinstance(result, complex) or abs(result) > MOST:
        raise ValueError("its numbers are too large")
    return result


def limited(words: str) -> str:
    """Return `words`; raises ValueError where there are too many of them."""
    if len(words) > LONGEST:
        raise ValueError(f"it makes a text of more than {LONGEST} characters")
    return words


class Expressions:
    """Evaluates the expressions of one report, each distinct text compiled once."""

    def __init__(self, data: Row, wording: Wording) -> None:
        self.data = data
        self.wording = wording
        self.found: list[Diagnostic] = []
        self._compiled: dict[str, TemplateExpression] = {}
        self._sandbox = _Sandbox(undefined=_Missing, optimized=False)
        self._sandbox.globals.clear()
        kept = {name: self._sandbox.filters[name] for name in _KEPT}
        self._sandbox.filters = kept | {
            "date": lambda value, length="medium": wording.date(str(value), length),
            "join": _join,
            "number": lambda value, digits=None: wording.number(_number(value), digits),
            "round": lambda value, digits=0: _rounded(_number(value), _whole(digits)),
            "spell": lambda value: wording.spell(_whole(value)),
            "sum": _sum,
            "where": _where,
        }

    def text_of(self, node: Node) -> Node:
        """Turn an EXPRESSION into the TEXT that it prints; other nodes stay as they are."""
        return text(self.evaluate(node), node) if node.kind is Kind.EXPRESSION else node

    def evaluate(self, node: Node) -> str:
        """Evaluate an expression; what is wrong with it is noted, and prints as nothing."""
        try:
            return self._printed(self._run(node.text))
        except _UnknownNameError as fault:
            self._unknown(node, fault)
        except TemplateSyntaxError as fault:
            hint = _filter_hint(fault, self._sandbox)
            self._bad(node, fault.message or "it cannot be read", hint)
        except RecursionError:
            self._bad(node, "it is nested too deeply")
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as fault:
            self._bad(node, str(fault) or type(fault).__name__)
        return ""

    def _run(self, source: str) -> object:
        compiled = self._compiled.get(source)
        if compiled is None:
            compiled = self._sandbox.compile_expression(limited(source), undefined_to_none=False)
            self._compiled[source] = compiled
        value: object = compiled(data=self.data)
        return value

    def _printed(self, value: object) -> str:
        if isinstance(value, (str, Undefined)):
            return limited(str(value))
        if isinstance(value, float):
            return f"{value:.12g}"
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is None:
            raise ValueError("it has no value")
        if isinstance(value, bool):
            raise TypeError('it is true or false; write `"yes" if … else "no"`')
        raise ValueError("it gives more than one value; name one, or sum or join them")

    def _unknown(self, node: Node, fault: _UnknownNameError) -> None:
        name, holder = str(fault.name), fault.holder
        known = ("data",) if holder is missing else keys_of(holder)
        hint = nearest(name, known)
        if isinstance(holder, Rows) and name in holder.columns():
            hint = f'name a row, as `["{known[0]}"].{name}`' if known else f'use `| sum("{name}")`'
        elif not hint and known:
            hint = f"there are {', '.join(f'`{key}`' for key in known[:8])}"
        self.found.append(diagnose("unknown-data", node.span, hint, name=name))

    def _bad(self, node: Node, reason: str, hint: str = "") -> None:
        shown = node.text if len(node.text) <= 100 else f"{node.text[:99]}…"
        self.found.append(diagnose("bad-expression", node.span, hint, text=shown, reason=reason))


def _filter_hint(fault: TemplateSyntaxError, sandbox: _Sandbox) -> str:
    message = fault.message or ""
    return nearest(message.split("'")[1], sandbox.filters) if "No filter named" in message else ""


def _where(rows: Iterable[Row], key: str, value: object) -> Rows:
    """Keep the rows whose `key` is `value`."""
    table = _rows(rows)
    if len(table) and key not in table.columns():
        raise _UnknownNameError(_columns(table), key)
    return Rows(row for row in table if key in keys_of(row) and row[key] == value)


def _sum(values: Iterable[object], key: str | None = None) -> float:
    """Add numbers up, or those that rows have under `key`; no value adds nothing."""
    if key is not None:
        table = _rows(values)
        if len(table) and key not in table.columns():
            raise _UnknownNameError(_columns(table), key)
        values = [row[key] for row in table if key in keys_of(row)]
    return sum(_number(value) for value in values if value is not None)


def _join(values: Iterable[object], between: str = "", attribute: str | None = None) -> str:
    """Write values one after the other, `between` between them."""
    if isinstance(values, (str, Undefined)):
        raise TypeError("join needs a list")
    if attribute is not None:
        values = [row[attribute] for row in _rows(values)]
    words = [str(value) for value in values]
    if sum(map(len, words)) + len(between) * len(words) > LONGEST:
        raise ValueError(f"it makes a text of more than {LONGEST} characters")
    return between.join(words)


def _rows(values: Iterable[object]) -> Rows:
    if isinstance(values, Rows):
        return values
    rows = list(values)
    if not all(isinstance(row, Row) for row in rows):
        raise TypeError("this filter needs rows")
    return Rows(row for row in rows if isinstance(row, Row))


def _columns(table: Rows) -> Row:
    return Row(dict.fromkeys(table.columns()))


def _number(value: object) -> float:
    if isinstance(value, Undefined):
        str(value)  # fails, telling the wrong name
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"`{value}` is no number")
    return value


def _rounded(value: float, digits: int) -> float:
    if not 0 <= digits <= MOST_DECIMALS:
        raise ValueError(f"a number has 0 to {MOST_DECIMALS} decimals")
    return round(value, digits) if digits else round(value)


def _whole(value: object) -> int:
    number = _number(value)
    if number != int(number):
        raise ValueError(f"`{number:g}` is no whole number")
    return int(number)

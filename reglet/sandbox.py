"""Jinja2's sandbox with bounds: templates from anywhere run, and can neither reach out nor swell.

Loops, calls and inclusions count as steps, and what is printed or joined counts as output; an
edition's templates share one allowance of both. Texts have no methods here that could write more
than they were given, and what filters are given and make is weighed.
"""

import operator
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from functools import wraps
from types import CodeType
from typing import Any

from jinja2 import Environment, Template, TemplateRuntimeError, nodes
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.runtime import Context, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from reglet.model.limits import Limits

MILLION = 1_000_000
LONGEST = 10 * MILLION  # characters or entries of one value
WIDEST = 1_000  # columns, entries and the like that a filter may be asked for
MOST_COMPILED = 512  # templates that are kept
CALL = 10  # steps that a call or an inclusion counts as
LARGEST = 10**30  # number that is multiplied or raised

_LOOP, _JOIN = "_counted", "_concatenated"
_SWELLING = frozenset(
    {
        "center", "encode", "expandtabs", "format", "format_map", "join", "ljust", "replace",
        "rjust", "translate", "zfill",
    }
)  # fmt: skip
"""Methods of texts that can write more than they are given, or walk to attributes."""

_WIDE = frozenset({"batch", "center", "indent", "slice", "truncate", "wordwrap"})
_REFUSED = ("attr", "format", "pprint", "random", "urlize")
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "*": operator.mul,
    "**": operator.pow,
    "%": operator.mod,
}


class LimitReachedError(TemplateRuntimeError):
    """The templates of an edition are over a limit; `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"over the limit {key}")
        self.key = key


class Allowance:
    """The steps and characters that the templates of one edition have left."""

    def __init__(self, limits: Limits) -> None:
        self.steps = limits["template-steps"]
        self.output = limits["template-output"] * MILLION

    def step(self, count: int = 1, written: int = 0) -> None:
        """Count steps, and what they write."""
        self.steps -= count
        if self.steps < 0:
            raise LimitReachedError("template-steps")
        self.write(written)

    def write(self, count: int) -> None:
        """Count characters."""
        self.output -= count
        if self.output < 0:
            raise LimitReachedError("template-output")

    def hold(self, size: int) -> None:
        """Count a value of so many characters or entries; one that is too large is refused."""
        if size > LONGEST:
            raise LimitReachedError("template-output")
        self.write(size)


class _Compiled(BytecodeCache):
    """Keeps what templates were compiled to, for all environments of the process.

    To compile those of a theme takes longer than to render a short section by them.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], CodeType] = OrderedDict()

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return what is kept of a template, and tell its environment how long that is."""
        if isinstance(environment, Sandbox):
            environment.lengths[name] = len(source)
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is kept of the same text under the same name."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, in place of the oldest where there are many."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code
        if len(self._kept) > MOST_COMPILED:
            self._kept.popitem(last=False)


COMPILED = _Compiled()
"""Not for expressions, whose texts are others each time."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for the templates of one edition."""

    intercepted_binops = frozenset(_OPERATORS)

    def __init__(self, limits: Limits, **options: Any) -> None:
        held = {"optimized": False, "autoescape": True, "bytecode_cache": COMPILED}
        super().__init__(finalize=self._printed, **held, **options)
        self.allowance = Allowance(limits)
        self.lengths: dict[str, int] = {}  # of the texts of templates, by their names
        for name in ("cycler", "joiner", "lipsum"):
            del self.globals[name]
        for name in _REFUSED:
            del self.filters[name]
        for name, kept in self.filters.items():
            self.filters[name] = self._weighed(kept, WIDEST if name in _WIDE else LARGEST)
        self.filters |= {"join": self._joined, "replace": self._replaced}
        self.filters |= {_LOOP: self._counted, _JOIN: self._concatenated}

    def adopt(self, **filters: Callable[..., Any]) -> None:
        """Take filters that are not Jinja2's own; they are weighed like its own."""
        self.filters |= {n: self._weighed(own, LARGEST, MILLION) for n, own in filters.items()}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Let each loop of a template count its turns, and each `~` what it makes."""
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            weight = sum(len(text.data) for text in loop.find_all(nodes.TemplateData))
            loop.iter = _filtered(loop.iter, _LOOP, nodes.Const(weight))
        for owner in (*reversed([*tree.find_all(nodes.Node)]), tree):  # from the inside out
            for field, value in list(owner.iter_fields()):
                setattr(owner, field, _listed(value))
        return tree

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:
        """Load a template; that counts as a step which writes all of it."""
        template = super().get_template(name, parent, globals)
        self.allowance.step(CALL, self.lengths.get(template.name or "", 0))
        return template

    def call(self, context: Context, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls, but no method by which a text could swell."""
        self.allowance.step(CALL)
        return super().call(context, called, *arguments, **named)

    def wrap_str_format(self, value: Any) -> None:
        """Wrap nothing: `format` is not for templates."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Tell whether a template may read an attribute: no method by which a text could swell."""
        swelling = isinstance(obj, (str, bytes)) and attr in _SWELLING
        return not swelling and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, where what comes out cannot be large."""
        del context
        sizes = [len(side) for side in (left, right) if isinstance(side, Sized)]
        if operator == "%" and isinstance(left, (str, bytes)):
            raise SecurityError("`%` is for numbers")
        if operator == "+":
            self.allowance.hold(sum(sizes))
        elif operator == "*" and sizes:
            times = right if isinstance(left, Sized) else left
            self.allowance.hold(sizes[0] * times if isinstance(times, int) else 0)
        elif operator in ("*", "**") and max(abs(left), abs(right) ** (operator == "*")) > LARGEST:
            raise ValueError("its numbers are too large")
        if operator == "**" and abs(right) > 30:
            raise ValueError("its numbers are too large")
        return _OPERATORS[operator](left, right)

    def _printed(self, value: object) -> object:
        """Count what is printed."""
        self.allowance.write(_length(value))
        return value

    def _counted(self, values: Iterable[object], weight: int) -> Iterator[object]:
        """Count the turns of a loop, whose body writes `weight` characters of its own."""
        for value in values:
            self.allowance.step(1, weight)
            yield value

    def _concatenated(self, values: Sequence[object]) -> str:
        """Join texts, as `~` does."""
        self.allowance.hold(sum(map(_length, values)))
        return markup_join(values)

    def _joined(
        self, values: Iterable[Any], between: str = "", attribute: str | int | None = None
    ) -> str:
        """Join texts, as Jinja2's filter does."""
        if attribute is not None:
            values = map(make_attrgetter(self, attribute), values)
        kept = list(values)
        self.allowance.hold(len(between) * len(kept) + sum(map(_length, kept)))
        woven = [part for value in kept for part in (between, value)][1:]
        return markup_join(woven)

    def _replaced(self, words: Any, old: str, new: str, count: int = -1) -> str:
        """Replace, as Jinja2's filter does; what takes the place of markup is escaped first."""
        text: str = words if isinstance(words, str) else str(words)
        room = 6 * len(new)  # of each escaped letter
        self.allowance.hold(len(text) + text.count(old) * room)
        if hasattr(old, "__html__") or (hasattr(new, "__html__") and not hasattr(text, "__html__")):
            text = markup_join([Markup(""), text])
        return text.replace(old, new, count)

    def _weighed(
        self, filter: Callable[..., Any], widest: int, longest: int = LONGEST
    ) -> Callable[..., Any]:
        """Weigh what a filter is given, and what it makes."""

        @wraps(filter)
        def weighed(*arguments: Any, **named: Any) -> Any:
            for value in (*arguments, *named.values()):
                if isinstance(value, int) and abs(value) > widest:
                    raise ValueError(f"`{value:g}` is too much for a filter")
                if isinstance(value, str) and len(value) > longest:
                    raise LimitReachedError("template-output")
                _weigh(value, LONGEST)
            made = filter(*arguments, **named)
            self.allowance.hold(len(made) if isinstance(made, str) else 0)
            return made

        return weighed


def _filtered(node: nodes.Node, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, [*arguments], [], None, None, lineno=node.lineno)


def _listed(value: Any) -> Any:
    """Turn `a ~ b` into a filter of the list of both."""
    if isinstance(value, list):
        return [_listed(item) for item in value]
    if isinstance(value, nodes.Concat):
        listed = nodes.List(value.nodes, lineno=value.lineno)
        return _filtered(listed, _JOIN)
    return value


def _length(value: object) -> int:
    """Return about how many characters a value prints as; lists are not for printing."""
    if isinstance(value, (list, tuple, dict, set)):
        raise TypeError("a list cannot be printed; join it")
    return len(value) if isinstance(value, str) else 20


def _weigh(value: object, room: int) -> int:
    """Return what of `room` is left when all that lists hold is counted."""
    if not isinstance(value, (list, tuple, dict)):
        return room - 1
    for item in value.items() if isinstance(value, dict) else value:
        if room < 0:
            raise LimitReachedError("template-output")
        room = _weigh(item, room)
    return room

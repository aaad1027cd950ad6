"""The models of `limits:` and `rules:` of report.yaml, made from the tables of both."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, create_model
from pydantic.json_schema import WithJsonSchema

from reglet.model.diagnostic import LEVELS, nearest
from reglet.model.limits import LIMITS
from reglet.model.rules import RULES
from reglet.source.fields import Strict, no_such


def _limit(key: str) -> Any:
    """Make the type of a limit: a whole number from 1 to the most that a report may ask for."""
    limit = LIMITS[key]

    def check(value: int) -> int:
        if 0 < value <= limit.most:
            return value
        hint = f"write a number from 1 to {limit.most:,}; without the key it is {limit.usual:,}"
        raise no_such(str(value), f"limit for `{key}`", hint)

    bounds = {"type": "integer", "minimum": 1, "maximum": limit.most}
    return Annotated[int, AfterValidator(check), WithJsonSchema(bounds)]


def _level(code: str) -> Any:
    """Make the type of a diagnostic's level: any, or `error` alone where nothing less is sound."""
    known = LEVELS if RULES[code].yields else LEVELS[:1]

    def check(word: str) -> str:
        if word in known:
            return word
        fixed = f"`{code}` is always an error" if word in LEVELS else ""
        hint = fixed or nearest(word, known) or f"write {', '.join(known)}"
        raise no_such(word, f"level for `{code}`", hint)

    words = {"type": "string", "enum": list(known)}
    return Annotated[str, AfterValidator(check), WithJsonSchema(words)]


def _table(name: str, about: str, rows: Mapping[str, tuple[Any, str]]) -> type[Strict]:
    """Make the model of a mapping whose keys are the rows of a table."""
    fields: dict[str, Any] = {
        key: (kind, Field(default=None, description=words)) for key, (kind, words) in rows.items()
    }
    return create_model(name, __base__=Strict, __doc__=about, **fields)


LimitSettings = _table(
    "LimitSettings",
    "How much of the machine a report may take.",
    {key: (_limit(key), f"{row.unit}: {row.about}") for key, row in LIMITS.items()},
)
RuleSettings = _table(
    "RuleSettings",
    "How much each kind of mistake matters.",
    {code: (_level(code), "error, warning or off") for code in RULES},
)

"""Names and dates of sources: as people write them in YAML in, as CSL-JSON has them out."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from reglet.source.dates import date_hint, date_parts, is_day
from reglet.source.fields import Strict, refused

_WRITE = "write YYYY-MM-DD, YYYY-MM or YYYY"


class Name(Strict):
    """A person as `family` and `given`, or a body as `literal`."""

    family: str = Field(default="", description="Family name.")
    given: str = Field(default="", description="Given names.")
    dropping_particle: str = Field(
        default="", alias="dropping-particle", description="Particle left out with the given name."
    )
    non_dropping_particle: str = Field(
        default="",
        alias="non-dropping-particle",
        description="Particle that stays with the family name: van, de, al-.",
    )
    suffix: str = Field(default="", description="What follows the name: Jr., III.")
    comma_suffix: bool = Field(
        default=False, alias="comma-suffix", description="Whether a comma parts the suffix."
    )
    static_ordering: bool = Field(
        default=False, alias="static-ordering", description="Whether the family name stands first."
    )
    literal: str = Field(default="", description="A name that is never turned round: a body's.")


class CslDate(Strict):
    """A date as CSL-JSON has it, for what YYYY-MM-DD cannot say."""

    date_parts: list[list[int]] = Field(
        default=[], alias="date-parts", description="Year, month, day; twice for a span of time."
    )
    season: int = Field(default=0, description="1 spring, 2 summer, 3 autumn, 4 winter.")
    circa: bool = Field(default=False, description="Whether the date is approximate.")
    literal: str = Field(default="", description="A date in words, printed as it stands: n.d.")
    raw: str = Field(default="", description="A date that the citation engine is to read.")


def _name_of(text: str) -> dict[str, object]:
    """Read `Family, Given` or `Family, Given, Suffix`; what has no comma is a body's name."""
    pieces = [piece.strip() for piece in text.split(",")]
    if not all(pieces) or len(pieces) > 3 or ";" in text:
        hint = "write a list of names, each as `Family, Given`, or `{literal: …}` for a body"
        raise refused("bad-value", hint, found=text, expected="name")
    if len(pieces) == 1:
        return {"literal": pieces[0]}
    named = dict(zip(("family", "given", "suffix"), pieces, strict=False))
    return {**named, "comma-suffix": True} if len(pieces) == 3 else dict(named)


def _one_name(value: object) -> dict[str, object]:
    if isinstance(value, str):
        return _name_of(value)
    if not isinstance(value, dict):
        raise refused("wrong-type", expected="a name, or a mapping with `family` and `given`")
    return dict(value)


def _listed(value: object) -> object:
    """Take one name for a list of one."""
    return [value] if isinstance(value, (str, dict)) else value


def _named(name: Name) -> dict[str, object]:
    if not (name.family or name.literal or name.given):
        hint = "add `family`, or `literal` for a body"
        raise refused("bad-value", hint, found="", expected="name")
    return name.model_dump(by_alias=True, exclude_defaults=True)


def _date(value: object) -> object:
    """Read YYYY-MM-DD and its shorter forms, or two of them with `/` between."""
    text = f"{value:04}" if type(value) is int else value
    if isinstance(text, dict):
        return text
    if not isinstance(text, str):
        raise refused("wrong-type", _WRITE, expected="a date")
    ends = [date_parts(end.strip()) for end in text.split("/")]
    if None in ends or len(ends) > 2:
        hint = date_hint(text) or f"{_WRITE}, or words as `{{literal: …}}`"
        raise refused("bad-date", hint, found=text)
    return {"date-parts": ends}


def _dated(date: CslDate) -> dict[str, object]:
    for parts in date.date_parts:
        months = [_month(part) for part in parts[1:2]]
        if not is_day([*parts[:1], *months, *parts[2:]]):
            raise refused("bad-date", found=str(parts))
    if len(date.date_parts) > 2:
        raise refused("bad-date", "write one date, or the two ends of a span", found="")
    fields = date.model_dump(by_alias=True, exclude_defaults=True)
    if not fields:
        raise refused("bad-date", found="")
    return fields


def _month(number: int) -> int:
    """Take a season, which CSL numbers 13 to 16 or 21 to 24 in the month's place, for a month."""
    return 1 if 13 <= number <= 16 or 21 <= number <= 24 else number


OneName = Annotated[
    Name, BeforeValidator(_one_name, json_schema_input_type=str | Name), AfterValidator(_named)
]
Names = Annotated[
    list[OneName], BeforeValidator(_listed, json_schema_input_type=str | Name | list[str | Name])
]
AnyDate = Annotated[
    CslDate,
    BeforeValidator(_date, json_schema_input_type=int | str | CslDate),
    AfterValidator(_dated),
]

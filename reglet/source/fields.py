"""The kinds of value that the YAML files hold, for pydantic: what is typed in, what is kept.

A value that is refused raises one of `Refusal`'s errors, whose type is the code of a diagnostic.
"""

import re
from collections.abc import Iterable
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainValidator, model_validator
from pydantic.json_schema import WithJsonSchema
from pydantic_core import PydanticCustomError

from reglet.model.diagnostic import nearest
from reglet.source.dates import date_hint, date_parts

ADDRESS_PATTERN = r"^https?://[^\s<>\"']+$"
_ADDRESS = re.compile(ADDRESS_PATTERN, re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>\"'/:]+@[^\s@<>\"'/:]+\.[^\s@<>\"'/:]+")
_TAG_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{4,8})*$"
_TAG = re.compile(_TAG_PATTERN)  # BCP 47 §2.1, without extensions and private use
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", re.ASCII)
_ISBN = re.compile(r"(?:97[89])?[0-9]{9}[0-9X]", re.ASCII)


def refused(code: str, hint: str = "", **fields: str) -> PydanticCustomError:
    """Make the error of a value that is refused; becomes `diagnose(code, …, hint, **fields)`."""
    return PydanticCustomError(code, "{code}", {"code": code, "hint": hint, **fields})


def no_such(found: str, expected: str, hint: str = "") -> PydanticCustomError:
    """Make the error "`found` is no {expected}"."""
    return refused("bad-value", hint, found=found, expected=expected)


def one_of(known: Iterable[str], expected: str) -> AfterValidator:
    """Return a validator of a word that must be one of a few."""
    words = tuple(known)

    def check(word: str) -> str:
        if word not in words:
            raise no_such(
                word, expected, nearest(word, words) or f"write one of {', '.join(words)}"
            )
        return word

    return AfterValidator(check)


class Strict(BaseModel):
    """A mapping of known keys, each of its own type; a key without a value counts as absent."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def drop_empty(cls, value: Any) -> Any:  # noqa: ANN401 (anything that YAML holds)
        """Leave out the known keys that have no value."""
        if not isinstance(value, dict) or None not in value.values():
            return value
        known = cls.keys()
        return {key: item for key, item in value.items() if item is not None or key not in known}

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Return the keys as they are written in YAML."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())


def _folded(text: str) -> str:
    return " ".join(text.split())


def _present(text: str) -> str:
    if not text:
        raise refused("missing-key")
    return text


def _date(value: object) -> str:
    text = f"{value:04}" if type(value) is int else value
    if not isinstance(text, str):
        raise refused("wrong-type", expected="a date", hint="write YYYY-MM-DD, YYYY-MM or YYYY")
    if date_parts(text.strip()) is None:
        raise refused("bad-date", date_hint(text), found=text)
    return text.strip()


def _address(text: str) -> str:
    if _ADDRESS.match(text):
        return text
    hint = f"write `https://{text}`" if re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?$", text) else ""
    raise no_such(text, "web address", hint or "begin it with `https://`, without spaces")


def _contact(text: str) -> str:
    if _MAIL.fullmatch(text) or _ADDRESS.match(text):
        return text
    raise no_such(text, "mail or web address", "write it as `name@example.org` or `https://…`")


def _language(text: str) -> str:
    if _TAG.match(text):
        return text
    hyphened = text.replace("_", "-")
    hint = f"write `{hyphened}`" if _TAG.match(hyphened) else "write a tag, as `en` or `en-GB`"
    raise no_such(text, "language tag", hint)


def _orcid(text: str) -> str:
    plain = re.sub(r"^https?://orcid\.org/", "", text)
    if not _ORCID.fullmatch(plain):
        raise no_such(text, "ORCID", "write its sixteen digits, as `0000-0002-1825-0097`")
    digits = plain.replace("-", "")
    total = 0
    for digit in digits[:-1]:  # ISO 7064 MOD 11-2
        total = (total + int(digit)) * 2
    if "0123456789X"[(12 - total % 11) % 11] != digits[-1]:
        raise no_such(text, "ORCID", "check its digits: the last does not agree with the others")
    return plain


def _identifier(text: str) -> str:
    plain = re.sub(r"^(?:urn:isbn:|isbn[: ]*)", "", text, flags=re.IGNORECASE)
    digits = re.sub(r"[- ]", "", plain).upper()
    if _ISBN.fullmatch(digits) and not _isbn_holds(digits):
        raise no_such(text, "ISBN", "check its digits: the last does not agree with the others")
    return text


def _isbn_holds(digits: str) -> bool:
    """Check an ISBN's last digit (ISO 2108 §4)."""
    values = [10 if digit == "X" else int(digit) for digit in digits]
    if len(values) == 10:
        return sum(value * (10 - n) for n, value in enumerate(values)) % 11 == 0
    return sum(value * (3 if n % 2 else 1) for n, value in enumerate(values)) % 10 == 0


Text = Annotated[str, AfterValidator(str.strip)]
Line = Annotated[str, AfterValidator(_folded)]
Title = Annotated[str, AfterValidator(_folded), AfterValidator(_present)]
Address = Annotated[
    str,
    AfterValidator(str.strip),
    AfterValidator(_address),
    WithJsonSchema({"type": "string", "pattern": ADDRESS_PATTERN}),
]
Contact = Annotated[str, AfterValidator(str.strip), AfterValidator(_contact)]
Language = Annotated[
    str, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": _TAG_PATTERN})
]
Orcid = Annotated[str, AfterValidator(_orcid)]
Identifier = Annotated[str, AfterValidator(_folded), AfterValidator(_identifier)]
Date = Annotated[
    str,
    PlainValidator(_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"},
                {"type": "integer", "minimum": 1, "maximum": 9999},
            ]
        }
    ),
]

"""sources.yaml: its tree comes in, works with CSL-JSON fields go out, by their keys.

The file is a mapping from keys to fields, a list whose entries have an `id`, or such a list under
`references:`.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, ValidationError, create_model
from pydantic.json_schema import WithJsonSchema

from reglet.model.diagnostic import Diagnostic, Outcome, diagnose, nearest
from reglet.model.project import Work, YamlPath
from reglet.source.complaints import YamlFile, complain, nearest_key, wrong_type
from reglet.source.csl import FIELDS_MEANT, TYPES, TYPES_MEANT, VARIABLES
from reglet.source.fields import Address, Strict, Text, no_such, refused
from reglet.source.names import AnyDate, CslDate, Name, Names

REFERENCES = "references"
LONGEST = 20_000  # characters of one text of a source

# Pandoc's citation keys: letters, digits and `_`, single punctuation marks between them.
_KEY = re.compile(r"\w+(?:[:.#$%&+?<>~/-]\w+)*")

_DOI_ADDRESS = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi: *)", re.IGNORECASE)


def _type(text: str) -> str:
    if text in TYPES:
        return text
    plain = text.strip().lower().replace(" ", "-")
    meant = TYPES_MEANT.get(plain) or (plain if plain in TYPES else "")
    hint = f"did you mean `{meant}`?" if meant else nearest(plain, TYPES)
    raise no_such(text, "CSL type", hint or "write one as book, report, webpage, article-journal")


def _number(value: object) -> str:
    if type(value) is int:
        return str(value)
    if not isinstance(value, str):
        raise refused("wrong-type", "put it in quotes", expected="a whole number or text")
    return value.strip()


Number = Annotated[str, PlainValidator(_number), WithJsonSchema({"type": ["string", "integer"]})]
SourceType = Annotated[
    str, AfterValidator(_type), WithJsonSchema({"type": "string", "enum": list(TYPES)})
]
Doi = Annotated[str, AfterValidator(lambda text: _DOI_ADDRESS.sub("", text.strip()))]
_KINDS: dict[str, Any] = {
    "text": Text,
    "number": Number,
    "names": Names,
    "date": AnyDate,
    "address": Address,
    "doi": Doi,
    "words": list[str],
}

_DEFINITIONS: dict[str, Any] = {
    "type": (SourceType, Field(description="What kind of source it is.")),
    **{
        name.replace("-", "_"): (
            _KINDS[variable.kind],
            Field(default=None, alias=name, description=variable.about),
        )
        for name, variable in VARIABLES.items()
    },
}

Source = create_model(
    "Source", __base__=Strict, __doc__="A source, in the words of CSL-JSON.", **_DEFINITIONS
)
"""The model of one source, made from the table of CSL's variables."""

_FIELDS_HINT = "write its fields on lines of their own, as `type: book`"


def read_works(file: YamlFile) -> Outcome[dict[str, Work]]:
    """Check every source, and normalise its names, dates and numbers."""
    shape = _entries(file)
    works: dict[str, Work] = {}
    diagnostics: list[Diagnostic] = list(shape.diagnostics)
    for key, path, fields in shape.value:
        span = file.tree.at((*path, "id")) if isinstance(path[-1], int) else file.key_span(path)
        if key in works:
            first = str(works[key].span)
            diagnostics.append(diagnose("duplicate-id", span, id=key, first=first))
            continue
        if not _KEY.fullmatch(key):
            hint = "use letters, digits, and single `-`, `_`, `.` or `:` between them"
            bad = diagnose("bad-value", span, hint, found=key, expected="key for a citation")
            diagnostics.append(bad)
        if words := next(_too_long(fields), ""):
            expected = f"text of at most {LONGEST:,} characters"
            long = diagnose("bad-value", span, "shorten it", found=words, expected=expected)
            diagnostics.append(long)
            works[key] = Work(key, {}, span)
            continue
        try:
            source = Source.model_validate(fields)
        except ValidationError as error:
            diagnostics.extend(complain(error, file, _key_hint, path))
            works[key] = Work(key, {}, span)
        else:
            works[key] = Work(key, _csl_json(key, fields, source), span)
    return Outcome(works, tuple(sorted(diagnostics, key=lambda item: item.span)))


def _too_long(value: object) -> Iterator[str]:
    """Find texts that no citation can hold; pandoc takes minutes for one of a megabyte."""
    if isinstance(value, str) and len(value) > LONGEST:
        yield f"{value[:40]}…"
    elif isinstance(value, (dict, list)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _too_long(item)


def _csl_json(key: str, fields: Iterable[str], source: Strict) -> dict[str, object]:
    values = {name: getattr(source, name.replace("-", "_")) for name in fields}
    return {"id": key, **{name: value for name, value in values.items() if value is not None}}


def _entries(file: YamlFile) -> Outcome[list[tuple[str, YamlPath, dict[str, object]]]]:
    """Bring the three shapes of the file to one: key, place, fields."""
    value = file.tree.value
    root: YamlPath = ()
    if isinstance(value, dict) and isinstance(value.get(REFERENCES), list):
        value, root = value[REFERENCES], (REFERENCES,)
    if value is None:
        return Outcome([])
    if not isinstance(value, (dict, list)):
        hint = "write each source as `key:`, with its fields below"
        return Outcome([], (wrong_type(file, (), "a mapping or a list of sources", hint),))
    entries = []
    diagnostics = []
    for step, fields in value.items() if isinstance(value, dict) else enumerate(value):
        path: YamlPath = (*root, step)
        if not isinstance(fields, dict):
            diagnostics.append(wrong_type(file, path, "a mapping of CSL fields", _FIELDS_HINT))
            continue
        key = fields.get("id", step if isinstance(step, str) else None)
        if key is None:
            diagnostics.append(diagnose("missing-key", file.tree.at(path), key="id"))
        elif isinstance(step, str) and key != step:
            diagnostics.append(_other_id(file, (*path, "id"), step))
        elif not isinstance(key, str):
            diagnostics.append(wrong_type(file, (*path, "id"), "text"))
        else:
            rest = {name: field for name, field in fields.items() if name != "id"}
            entries.append((key, path, rest))
    return Outcome(entries, tuple(diagnostics))


def _other_id(file: YamlFile, path: YamlPath, key: str) -> Diagnostic:
    hint = f"delete the line: the key `{key}` is its name"
    return diagnose("unknown-key", file.key_span(path), hint, key="id")


def _key_hint(path: YamlPath) -> str:
    """Return a hint for an unknown key of a source, or of a name or a date of it."""
    key = str(path[-1])
    for step in reversed(path[:-1]):
        variable = VARIABLES.get(str(step))
        if variable and variable.kind in ("names", "date"):
            return nearest_key(key, Name.keys() if variable.kind == "names" else CslDate.keys())
    known = Source.keys()
    same = nearest_key(key, [name for name in known if name.casefold() == key.casefold()])
    meant = FIELDS_MEANT.get(key.strip().lower().replace("_", "-"))
    return same or (f"did you mean `{meant}`?" if meant else nearest_key(key, known))

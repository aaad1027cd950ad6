"""The JSON Schemas: their heads, and words for every key that an editor can complete."""

from collections.abc import Iterator

import pytest

from reglet.model.report import FORMAT_NAMES, PART_KINDS, READY_MADE
from reglet.source.csl import TYPES, VARIABLES
from reglet.source.schema import DIALECT, KINDS, json_schema


def keys_of(node: object, path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(node, dict):
        properties = node.get("properties")
        if isinstance(properties, dict):
            for key, value in properties.items():
                yield f"{path}/{key}", value
        for key, value in node.items():
            yield from keys_of(value, f"{path}/{key}")
    elif isinstance(node, list):
        for item in node:
            yield from keys_of(item, path)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_described(kind: str) -> None:
    schema = json_schema(kind)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == f"urn:reglet:schema:{kind}"
    assert schema["title"]
    assert schema["description"]
    keys = list(keys_of(schema))
    assert keys
    assert [path for path, value in keys if not value.get("description")] == []


def test_report_lists_what_may_be_written() -> None:
    text = str(json_schema("report"))
    for word in (*FORMAT_NAMES, *PART_KINDS, *READY_MADE):
        assert f"'{word}'" in text


def test_sources_know_every_type_and_variable() -> None:
    keys = dict(keys_of(json_schema("sources")))
    assert keys["/$defs/Source/type"]["enum"] == list(TYPES)
    assert {f"/$defs/Source/{name}" for name in VARIABLES} <= set(keys)
    assert "/$defs/ListedSource/id" in keys


def test_an_unknown_kind_is_a_bug() -> None:
    with pytest.raises(KeyError):
        json_schema("recipe")

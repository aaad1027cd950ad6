"""JSON Schemas of the YAML files, for editors: a kind comes in, its schema goes out.

They are made from the models that check the files (JSON Schema 2020-12), and describe every key.
"""

from pydantic import BaseModel, ConfigDict, Field, RootModel, create_model
from pydantic.json_schema import models_json_schema

from reglet.source.settings import ReportSettings
from reglet.source.works import REFERENCES, Source

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS = ("report", "sources", "data")

_HEADINGS = {
    "report": (
        "report.yaml",
        "What a report is called, who answers for it, and what to make of it.",
    ),
    "sources": (
        "sources.yaml",
        "The works that a report cites: by their keys, or as a list in which each has an `id`.",
    ),
    "data": (
        "data/*.yaml",
        "Facts for text, tables and charts: a list of rows, or names with their values or rows.",
    ),
}

Plain = str | int | float | bool | None
Cell = Plain | list[Plain]


class Row(BaseModel):
    """A row: keys of your own, each with a plain value or a list of plain values."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Cell] = Field(init=False)

    id: str = Field(default="", description="Names the row, so that text can call it by name.")


class Data(RootModel[list[Row] | dict[str, Row | Cell]]):
    """A file of `data/`."""


ListedSource = create_model(
    "ListedSource",
    __base__=Source,
    __doc__="A source in a list, with its key.",
    id=(str, Field(description="The key that citations call it by, as in `[@key]`.")),
)


def json_schema(kind: str) -> dict[str, object]:
    """Return the JSON Schema of a kind of file: "report", "sources" or "data".

    Raises KeyError for any other kind.
    """
    title, description = _HEADINGS[kind]
    if kind == "report":
        body = ReportSettings.model_json_schema()
    elif kind == "data":
        body = Data.model_json_schema()
    else:
        body = _sources()
    head = {"$schema": DIALECT, "$id": f"urn:reglet:schema:{kind}"}
    plain = _without_empty_defaults(body)
    assert isinstance(plain, dict)  # noqa: S101 (a mapping stays one)
    return {**head, **plain, "title": title, "description": description}


def _sources() -> dict[str, object]:
    """Put the three shapes of sources.yaml round the models of one source."""
    _, definitions = models_json_schema([(Source, "validation"), (ListedSource, "validation")])
    listed = {"type": "array", "items": {"$ref": "#/$defs/ListedSource"}}
    under = {**listed, "description": "The sources, each with an `id`."}
    return {
        "anyOf": [
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/Source"}},
            listed,
            {
                "type": "object",
                "properties": {REFERENCES: under},
                "required": [REFERENCES],
                "additionalProperties": False,
            },
        ],
        **definitions,
    }


def _without_empty_defaults(node: object) -> object:
    """Leave out the defaults that stand for an absent key: editors would write them in."""
    if isinstance(node, dict):
        return {
            key: _without_empty_defaults(value)
            for key, value in node.items()
            if key != "default" or isinstance(value, dict) or value not in (None, "", [])
        }
    if isinstance(node, list):
        return [_without_empty_defaults(item) for item in node]
    return node

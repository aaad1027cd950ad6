"""Whatever stands in a YAML file, reading it ends in diagnostics and never in an exception."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from reglet.model.project import Tree
from reglet.source.complaints import YamlFile
from reglet.source.csl import VARIABLES
from reglet.source.data import read_data
from reglet.source.report import (
    make_report,
    read_editions,
    read_entries,
    read_limits,
    read_settings,
)
from reglet.source.settings import KNOWN_KEYS
from reglet.source.works import read_works
from reglet.yamltree import read_yaml

WORDS = st.sampled_from(
    ["", " ", "a", "a, b", "a;b", "cover", "screen", "pdf", "x.md", "2013-02-30", "2013-04", "id",
     "https://example.org", "book", "en", "{}", "{x}", "%s", "1/2/3", "0000-0002-1825-0097"]
)  # fmt: skip
PLAIN = st.one_of(WORDS, st.integers(-(10**17), 10**17), st.floats(-1e9, 1e9), st.booleans())
VALUES = st.recursive(
    st.one_of(PLAIN, st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "part", "id", "family", "literal", "date-parts", "x", "{y}"]),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)
REPORT_KEYS = st.sampled_from([*KNOWN_KEYS[""], "titel", "{0}"])
SOURCE_KEYS = st.sampled_from(["type", "id", "author", "issued", "URL", "volume", *VARIABLES])


def file_of(value: object) -> YamlFile:
    text = json.dumps(value, ensure_ascii=False)  # JSON is YAML
    tree: Tree = read_yaml(text, "f.yaml").value
    return YamlFile("f.yaml", tree, (text,))


@settings(max_examples=300, deadline=None)
@given(st.one_of(VALUES, st.dictionaries(REPORT_KEYS, VALUES, max_size=5)))
def test_report(value: object) -> None:
    file = file_of(value)
    outcome = read_settings(file)
    entries, editions = read_entries(file), read_editions(file)
    assert (outcome.value is None) == outcome.failed
    assert entries is None or isinstance(entries, list)
    if outcome.value:
        assert make_report(file, outcome.value, editions.value, (), read_limits(file)).title


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        VALUES,
        st.dictionaries(WORDS, st.dictionaries(SOURCE_KEYS, VALUES, max_size=4), max_size=3),
        st.lists(st.dictionaries(SOURCE_KEYS, VALUES, max_size=4), max_size=3),
    )
)
def test_sources(value: object) -> None:
    works = read_works(file_of(value)).value
    assert all(work.key == key for key, work in works.items())


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_data(value: object) -> None:
    assert isinstance(read_data(file_of(value)).value, Tree)

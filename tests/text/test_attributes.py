"""Pandoc's attributes."""

import pytest

from reglet.text.attributes import read


@pytest.mark.parametrize(
    ("text", "identifier", "classes", "pairs"),
    [
        ("{#a}", "a", (), {}),
        ("{.b}", "", ("b",), {}),
        ("{#a:b.c-d .e_f .g-h}", "a:b.c-d", ("e_f", "g-h"), {}),
        ("{.a.b}", "", ("a", "b"), {}),
        ("{ #a  .b  k=v }", "a", ("b",), {"k": "v"}),
        ("{width=50%}", "", (), {"width": "50%"}),
        ("{k=a/b,c:d;e}", "", (), {"k": "a/b,c:d;e"}),
        ('{k="v w"}', "", (), {"k": "v w"}),
        ("{k='v \"w\"'}", "", (), {"k": 'v "w"'}),
        (r'{k="v \"w\" }"}', "", (), {"k": 'v "w" }'}),
        ('{alt=""}', "", (), {"alt": ""}),
        ("{k=}", "", (), {"k": ""}),
        ("{-}", "", ("unnumbered",), {}),
        ("{- #a}", "a", ("unnumbered",), {}),
        ('{class="x y" id=z}', "z", ("x", "y"), {}),
        ("{#é .ü}", "é", ("ü",), {}),
        ("{.a\n .b}", "", ("a", "b"), {}),
        ("{}", "", (), {}),
    ],
)
def test_read(text: str, identifier: str, classes: tuple[str, ...], pairs: dict[str, str]) -> None:
    found = read(text + " after")
    assert found is not None
    assert (found.id, found.classes, dict(found.pairs)) == (identifier, classes, pairs)
    assert found.end == len(text)


@pytest.mark.parametrize(
    "text",
    ["{", "{a b}", "{#a", "{.1a}", '{k="v}', "{k=v", "{=html}", "{# a}", "{.a\n\n.b}", "x{#a}"],
)
def test_no_attributes(text: str) -> None:
    assert read(text) is None

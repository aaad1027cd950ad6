"""Spaces at which no line ends, by language."""

import pytest

from reglet.text.spaces import NARROW, WIDE, tied


@pytest.mark.parametrize(
    ("lang", "text", "printed"),
    [
        ("en", "60 km, 5 m deep, 30 %", f"60{WIDE}km, 5{WIDE}m deep, 30{WIDE}%"),
        ("en", "p. 12, Art. 49, § 3", f"p.{WIDE}12, Art.{WIDE}49, §{WIDE}3"),
        ("en", "No. It was 5 miles; 5 men", "No. It was 5 miles; 5 men"),
        ("de", "z.B. 60 km, d. h. S. 5", f"z.{NARROW}B. 60{NARROW}km, d.{NARROW}h. S.{WIDE}5"),
        ("de-AT", "i. d. R. und u.a.", f"i.{NARROW}d.{NARROW}R. und u.{NARROW}a."),
        ("fr", "30 % de 12 kg", f"30{NARROW}% de 12{NARROW}kg"),
    ],
)  # fmt: skip
def test_what_belongs_together_stays_together(lang: str, text: str, printed: str) -> None:
    assert tied(text, lang) == printed

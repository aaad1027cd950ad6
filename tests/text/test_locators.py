"""Where in a source a citation points."""

import pytest

from reglet.text.locators import locate


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("", "en", ("", "", "")),
        (", p. 3", "en", ("page", "3", "")),
        (" pp. 3-5 passim", "en", ("page", "3-5", "passim")),
        (", 33, 35--37, and nowhere else", "en", ("page", "33, 35–37", ", and nowhere else")),
        (", xiv", "en", ("page", "xiv", "")),
        (", mild words", "en", ("", "", ", mild words")),
        (", pages 3 & 5", "en", ("page", "3 & 5", "")),
        (", chap. III", "en", ("chapter", "III", "")),
        (", §§ 12-14", "en", ("section", "12-14", "")),
        (", ¶12", "en", ("paragraph", "12", "")),
        (", art. 5(2)(a)", "en", ("article", "5(2)(a)", "")),
        (", n. 4.", "en", ("note", "4", ".")),
        ("{p. 5, and more} rest", "en", ("page", "5, and more", "rest")),
        (", {ff. 12}", "en", ("page", "ff. 12", "")),
        (", {}", "en", ("", "", "")),
        (", emphasis added", "en", ("", "", ", emphasis added")),
        (", part of it", "en", ("", "", ", part of it")),
        (", S. 12", "de", ("page", "12", "")),
        (", Bd. 2", "de-AT", ("volume", "2", "")),
        (", p. 12", "de", ("page", "12", "")),
        (", págs. 3-4", "es", ("page", "3-4", "")),
        (", ص ۱۲", "fa", ("page", "۱۲", "")),
        (", s. 5", "nb", ("page", "5", "")),
        (", с. 5", "ru", ("page", "5", "")),
    ],
)
def test_locate(text: str, lang: str, expected: tuple[str, str, str]) -> None:
    found = locate(text, lang)
    suffix = " ".join(text[found.end :].split())
    assert (found.label, found.locator, suffix) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (", p. 3", "en", "p."),
        (", Art. 5", "de", "Art."),
        (" {table IV}", "en", "table"),
        (", §12", "en", "§"),
        (", 12", "en", ""),
    ],
)
def test_term(text: str, lang: str, expected: str) -> None:
    assert locate(text, lang).term == expected

"""Where in a source a citation points: `, pp. 3-5 passim` to "page" and "3-5".

Terms are those of the CSL locales, in the language of the section and in English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

_TERMS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "act": "act",
        "appendix": "appendix app. apps.",
        "article": "article articles art. arts.",
        "book": "book books bk. bks.",
        "canon": "canon canons",
        "chapter": "chapter chapters chap. chaps. ch. chs.",
        "column": "column columns col. cols.",
        "equation": "equation equations eq. eqs.",
        "figure": "figure figures fig. figs.",
        "folio": "folio folios fol. fols.",
        "issue": "issue issues",
        "line": "line lines l. ll.",
        "note": "note notes n. nn.",
        "number": "number numbers no. nos.",
        "opus": "opus op. opp.",
        "page": "page pages p. pp. p pp",
        "paragraph": "paragraph paragraphs para. paras. par. pars. ¶ ¶¶",
        "part": "part parts pt. pts.",
        "rule": "rule rules",
        "scene": "scene scenes",
        "section": "section sections sec. secs. sect. § §§",
        "sub-verbo": "s.v. s.vv.",
        "supplement": "supplement supp.",
        "table": "table tables tbl. tbls.",
        "timestamp": "timestamp at",
        "title": "title titles tit.",
        "verse": "verse verses v. vv.",
        "volume": "volume volumes vol. vols.",
    },
    "ar": {"page": "ص ص. ص.ص. صفحة", "chapter": "فصل", "volume": "مج. ج. مجلد", "note": "هامش"},
    "cs": {"page": "s. str. strana", "chapter": "kap.", "volume": "sv.", "note": "pozn."},
    "da": {"page": "s. side sider", "chapter": "kap.", "volume": "bd.", "note": "note"},
    "de": {
        "article": "Art. Artikel",
        "chapter": "Kap. Kapitel",
        "figure": "Abb. Abbildung",
        "line": "Z. Zeile",
        "note": "Anm. Fn. Fußnote",
        "number": "Nr. Nummer",
        "page": "S. Seite Seiten",
        "paragraph": "Abs. Absatz Rn. Rdnr.",
        "section": "Abschn. Abschnitt",
        "volume": "Bd. Bde. Band",
    },
    "es": {
        "article": "art. artículo",
        "chapter": "cap. caps. capítulo",
        "note": "nota n.",
        "number": "núm. n.º",
        "page": "p. pp. pág. págs. página páginas",
        "paragraph": "párr. párrs. párrafo",
        "section": "sec. sección",
        "volume": "vol. vols. volumen",
    },
    "fa": {"page": "ص ص. صص صص. صفحه", "chapter": "فصل", "volume": "ج. جلد", "note": "پانویس"},
    "fi": {"page": "s. sivu sivut", "chapter": "luku", "volume": "osa nide", "note": "viite"},
    "fr": {
        "article": "art. article articles",
        "chapter": "chap. chapitre chapitres",
        "note": "note notes n.",
        "number": "no. n° nos",
        "page": "p. pp. page pages",
        "paragraph": "paragr. par. paragraphe",
        "section": "sect. section",
        "volume": "vol. volume t. tome",
    },
    "it": {
        "article": "art. articolo",
        "chapter": "cap. capp. capitolo",
        "note": "nota n.",
        "page": "p. pp. pagina pagine",
        "paragraph": "par. paragrafo",
        "volume": "vol. voll. volume",
    },
    "nl": {
        "article": "art. artikel",
        "chapter": "hoofdst. hfst. hoofdstuk",
        "note": "noot",
        "page": "p. pp. blz. pagina",
        "paragraph": "par. paragraaf",
        "volume": "dl. deel",
    },
    "no": {"page": "s. side sider", "chapter": "kap.", "volume": "bd.", "note": "note"},
    "pl": {"page": "s. ss. str. strona", "chapter": "rozdz.", "volume": "t. tom", "note": "przyp."},
    "pt": {
        "article": "art. artigo",
        "chapter": "cap. caps. capítulo",
        "note": "nota n.",
        "page": "p. pp. pág. págs. página",
        "paragraph": "par. parágrafo",
        "volume": "vol. vols. volume",
    },
    "ru": {"page": "с. стр.", "chapter": "гл.", "volume": "т. том", "note": "прим."},
    "sv": {"page": "s. sida sidor", "chapter": "kap.", "volume": "vol. bd.", "note": "not"},
}
_SAME = {"nb": "no", "nn": "no"}
_SMALL = "(?=[ivxlcdm])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})"
_ROMAN = rf"{_SMALL}(?:[-–—]{_SMALL})?(?!\w)"
_LARGE = "(?=[IVXLCDM])M{0,3}(?:C[MD]|D?C{0,3})(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})"
_CAPITAL = rf"{_LARGE}(?:[-–—]{_LARGE})?(?!\w)|[A-Z](?!\w)"
_WITHOUT = rf"[^\W_]*\d(?:[^\s,;{{}}]*[\w)])?|{_ROMAN}"
_WITH = rf"[^\s,;{{}}]*\d(?:[^\s,;{{}}]*[\w)])?|{_ROMAN}|{_CAPITAL}"
_BARE, _LABELLED = (
    re.compile(rf"(?:{one})(?:,\s*(?:{one})|\s*[&–—-]\s*(?:{one}))*") for one in (_WITHOUT, _WITH)
)


@dataclass(frozen=True, slots=True)
class Located:
    """What stands behind a key: `term` is the label as it is written, the suffix begins at `end`.

    The label is "page" where only a number is written, and empty without a locator.
    """

    label: str = ""
    locator: str = ""
    term: str = ""
    end: int = 0


def locate(text: str, lang: str) -> Located:
    """Find the locator in what follows a key."""
    start = len(text) - len(re.sub(r"^\s*,?\s*", "", text))
    if braces := re.match(r"\{([^{}]*)\}", text[start:]):
        term, begin = _term(braces[1], lang)
        locator = " ".join(braces[1][begin:].split())
        label = _labels(lang).get(term.casefold(), "page") if locator else ""
        return Located(label, locator, term if locator else "", start + braces.end())
    term, begin = _term(text[start:], lang)
    found = (_LABELLED if term else _BARE).match(text, start + begin)
    if not found:
        return Located()
    label = _labels(lang).get(term.casefold(), "page")
    return Located(label, " ".join(found[0].replace("--", "–").split()), term, found.end())


def _term(text: str, lang: str) -> tuple[str, int]:
    """Read a term such as `pp.`; return it and where the locator begins."""
    found = _pattern(lang).match(text)
    return (found[1], found.end()) if found else ("", 0)


@cache
def _labels(lang: str) -> dict[str, str]:
    base = lang.split("-", maxsplit=1)[0].lower()
    tables = (_TERMS["en"], _TERMS.get(_SAME.get(base, base), {}))
    return {
        term.casefold(): label
        for table in tables
        for label, terms in table.items()
        for term in terms.split()
    }


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    terms = sorted(_labels(lang), key=len, reverse=True)
    return re.compile(
        rf"({'|'.join(map(re.escape, terms))})(?:\s+|(?<=[.§¶])(?=\S))", re.IGNORECASE
    )

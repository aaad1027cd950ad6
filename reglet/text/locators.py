"""Where in a source a citation points: `, pp. 3-5 passim` to ("page", "3-5", "passim").

Terms are those of the CSL locales, in the language of the section and in English.
"""

import re
from collections.abc import Mapping
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


def locate(text: str, lang: str) -> tuple[str, str, str]:
    """Split what follows a key into CSL label, locator and suffix.

    The label is "page" where only a number is written, and empty without a locator.
    """
    body = re.sub(r"^\s*,?\s*", "", text)
    if braces := re.match(r"\s*,?\s*\{([^{}]*)\}", text):
        label, start = _label(braces[1], lang)
        locator = " ".join(braces[1][start:].split())
        suffix = " ".join(text[braces.end() :].split())
        return (label or "page" if locator else ""), locator, suffix
    label, start = _label(body, lang)
    found = (_LABELLED if label else _BARE).match(body, start)
    if not found:
        return "", "", " ".join(text.split())
    suffix = " ".join(body[found.end() :].split())
    return label or "page", " ".join(found[0].replace("--", "–").split()), suffix


def _label(text: str, lang: str) -> tuple[str, int]:
    """Read a term such as `pp.`; return its label and where the locator begins."""
    found = _pattern(lang).match(text)
    if not found:
        return "", 0
    return _labels(lang)[found[1].casefold()], found.end()


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

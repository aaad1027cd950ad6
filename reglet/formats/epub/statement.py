"""What a page says of access to the book comes in, what of it is true goes out.

A theme marks each sentence with the feature that it needs, as `data-feature="pageNavigation"`.
"""

import re
from collections.abc import Collection
from dataclasses import replace

from reglet.formats.epub.content import Page, parse

_MARKED = re.compile(
    r"<(?P<tag>\w+)(?=\s[^<>]*\bdata-feature=\"(?P<feature>[^\"]*)\")[^<>]*?"
    r"(?:/>|>.*?</(?P=tag)>)\s*",
    re.DOTALL,
)
_MARK = re.compile(r"\s+data-feature=\"[^\"]*\"")


def held_to(page: Page, features: Collection[str]) -> Page:
    """Take out of `page` the elements marked with a feature not among `features`, and all marks."""
    before = page.data.decode()
    after = _MARKED.sub(lambda found: _kept(found, features), before)
    return page if after == before else replace(page, data=after.encode(), root=parse(after))


def _kept(found: re.Match[str], features: Collection[str]) -> str:
    return _MARK.sub("", found[0]) if found["feature"] in features else ""

"""Identifiers of headings: those that pandoc gives the same headings."""

import re
import subprocess

import pypandoc

from reglet.model.document import Kind
from reglet.model.project import SourceFile
from reglet.text.identifiers import make_identifier
from reglet.text.section import parse

HEADINGS = (
    "Plain words",
    "*Emphasis* and `code span`",
    "3 things & 4.5 more_words-here",
    "1984",
    "!!!",
    'Quotes "a" and it\'s -- dashed --- twice...',
    "Über STRASSE, ÉTÉ İ ΣΑΣ",
    "हिन्दी और می‌روم",
    "½ ² x^2^ H~2~O",
    "A note^[note] and [a link](u), ![picture](x.png)",
    "Citing [@kim, p. 3; see -@lewis] and @doe",
    "Escaped \\* and &amp; and no-break\\ space",
    "a <b>bold</b> tag",
    "[Span]{.c} A/B (c)",
    "Plain words",
    "Plain words",
    "Plain words 1",
    "Given {#plain-words-7}",
    "...Leading. -dashes- end.",
)


def test_identifiers_are_those_of_pandoc() -> None:
    text = "".join(f"# {heading}\n\n" for heading in HEADINGS)
    command = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "html"]
    made = subprocess.run(command, input=text, text=True, capture_output=True, check=True).stdout
    section = parse(SourceFile("a.md", text), "en").value
    ours = [node.id for node in section.blocks if node.kind is Kind.HEADING]
    theirs = re.findall(r'<h1[^>]*?id="([^"]*)"', made, re.DOTALL)
    assert ours == theirs


def test_make_identifier() -> None:
    assert make_identifier("  ") == "section"
    assert make_identifier("42. The *Answer*") == "the-answer"

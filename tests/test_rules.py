"""`rules:` of report.yaml, `--strict`, and `limits:`: what becomes of a mistake."""

from collections.abc import Sequence

import pytest
from conftest import Maker

from reglet.model.limits import LIMITS
from reglet.pipeline import build, check
from reglet.progress import NoProgress
from reglet.source.templates import house_templates, read_templates
from reglet.theme import load_theme

SECTION = "# One\n\n### Three\n\nA note that nobody calls.\n\n[^gate]: It was shut.\n"


def told(make: Maker, rules: str, *, strict: bool = False) -> Sequence[tuple[str, str]]:
    folder = make({"report.yaml": f"title: T\n{rules}", "sections/01.md": SECTION})
    found = check(folder, strict=strict).diagnostics
    return [(item.code, str(item.severity)) for item in found]


@pytest.mark.parametrize(
    ("rules", "strict", "expected"),
    [
        ("", False, [("heading-skip", "warning"), ("unused-note", "error")]),
        ("", True, [("heading-skip", "error"), ("unused-note", "error")]),
        ("rules: {heading-skip: error, unused-note: off}\n", False, [("heading-skip", "error")]),
        ("rules: {heading-skip: off}\n", True, [("unused-note", "error")]),
        ("rules: {unused-note: warning, heading-skip: off}\n", False, [("unused-note", "warning")]),
        ("rules: {unused-note: off, heading-skip: off}\n", False, []),
    ],
)  # fmt: skip
def test_levels(make: Maker, rules: str, strict: bool, expected: list[tuple[str, str]]) -> None:
    assert told(make, rules, strict=strict) == expected


@pytest.mark.parametrize(
    ("rules", "code", "hint"),
    [
        ("{outside-folder: off}", "bad-value", "`outside-folder` is always an error"),
        ("{unknown-source: warning}", "bad-value", "`unknown-source` is always an error"),
        ("{heading-skip: of}", "bad-value", "did you mean `off`?"),
        ("{heading-skp: off}", "unknown-key", "did you mean `heading-skip`?"),
        ("[heading-skip]", "wrong-type", ""),
    ],
)
def test_rules_that_cannot_be(make: Maker, rules: str, code: str, hint: str) -> None:
    found = check(make({"report.yaml": f"title: T\nrules: {rules}\n"})).diagnostics
    assert [(item.code, item.hint) for item in found if item.code != "no-sections"] == [
        (code, hint)
    ]


@pytest.mark.parametrize("key", LIMITS)
def test_no_limit_goes_beyond_the_most(make: Maker, key: str) -> None:
    for value in (0, LIMITS[key].most + 1):
        found = check(make({"report.yaml": f"title: T\nlimits: {{{key}: {value}}}\n"})).diagnostics
        assert [(item.code, str(item.span)) for item in found] == [
            ("bad-value", f"report.yaml:2:{12 + len(key)}")
        ]
    assert not check(
        make({"report.yaml": f"title: T\nlimits: {{{key}: {LIMITS[key].most}}}\n"})
    ).diagnostics


def test_strict_builds_nothing_with_a_warning(make: Maker) -> None:
    text = "# One\n\n### Three\n"
    folder = make({"report.yaml": "title: T\neditions: [ebook]\n", "sections/01.md": text})
    output = folder / "out"
    assert build(folder, output=output, strict=True, progress=NoProgress()).failed
    assert not output.exists()
    outcome = build(folder, output=output, progress=NoProgress())
    assert [item.code for item in outcome.diagnostics] == ["heading-skip"]
    assert list(output.glob("*.epub"))


def test_a_note_without_call_is_no_obstacle_where_it_is_off(make: Maker) -> None:
    report = "title: T\neditions: [ebook]\nrules: {unused-note: off, heading-skip: off}\n"
    folder = make({"report.yaml": report, "sections/01.md": SECTION})
    outcome = build(folder, output=folder / "out", progress=NoProgress())
    assert outcome.diagnostics == ()
    assert outcome.value is not None


TEMPLATES = {
    "{{ ('a', 'b')|join('-') }}": "a-b",
    "{{ [1, '<i>']|join('&') }}": "1&amp;&lt;i&gt;",
    "{{ ['<i>'|safe, '<b>']|join('&') }}": "<i>&amp;&lt;b&gt;",
    "{{ pages|join(', ', attribute='x') }}": "1, 2",
    "{{ 'a' ~ 1 ~ '<' }}": "a1&lt;",
    "{{ x|safe ~ '<' ~ ('x' ~ 'y') }}": "<i>&lt;xy",
    "{{ '<i>'|safe|replace('i', '<') }}": "<&lt;>",
    "{{ '<i>'|replace('i', '<b>'|safe) }}": "&lt;<b>&gt;",
    "{{ 'a-b'|replace('-', '/') }}": "a/b",
    "{% for a in 'xy' %}{{ loop.index }}/{{ loop.length }}{{ loop.last }} {% endfor %}": (
        "1/2False 2/2True "
    ),
    "{% for a in [] %}{% else %}none{% endfor %}": "none",
    "{% for a in [1, [2]] recursive %}{{ loop(a) if a is iterable else a }}{% endfor %}": "12",
    "{{ 7 % 4 }} {{ 2 ** 10 }} {{ 3 * 4 }} {{ 'ab' * 2 }}": "3 1024 12 abab",
    "{{ [1] + [2] == [1, 2] }}": "True",
}  # fmt: skip


@pytest.mark.parametrize("text", TEMPLATES)
def test_the_sandbox_computes_as_jinja2_does(text: str) -> None:
    from jinja2 import Environment

    from reglet.model.report import READY_MADE

    templates = read_templates(house_templates()).value | {"inquiry/x.html": text}
    theme = load_theme(READY_MADE["web"], templates, "en").value
    assert theme is not None
    context = {"pages": [{"x": 1}, {"x": 2}], "x": "<i>"}
    assert theme.page("x.html", context) == TEMPLATES[text]
    assert Environment(autoescape=True).from_string(text).render(context) == TEMPLATES[text]

import time

import pytest
from reports import codes, project, resolved, written

DATA = {
    "attacks": (
        "- {id: a-2009, camp: Ashraf, date: 2009-07-28, killed: 13, wounded: null}\n"
        "- {id: a-2011, camp: Ashraf, date: 2011-04-08, killed: 36, wounded: 318}\n"
        "- {id: l-2013, camp: Liberty, date: 2013-02, killed: 8, wounded: 71}\n"
    ),
    "facts": "t_walls: 17500\nshare: 0.25\nitems: 3\nname: '*Ashraf*'\nlist: [a, b]\nopen: true\n",
    "people": "kobler: {name: Martin Kobler}\nbutler: {name: Sir R. Butler}\n",
}


def value(expression: str, lang: str = "en-GB") -> str:
    outcome = resolved(f"{{{{ {expression} }}}}\n", on=project(data=DATA, lang=lang))
    assert codes(outcome) == []
    return written(outcome.value.sections[0].blocks)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('data.attacks | sum("killed")', "57"),
        ('data.attacks | sum("wounded")', "389"),
        ('data.attacks["a-2009"].killed', "13"),
        ("data.attacks[0].camp", "Ashraf"),
        ('data.attacks | where("camp", "Ashraf") | length', "2"),
        ('data.attacks | where("camp", "Ashraf") | length | spell', "two"),
        ("data.facts.t_walls | number", "17,500"),
        ("data.facts.share | number(2)", "0.25"),
        ("data.facts.items", "3"),
        ("data.facts.name", "*Ashraf*"),
        ("data.facts.list | join(' and ')", "a and b"),
        ("data.people | map(attribute='name') | join('; ')", "Martin Kobler; Sir R. Butler"),
        ('data.people["kobler"].name', "Martin Kobler"),
        ("data.people.butler.name | upper", "SIR R. BUTLER"),
        ('data.attacks["a-2009"].date | date', "28 Jul 2009"),
        ('data.attacks["a-2009"].date | date("long")', "28 July 2009"),
        ('data.attacks["l-2013"].date | date("long")', "February 2013"),
        ("1 + 2 * 3 - 4 / 8", "6.5"),
        ("0.1 + 0.2", "0.3"),
        ("'many' if data.facts.items > 2 else 'few'", "many"),
        ("data.nothing | default('none')", "none"),
        ("(data.attacks | sort(attribute='killed') | last).id", "a-2011"),
        ("(data.attacks | sum('killed')) / 2 | round(1)", "28.5"),
        ("'a }} b'", "a }} b"),
    ],
)
def test_values(expression: str, expected: str) -> None:
    assert value(expression) == expected


def test_numbers_and_dates_by_language() -> None:
    assert value("data.facts.t_walls | number", "fr") == "17\u202f500"
    assert value("data.facts.t_walls | number", "de") == "17.500"
    assert value("data.facts.t_walls | number", "fa") == "۱۷٬۵۰۰"
    assert value('data.attacks["a-2011"].date | date("long")', "en-US") == "April 8, 2011"
    assert value('data.attacks["a-2011"].date | date("long")', "fr") == "8 avril 2011"
    assert value('data.attacks["a-2011"].date | date("long")', "fa") == "۸ آوریل ۲۰۱۱"
    assert value("13 | spell", "de") == "dreizehn"
    assert value("1300 | spell", "es") == "1300"
    assert value("1300 | spell", "en") == "1,300"


def test_expressions_stand_everywhere() -> None:
    text = "# {{ 1 }}\n\n*a {{ 2 }}* [b](#x)^[c {{ 3 }}]\n\n![d {{ 4 }}](x.png)\n\n[]{#x}\n"
    document = resolved(text).value
    assert written(document.sections[0].blocks).startswith("1\n*a 2* <b>[1]\nd 4")
    assert written(document.notes["note-1"].blocks) == "c 3"
    assert document.contents[0].plain == "1"


@pytest.mark.parametrize(
    ("expression", "code", "part"),
    [
        ("data.atacks | length", "unknown-data", "did you mean `attacks`?"),
        ('data.attacks["a-2010"].killed', "unknown-data", "did you mean `a-20"),
        ('data.attacks["a-2009"].kiled', "unknown-data", "did you mean `killed`?"),
        ('data.attacks | sum("kiled")', "unknown-data", "did you mean `killed`?"),
        ('data.attacks | where("kamp", "Ashraf") | length', "unknown-data", "`camp`"),
        ("data.attacks.killed", "unknown-data", 'name a row, as `["a-2009"].killed`'),
        ("date.attacks", "unknown-data", "did you mean `data`?"),
        ("data.facts.t_walls | nmber", "bad-expression", "did you mean `number`?"),
        ("data.facts.t_walls |", "bad-expression", ""),
        ("data.attacks", "bad-expression", "more than one value"),
        ("data.facts.open", "bad-expression", "true or false"),
        ('data.attacks["a-2009"].wounded', "bad-expression", "no value"),
        ("data.facts.name | number", "bad-expression", "is no number"),
        ("data.facts.name | date", "bad-expression", "is no date"),
        ("2.5 | spell", "bad-expression", "no whole number"),
        ("1 / 0", "bad-expression", "zero"),
        ("(1, 2)[5]", "unknown-data", ""),
    ],
)
def test_mistakes(expression: str, code: str, part: str) -> None:
    outcome = resolved(f"A {{{{ {expression} }}}}\n", on=project(data=DATA))
    assert codes(outcome) == [(code, "sections/a.md:1:3")]
    found = outcome.diagnostics[0]
    assert part in found.hint or part in found.message


@pytest.mark.parametrize(
    "expression",
    [
        "range(10**9) | list | length",
        "'a' * 10**9",
        "10 ** 10 ** 10",
        "2 ** 99999999",
        "'%1000000000d' % 1",
        "'{:>1000000000}'.format(1)",
        "data.__class__.__mro__",
        "''.__class__",
        "data.facts.name.upper()",
        "1.5 | round(999999999)",
        "'a' | center(999999999)",
        "('a' | list) | join('b' * 3)",
        "[[1]] * 999999999",
        "lipsum(n=10000)",
        "self",
        "'x' | replace('x', 'y')",
        "(" * 400 + "1" + ")" * 400,
        "'aaaaaaaaaa' | list | join('" + "b" * 900 + "') | list | join('" + "c" * 600 + "')",
    ],
)
def test_nothing_runs_away(expression: str) -> None:
    started = time.process_time()
    outcome = resolved(f"{{{{ {expression} }}}}\n", on=project(data=DATA))
    assert time.process_time() - started < 2
    (code,) = [code for code, _ in codes(outcome)]
    assert code in ("bad-expression", "unknown-data", "unclosed-expression")

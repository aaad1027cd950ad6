import pytest

from reglet.formats.names import Identifier, file_as, filename, identifier, slug
from reglet.model.report import Edition, Report


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Camp Ashraf & Camp Liberty", "camp-ashraf-camp-liberty"),
        ("Boumedra’s  Story: “Untold”", "boumedras-story-untold"),
        ("Straße nach Köln, 1986–2016", "strasse-nach-koln-1986-2016"),
        ("../../etc/passwd", "etc-passwd"),
        ("گزارش اشرف", ""),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 80, "x" * 60),
    ],
)
def test_slug_is_plain_ascii(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("report", "edition", "suffix", "expected"),
    [
        (
            Report("Camp Ashraf", version="1.0"),
            Edition("ebook", "epub"),
            "epub",
            "camp-ashraf-1.0.epub",
        ),
        (
            Report("Camp Ashraf", version="1.0"),
            Edition("press", "pdf"),
            ".pdf",
            "camp-ashraf-1.0-press.pdf",
        ),
        (Report("Camp Ashraf"), Edition("screen", "pdf"), "pdf", "camp-ashraf.pdf"),
        (Report("Camp Ashraf"), Edition("screen", "epub"), "epub", "camp-ashraf-screen.epub"),
        (
            Report("گزارش", version="۲/beta 3"),
            Edition("large", "pdf"),
            "pdf",
            "report-beta-3-large.pdf",
        ),
    ],
)
def test_filename_says_title_version_and_edition(
    report: Report, edition: Edition, suffix: str, expected: str
) -> None:
    assert filename(report, edition, suffix) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("978-3-16-148410-0", Identifier("urn:isbn:9783161484100", "15")),
        ("ISBN: 0-306-40615-2", Identifier("urn:isbn:0306406152", "02")),
        ("urn:isbn:9783161484100", Identifier("urn:isbn:9783161484100", "15")),
        ("978-3-16-148410-1", Identifier("978-3-16-148410-1")),
        ("doi:10.1000/182", Identifier("https://doi.org/10.1000/182", "06")),
        ("https://doi.org/10.1000/182", Identifier("https://doi.org/10.1000/182", "06")),
        ("urn:example:report:7", Identifier("urn:example:report:7")),
    ],
)
def test_identifier_is_written_as_its_kind_is(given: str, expected: Identifier) -> None:
    assert identifier(Report("A", identifier=given)) == expected


def test_identifier_is_made_from_title_and_date_where_none_is_given() -> None:
    made = identifier(Report("A", date="2026")).value
    assert made.startswith("urn:uuid:")
    assert made == identifier(Report("A", date="2026", version="2")).value
    assert made != identifier(Report("A", date="2027")).value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Tahar Boumedra", "Boumedra, Tahar"),
        ("Maria van der Berg", "van der Berg, Maria"),
        ("Boumedra, Tahar", "Boumedra, Tahar"),
        ("UNAMI", "UNAMI"),
        ("Foreign Affairs Committee", "Foreign Affairs Committee"),
        ("The Friends of Ashraf", "Friends of Ashraf"),
        ("Doctors for Iraq", "Doctors for Iraq"),
        ("مریم رجوی", "مریم رجوی"),
    ],
)
def test_names_are_sorted_as_catalogues_do(name: str, expected: str) -> None:
    assert file_as(name) == expected

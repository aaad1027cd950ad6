"""The list of sources: groups, links back to notes, and archived copies."""

import pytest
from reports import WORKS, project, resolved, templates, written

from reglet.model.report import READY_MADE
from reglet.resolve.settle import settle

SHORT = "Boumedra, *The Untold Story*"


def test_sources_are_grouped_and_know_their_notes() -> None:
    on = project(works=WORKS, parts=["sources"])
    outcome = resolved("A [@quit]. B [@boumedra; @unami]. C [@boumedra].", on=on)
    found = [
        (group.kind, [(entry.id, entry.notes) for entry in group.entries])
        for group in outcome.value.sources
    ]
    assert found == [
        ("books", [("source-boumedra", ("note-2", "note-3"))]),
        ("press", [("source-quit", ("note-1",))]),
        ("reports", [("source-unami", ("note-2",))]),
    ]
    entry = outcome.value.sources[0].entries[0]
    assert written(entry.content) == (
        "Boumedra, Tahar. *The Untold Story of Camp Ashraf*. New Generation Publishing, 2013."
    )
    kinds = {f"kind_{group.kind}" for group in outcome.value.sources}
    assert all(f"\n{kind}: " in templates()["labels/en.yaml"] for kind in kinds)


COPY = "https://web.archive.org/web/2026/https://example.org/camp"
ARCHIVED = {
    "en": f"archived at {COPY}, November 3, 2026",
    "de": f"archiviert unter {COPY}, 3. November 2026",
    "fr": f"archivé à l’adresse {COPY}, 3 novembre 2026",
    "es": f"archivado en {COPY}, 3 de noviembre de 2026",
    "fa": f"بایگانی‌شده در {COPY}، ۳ نوامبر ۲۰۲۶",
}


@pytest.mark.parametrize("lang", ARCHIVED)
def test_the_archived_copy_is_told_once_and_in_the_list(lang: str) -> None:
    dated = {"archived": COPY, "archived-date": {"date-parts": [[2026, 11, 3]]}}
    works = {"camp": {**WORKS["camp"], **dated}}
    on = project(works=works, lang=lang, parts=["sources"])
    document = resolved("A [@camp, 3, on top]. B [@camp].", on=on).value
    found = settle(document, READY_MADE["ebook"]).notes
    words = written(found["note-1"].blocks)
    assert words.endswith(f", https://example.org/camp, {ARCHIVED[lang]}, on top.")
    assert COPY not in written(found["note-2"].blocks)
    entry = written(document.sources[0].entries[0].content)
    assert entry.endswith(f" {ARCHIVED[lang][0].upper()}{ARCHIVED[lang][1:]}.")


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ({}, ""),
        ({"date-parts": [[2026]]}, ", 2026"),
        ({"date-parts": [[2026, 11]]}, ", November 2026"),
        ({"literal": "in May"}, ", in May"),
    ],
)
def test_the_date_of_the_copy(date: dict[str, object], words: str) -> None:
    fields = {**WORKS["camp"], "archived": COPY} | ({"archived-date": date} if date else {})
    document = resolved("A [@camp].", on=project(works={"camp": fields}, parts=["sources"])).value
    note = settle(document, READY_MADE["ebook"]).notes["note-1"]
    assert written(note.blocks).endswith(f"archived at {COPY}{words}.")
    assert written(document.sources[0].entries[0].content).endswith(f" Archived at {COPY}{words}.")


def test_notes_lead_to_the_list_of_sources_on_pages_alone() -> None:
    on = project(works=WORKS, parts=["sources"])
    document = resolved("A [@boumedra]. B [@boumedra].", on=on).value
    screen = settle(document, READY_MADE["screen"])
    assert written(screen.notes["note-2"].blocks) == "<Ibid.>"
    assert written(settle(document, READY_MADE["ebook"]).notes["note-2"].blocks) == f"{SHORT}."

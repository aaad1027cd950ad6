"""A report that is changed again and again takes no more memory for it."""

import json
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from shown import served

EDITS = 30
SETTLED = 6  # edits after which a process has all that it needs
SECTION = "# One\n\n" + "".join(
    f"Paragraph {n} of some words that are the same.^[And note {n}.]\n\n" for n in range(4)
)


def resident(process: int) -> int:
    """Return the memory of a process and of all that it has started; KiB."""
    folder = Path(f"/proc/{process}")
    children = (folder / "task" / str(process) / "children").read_text().split()
    own = (folder / "smaps_rollup").read_text().partition("Pss:")[2].split()[0]
    return int(own) + sum(resident(int(child)) for child in children)


@pytest.mark.full
def test_memory_does_not_grow_with_edits(tmp_path: Path) -> None:
    (tmp_path / "report.yaml").write_text("title: T\nsections: [one.md, part: colophon]\n")
    file = tmp_path / "one.md"
    file.write_text(SECTION)
    sizes: list[int] = []
    with served(tmp_path, "--edition", "screen") as (address, process):
        connection = HTTPConnection(urlsplit(address).netloc, timeout=120)
        connection.request("GET", "/events")
        lines = iter(connection.getresponse().readline, b"")
        for edit in range(EDITS):
            builds = -1
            while builds <= edit:
                line = next(lines)
                state = json.loads(line[6:]) if line.startswith(b'data: {"title"') else {}
                builds = state.get("builds", builds)
                assert not state.get("mistakes"), state
            sizes.append(resident(process))
            file.write_text(SECTION.replace("Paragraph 2", f"Paragraph 2, edit {edit},"))
        connection.close()
    assert max(sizes[-6:]) / sizes[SETTLED] < 1.1, sizes

"""`--allow-net`: which pictures are fetched, how they are set, and each way in which it can fail.

All hosts are servers of the test's own, on this machine.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from click.testing import CliRunner
from conftest import Maker
from loopback import (
    DRAWING,
    NAME,
    Answer,
    Host,
    certified,
    dripping,
    endless,
    hosting,
    leads,
    png,
    sends,
    silent,
    trickling,
)

from reglet import pipeline
from reglet.cli import cli
from reglet.preview.builder import Builder, Finished
from reglet.source.origins import typed_origin

SAVE = "save the picture in `figures/`"


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting({"/map.png": sends(png()), "/map": sends(DRAWING, "image/svg+xml")}) as found:
        yield found


def told(folder: Path, *allowed: str) -> list[tuple[str, str, str]]:
    """Check a report; return places, codes and what is said with what to type."""
    origins = frozenset(filter(None, map(typed_origin, allowed)))
    assert len(origins) == len(allowed)
    found = pipeline.check(folder, allowed=origins).diagnostics
    return [(str(item.span), item.code, f"{item.message} ({item.hint})") for item in found]


def pictured(make: Maker, *addresses: str, limits: str = "") -> Path:
    text = "\n\n".join(f"![A map]({address})" for address in addresses)
    report = f"title: T\n{f'limits: {{{limits}}}' if limits else ''}\n"
    return make({"sections/01.md": f"# One\n\n{text}\n", "report.yaml": report})


def test_pictures_are_fetched_before_anything_is_set(
    make: Maker, host: Host, tmp_path: Path
) -> None:
    figure = f"![A map]({host.at('/map.png')}){{#fig-map}}"
    text = f"# One\n\n{figure}\n\nIt is.^[![M]({host.at('/map')})]\n"
    folder = make({"sections/01.md": text, "report.yaml": "title: T\ndate: 2026-11-24\n"})
    allow = ["--allow-net", host.typed, "--quiet", "--no-cache"]
    result = CliRunner().invoke(cli, ["build", str(folder), *allow])
    assert result.exit_code == 0, result.output
    assert sorted(host.asked) == ["/map", "/map.png"]  # once for all editions
    output = folder / "output"
    with pikepdf.open(output / "t.pdf") as pdf:
        raster = [image for page in pdf.pages for image in page.get_images().values()]
        assert [f"{image.Width} × {image.Height}" for image in raster] == ["40 × 30"]
    with ZipFile(output / "t.epub") as book:
        named = {Path(name).name: book.read(name) for name in book.namelist() if "/images/" in name}
    assert named["map.png"] == png()
    assert b"M0 0h9v9z" in named["map-2.svg"]
    assert host.at("") not in (output / "index.html").read_text()
    assert b"127.0.0.1" not in (output / "t.epub").read_bytes() + (output / "t.pdf").read_bytes()
    inputs = json.loads((output / "manifest.json").read_bytes())["inputs"]
    assert {
        "name": host.at("/map.png"),
        "bytes": len(png()),
        "sha256": sha256(png()).hexdigest(),
    } in inputs
    assert {row["name"] for row in inputs} == {
        "report.yaml", "sections/01.md", host.at("/map.png"), host.at("/map")
    }  # fmt: skip


def test_what_is_asked_tells_nothing_of_who_asks(
    make: Maker, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hosting({}) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.at(""))
        assert told(pictured(make, host.at("/map.png?size=2&q=ü%20b#part")), host.typed) == []
        assert proxy.asked == []
    assert host.asked == ["/map.png?size=2&q=%C3%BC%20b"]
    assert set(host.heads[0]) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert host.heads[0]["Host"] == f"{NAME}:{host.port}"


def test_nobody_is_asked_who_is_not_allowed(make: Maker, host: Host) -> None:
    folder = pictured(make, host.at("/map.png"))
    with hosting({}) as other:
        for allowed in ((), (other.typed,), (f"{NAME}:{host.port}",), (f"http://{NAME}",)):
            place, code, words = told(folder, *allowed)[0]
            assert (place, code) == ("sections/01.md:3:1", "remote-image")
            assert words.endswith(f"({SAVE}, or build with `--allow-net {host.typed}`)")
        assert host.asked == other.asked == []


def test_an_address_with_a_password_is_not_asked(make: Maker, host: Host) -> None:
    address = host.at("/map.png").replace("//", "//me:secret@")
    (_, code, words), = told(pictured(make, address), host.typed)  # fmt: skip
    assert (code, words[-len(SAVE) - 3 :]) == ("remote-image", f" ({SAVE})")
    assert host.asked == []


def test_pictures_in_data_and_options_are_fetched_too(make: Maker, host: Host) -> None:
    table = "```{table}\ndata: wells\ncolumns: [name]\ncaption: Wells ![]({})\n```\n"
    folder = make(
        {
            "sections/01.md": f"# One\n\n{table.replace('{}', host.at('/map'))}",
            "data/wells.yaml": f"- name: '![A map]({host.at('/map.png')})'\n",
        }
    )
    found = told(folder, host.typed)
    assert "remote-image" not in [code for _, code, _ in found]
    assert sorted(host.asked) == ["/map", "/map.png"]


def test_https_is_asked_whose_certificate_holds(
    make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certified(tmp_path)
    with hosting({"/a.png": sends(png())}, certificate) as host:
        folder = pictured(make, host.at("/a.png"), f"//{NAME}:{host.port}/a.png")
        (place, code, words), other = told(folder, host.typed)
        assert (place, code) == ("sections/01.md:3:1", "unfetched-image")
        assert "certificate does not hold: self" in words
        assert other[2].endswith(words[words.index(": ") :])
        assert host.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert told(folder, host.typed) == []
        assert host.asked == ["/a.png"]


def test_a_host_may_lead_to_an_allowed_one(make: Maker, host: Host) -> None:
    with hosting({"/a": leads(host.at("/b"))}) as first:
        host.answers["/b"] = leads("/map.png", 308)
        folder = pictured(make, first.at("/a"))
        assert told(folder, first.typed, host.typed) == []
        assert host.asked == ["/b", "/map.png"]
        (place, code, words), = told(folder, first.typed)  # fmt: skip
        assert (place, code) == ("sections/01.md:3:1", "unfetched-image")
        assert f"cannot be fetched: it leads to `{host.at('/b')}`" in words
        assert f"build with `--allow-net {host.typed}`, too, or {SAVE}" in words
        assert host.asked == ["/b", "/map.png"]  # and no more


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/a", "http://u:p@127.0.0.1/"]
)
def test_a_host_leads_nowhere_else(make: Maker, host: Host, target: str) -> None:
    host.answers["/a"] = leads(target)
    (_, code, words), = told(pictured(make, host.at("/a")), host.typed)  # fmt: skip
    assert (code, words.endswith(f"it leads to `{target}` ({SAVE})")) == ("unfetched-image", True)


SCRIPT = DRAWING.replace(b"<path", b"<script>alert(1)</script><path")
RAISED = "raise `picture-size` below `limits:` in report.yaml, to 300 at most"


@pytest.mark.parametrize(
    ("answer", "code", "reason"),
    [
        (sends(b"", status=404), "unfetched-image", "the host answers 404 Not Found"),
        (sends(b"", status=999), "unfetched-image", "the host answers 999"),
        (leads("/a.png"), "unfetched-image", "it leads from one address to the next without end"),
        (sends(png(), Content_Encoding="gzip"), "unfetched-image", "the host packs it, unasked"),
        (sends(png(), Content_Length="900"), "unfetched-image", "it is cut short"),
        (sends(b"", Content_Length="1000001"), "unfetched-image",
         f"it is over the limit of 1 MB; {RAISED}"),
        (endless, "unfetched-image", f"it is over the limit of 1 MB; {RAISED}"),
        (sends(b"<p>Log in</p>", "text/html"), "bad-image",
         "it is no picture that reglet knows; the host calls it `text/html`"),
        (sends(b"", "image/png"), "bad-image", "it is empty"),
        (sends(png()[:-20], "image/png"), "bad-image", "it is broken"),
        (sends(SCRIPT, "image/svg+xml"), "bad-image", "it holds `<script>`"),
        (sends(SCRIPT, "image/png"), "bad-image", "it holds `<script>`"),
        (sends(png(1500, 1000)), "bad-image", "it is over the limit of 1 million pixels; raise "
         "`picture-pixels` below `limits:` in report.yaml, to 1,000 at most"),
    ],
)  # fmt: skip
def test_what_is_no_use_is_told(
    make: Maker, host: Host, answer: Answer, code: str, reason: str
) -> None:
    host.answers["/a.png"] = answer
    folder = pictured(make, host.at("/a.png"), limits="picture-size: 1, picture-pixels: 1")
    (place, found, words), = told(folder, host.typed)  # fmt: skip
    assert (place, found) == ("sections/01.md:3:1", code)
    assert f": {reason} (" in words


def test_all_pictures_have_one_limit(make: Maker, host: Host) -> None:
    noise = png(700, 700)
    host.answers |= {f"/{n}.png": sends(noise + bytes(600_000)) for n in range(2)}
    folder = pictured(make, host.at("/0.png"), host.at("/1.png"), limits="pictures-size: 1")
    (place, code, words), = told(folder, host.typed)  # fmt: skip
    assert (place, code) == ("sections/01.md:5:1", "bad-image")
    assert "all pictures are over the limit of 1 MB; raise `pictures-size`" in words


@pytest.mark.parametrize("answer", [silent, dripping, trickling])
def test_a_slow_host_is_waited_for_once(make: Maker, host: Host, answer: Answer) -> None:
    host.answers |= {"/a.png": answer, "/b.png": answer}
    folder = pictured(make, host.at("/a.png"), host.at("/b.png"), limits="fetch-seconds: 1")
    found = told(folder, host.typed)
    assert [(place, code) for place, code, _ in found] == [
        ("sections/01.md:3:1", "unfetched-image"), ("sections/01.md:5:1", "unfetched-image")
    ]  # fmt: skip
    assert all(
        "it did not come within 1 s; raise `fetch-seconds` below" in words for *_, words in found
    )
    assert host.asked == ["/a.png"]


def test_a_handshake_that_does_not_end_is_ended(make: Maker, host: Host) -> None:
    with hosting({"/a.png": silent}) as plain:  # which takes https for a request that goes on
        folder = pictured(make, f"https://{NAME}:{plain.port}/a.png", limits="fetch-seconds: 1")
        (_, code, _), = told(folder, f"{NAME}:{plain.port}")  # fmt: skip
        assert code == "unfetched-image"


def test_nobody_there(make: Maker) -> None:
    with hosting({}) as gone:
        pass
    (_, code, words), = told(pictured(make, gone.at("/a.png")), gone.typed)  # fmt: skip
    assert (code, f"nobody answers at `{gone.typed}`" in words) == ("unfetched-image", True)


@pytest.mark.full
def test_verify_fetches_again_and_compares(make: Maker, host: Host) -> None:
    report = "title: T\ndate: 2026-11-24\neditions: [ebook, web]\n"
    text = f"# One\n\n![A map]({host.at('/map.png')})\n"
    folder = str(make({"sections/01.md": text, "report.yaml": report}))
    allow = ["--allow-net", host.typed]

    def run(command: str, *arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, [command, folder, "--format", "concise", *arguments])
        return result.exit_code, result.stderr

    assert run("build", *allow)[0] == 0
    assert run("verify", *allow) == (0, "")
    code, said = run("verify")
    assert code == 1
    assert f"or build with `--allow-net {host.typed}`" in said
    host.answers["/map.png"] = sends(png(colour="plum"))
    code, said = run("verify", *allow)
    assert code == 1
    assert f"{host.at('/map.png')}: error[input-differs]" in said
    assert "is not what the build fetched" in said
    assert "t.epub: error[rebuild-differs]" in said


@pytest.mark.full
def test_the_preview_asks_once(make: Maker, host: Host) -> None:
    folder = pictured(make, host.at("/map.png"))
    builder = Builder(folder, ["ebook"], frozenset(filter(None, [typed_origin(host.typed)])))
    try:
        for _ in range(2):
            *_, last = builder.build()
            assert last == Finished()
        assert host.asked == ["/map.png"]
    finally:
        builder.close()


WATCHED = """
import sys
from pathlib import Path
from reglet import pipeline
from reglet.progress import NoProgress
from reglet.source.origins import typed_origin

met = []
sys.addaudithook(lambda event, given: event == "socket.connect" and met.append(given[1]))
allowed = frozenset([typed_origin(sys.argv[2])])
made = pipeline.build(Path(sys.argv[1]), editions=["ebook", "screen"], allowed=allowed,
                      keeps=False, progress=NoProgress())
print(made.failed, met)
"""


def test_no_other_host_is_connected_to(make: Maker, host: Host) -> None:
    folder = pictured(make, host.at("/map.png"))
    run = [sys.executable, "-c", WATCHED, str(folder), host.typed]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == f"False [('{NAME}', {host.port})]"

"""Pictures: sizes from headers, and why a picture cannot be used."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Pillow

from reglet.model.project import Project
from reglet.source.project import load

Maker = Callable[[dict[str, str | bytes]], Path]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {0}>{1}</svg>'


def raster(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    file = BytesIO()
    Pillow.new("RGB", size, "red").save(file, form, **options)
    return file.getvalue()


def project_of(folder: Path) -> Project:
    outcome = load(folder)
    assert outcome.diagnostics == ()
    assert outcome.value is not None
    return outcome.value


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_rasters(make: Maker, form: str) -> None:
    images = project_of(make({f"figures/sub/x.{form.lower()}": raster(form)})).images
    image = images[f"figures/sub/x.{form.lower()}"]
    assert (image.width, image.height) == (40, 30)
    assert image.media_type == f"image/{form.lower()}"
    assert image.data == raster(form)


def test_resolution_and_orientation(make: Maker) -> None:
    turned = Pillow.Exif()
    turned[0x0112] = 6
    folder = make(
        {
            "figures/a.png": raster("PNG", dpi=(300, 300)),
            "figures/b.jpg": raster("JPEG", exif=turned),
        }
    )
    images = project_of(folder).images
    assert images["figures/a.png"].dpi == pytest.approx(300, abs=0.1)
    assert (images["figures/b.jpg"].width, images["figures/b.jpg"].height) == (30, 40)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="200" height="100"', (200, 100)),
        ('width="1in" height="12.7mm"', (96, 48)),
        ('viewBox="0 0 30 20"', (30, 20)),
        ('width="60" viewBox="0,0,30,20"', (60, 40)),
        ('width="100%" height="10" viewBox="0 0 30 20"', (15, 10)),
    ],
)
def test_svg_sizes(make: Maker, attributes: str, size: tuple[int, int]) -> None:
    images = project_of(make({"figures/x.svg": SVG.format(attributes, "")})).images
    image = images["figures/x.svg"]
    assert (image.width, image.height) == size
    assert image.media_type == "image/svg+xml"


BOX = 'viewBox="0 0 9 9"'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"not a picture", "it is no picture that reglet knows"),
        (raster("PNG")[:60], "it is broken"),
        (raster("JPEG", (400, 400))[:-500], "it is cut short"),
        (raster("BMP"), "it is BMP"),
    ],
)
def test_broken_rasters(make: Maker, data: bytes, reason: str) -> None:
    project = project_of(make({"figures/x.png": data}))
    assert project.images == {}
    assert project.broken_images == {"figures/x.png": reason}


@pytest.mark.parametrize(
    ("svg", "reason"),
    [
        ("<svg", "not well-formed"),
        ("<svg width='1' height='1'/>", "no `<svg xmlns"),
        (SVG.format("", ""), "neither width and height nor a viewBox"),
        (SVG.format('viewBox="a b c d"', ""), "not four numbers"),
        (SVG.format('width="99999" height="99999"', ""), "million pixels"),
        (SVG.format('width="1e400" height="1"', ""), "it has no end"),
        (SVG.format(BOX, "<script/>"), "`<script>`"),
        (SVG.format(BOX, "<foreignObject/>"), "`<foreignObject>`"),
        (SVG.format(BOX + ' onload="x()"', ""), "`onload`"),
        (SVG.format(BOX, '<image href="http://x/y.png"/>'), "http://x/y.png"),
        (SVG.format(BOX, '<image href="file:///etc/passwd"/>'), "file:///etc/passwd"),
        (SVG.format(BOX, '<a href="java&#10;script:x()"/>'), "script:x()"),
        (SVG.format(BOX, "<style>@import 'x.css';</style>"), "style fetches"),
        (SVG.format(BOX, '<rect style="fill:u\\72l(http://x)"/>'), "`style` fetches"),
        (SVG.format(BOX, '<rect fill="url(http://x)"/>'), "`fill` fetches"),
        (SVG.format(BOX, '<set attributeName="href" to="x"/>'), "`attributeName`"),
        (SVG.format(BOX + ' xml:base="http://x/"', ""), "`base`"),
        ("<?xml-stylesheet href='x.css'?>" + SVG.format(BOX, ""), "processing instruction"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format(BOX, "&a;"), "declares more"),
        ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]>" + SVG.format(BOX, ""), "declares"),
    ],
)
def test_svg_that_is_refused(make: Maker, svg: str, reason: str) -> None:
    project = project_of(make({"figures/x.svg": svg}))
    assert project.images == {}
    assert reason in project.broken_images["figures/x.svg"]


def test_svg_that_is_harmless(make: Maker) -> None:
    inside = (
        '<a href="https://example.org"><rect fill="url(#g)" style="stroke:red"/></a>'
        '<image href="data:image/png;base64,xx"/><use href="#g"/>'
        '<g xmlns:i="urn:i" i:path="C:\\x" aria-label="C:\\x"/>'
    )
    head = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
    project = project_of(make({"figures/x.svg": head + SVG.format(BOX, inside)}))
    assert project.broken_images == {}


LIMITED = "title: T\nlimits: {picture-pixels: 1, picture-size: 1, pictures-size: 1}\n"


def test_limits(make: Maker) -> None:
    picture = raster("PNG", (1001, 1000))
    files: dict[str, str | bytes] = {"figures/a.png": picture, "figures/b.png": b"x" * 1_000_001}
    broken = project_of(make(files | {"report.yaml": LIMITED})).broken_images
    assert {path: reason.partition(";")[0] for path, reason in broken.items()} == {
        "figures/a.png": "it is over the limit of 1 million pixels",
        "figures/b.png": "it is over the limit of 1 MB",
    }
    assert "raise `picture-pixels` below `limits:`" in broken["figures/a.png"]


def test_all_pictures_together_have_a_limit(make: Maker) -> None:
    picture = raster("PNG") + bytes(600_000)
    files: dict[str, str | bytes] = {"figures/a.png": picture, "figures/b.png": picture}
    outcome = load(make(files | {"report.yaml": LIMITED}))
    assert [(item.code, str(item.span)) for item in outcome.diagnostics] == [
        ("file-limit", "figures")
    ]


def test_pictures_elsewhere_are_read_where_a_text_names_them(make: Maker, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(raster("PNG"))
    text = (
        "![a](photos/a.png) ![b](<photos/my b.jpg>) ![c](photos/my%20c.png){width=50%}\n"
        "![out](../secret.png) ![abs](/etc/x.png) ![net](https://example.org/n.png) ![no](no.png)\n"
    )
    folder = make(
        {
            "sections/01.md": text,
            "photos/a.png": raster("PNG"),
            "photos/my b.jpg": raster("JPEG"),
            "photos/my c.png": raster("PNG"),
            "photos/unnamed.png": b"never read",
        }
    )
    (folder / "figures").mkdir()
    (folder / "figures" / "link.png").symlink_to(tmp_path / "secret.png")
    project = project_of(folder)
    assert set(project.images) == {"photos/a.png", "photos/my b.jpg", "photos/my c.png"}
    assert project.broken_images == {
        "figures/link.png": "it lies outside the report's folder",
        "../secret.png": "it lies outside the report's folder",
        "/etc/x.png": "it lies outside the report's folder",
    }

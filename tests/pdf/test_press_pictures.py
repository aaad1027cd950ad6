"""Pictures of every kind in a press edition: whatever comes in, inks within the limit go out."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from reglet.formats.pdf.engine import lay_out
from reglet.formats.pdf.press.finish import finish
from reglet.formats.pdf.press.sheet import Sheet
from reglet.formats.pdf.writing import write_for_press
from reglet.inks import PROFILES, limited, most_ink, ready_made
from reglet.model.project import Image as Picture
from reglet.proof.press import prove_press

PROFILE = ready_made(next(iter(PROFILES)))
RAMP = Image.linear_gradient("L").resize((32, 32))
RGB = Image.merge("RGB", [RAMP, RAMP.rotate(90), RAMP.rotate(180)])
CMYK = Image.merge("CMYK", [RAMP, RAMP, RAMP.rotate(90), RAMP])
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><defs>
<linearGradient id="g" gradientUnits="userSpaceOnUse" x2="60"><stop offset="0" stop-color="red"
 stop-opacity=".2"/><stop offset="1" stop-color="blue"/></linearGradient>
<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="5" height="5"
 fill="green"/></pattern></defs><rect width="60" height="20" fill="url(#g)" opacity=".5"/>
<rect y="20" width="60" height="20" fill="url(#p)" stroke="#123456"/></svg>"""


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


KINDS = {
    "rgb.png": saved(RGB, "PNG"),
    "rgba.png": saved(Image.merge("RGBA", [*RGB.split(), RAMP]), "PNG"),
    "palette.png": saved(RGB.quantize(16), "PNG"),
    "see-through.png": saved(RGB.quantize(16), "PNG", transparency=3),
    "grey.png": saved(RAMP, "PNG"),
    "grey-alpha.png": saved(Image.merge("LA", [RAMP, RAMP.rotate(90)]), "PNG"),
    "one-bit.png": saved(RAMP.convert("1"), "PNG"),
    "rgb.jpg": saved(RGB, "JPEG"),
    "grey.jpg": saved(RAMP, "JPEG"),
    "cmyk.jpg": saved(CMYK, "JPEG"),
    "rgb.webp": saved(RGB, "WEBP"),
    "rgb.gif": saved(RGB, "GIF"),
    "drawn.svg": SVG,
}
TYPES = {"jpg": "jpeg", "svg": "svg+xml"}


def printed(name: str, *, grey: bool = False) -> bytes:
    suffix = name.rpartition(".")[2]
    image = Picture(name, f"image/{TYPES.get(suffix, suffix)}", 32, 32, KINDS[name])
    markup = f'<html lang="en"><body><p><img src="reglet:///{name}" alt="x"/></p></body></html>'
    pages = lay_out(markup, "@page { size: A6; bleed: 3mm }", {name: image})
    sheet = Sheet(bleed=8.5, marks=False, grey=grey, profile=PROFILE, signature=1)
    moment = "2026-11-24T00:00:00Z"
    return finish(write_for_press(pages, moment), sheet, "0" * 32, moment)[0]


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_of_any_kind_is_in_inks_within_the_limit(name: str) -> None:
    finding = prove_press(printed(name))
    assert finding.detail == ("its metadata lack dc:title",)  # the page has no title


@pytest.mark.parametrize("name", ["rgb.png", "cmyk.jpg", "see-through.png"])
def test_a_grey_edition_has_grey_pictures_alone(name: str) -> None:
    with pikepdf.open(BytesIO(printed(name, grey=True))) as pdf:
        images = [i for i in pdf.objects if isinstance(i, pikepdf.Stream) and "/Width" in i]
        assert {str(image.ColorSpace) for image in images} == {"/DeviceGray"}


def test_ink_over_the_limit_is_taken_from_the_colours() -> None:
    assert most_ink(CMYK) > PROFILE.limit
    less = limited(CMYK, 2.5)
    assert 2.4 < most_ink(less) <= 2.5
    assert less.getchannel(3).tobytes() == CMYK.getchannel(3).tobytes()
    pairs = zip(*(batched(image.tobytes()) for image in (CMYK, less)), strict=True)
    kept = [(before, after) for before, after in pairs if sum(before) <= 2.5 * 255]
    assert kept
    assert all(before == after for before, after in kept)  # where there is little, none is taken


def batched(data: bytes) -> list[bytes]:
    return [data[start : start + 4] for start in range(0, len(data), 4)]


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        ((0, 0, 0), (0, 0, 0, 1)),
        ((0x1F, 0x2A, 0x30), (0, 0, 0, 1)),  # the theme's ink
        ((255, 255, 255), (0, 0, 0, 0)),
    ],
)
def test_black_is_solid_and_alone(colour: tuple[int, int, int], inks: tuple[float, ...]) -> None:
    red, green, blue = (share / 255 for share in colour)
    assert PROFILE.inks((red, green, blue)) == inks


def test_a_grey_is_as_dark_in_black_as_it_was() -> None:
    *colours, black = PROFILE.inks((0x5C / 255, 0x69 / 255, 0x70 / 255))
    assert colours == [0, 0, 0]
    assert 0.6 < black < 0.85
    red = PROFILE.inks((1, 0, 0))
    assert red[1] > 0.9
    assert red[2] > 0.9
    assert red[0] < 0.1

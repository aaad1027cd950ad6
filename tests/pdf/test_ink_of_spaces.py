"""Colours of every space in a file for the press: how much ink they are told to be, and are."""

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image
from test_press_pictures import PROFILE, printed

from reglet.inks import most_ink
from reglet.proof.press import prove_press
from reglet.proof.spaces import space_of

Objects = Callable[[pikepdf.Pdf], pikepdf.Object]
FOUR = Array([0, 1] * 4)


def exponential(*last: float) -> Objects:
    first = Array([0] * len(last))
    return lambda pdf: Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=first, C1=Array(last), N=1
    )


def sampled(pdf: pikepdf.Pdf) -> pikepdf.Object:
    data = bytes([0, 0, 0, 0, 255, 255, 255, 128])
    facts = {"Domain": Array([0, 1]), "Range": FOUR, "Size": Array([2]), "BitsPerSample": 8}
    return pdf.make_stream(data, FunctionType=0, **facts)


def stitched(pdf: pikepdf.Pdf) -> pikepdf.Object:
    pieces = Array([exponential(0, 0, 0, 1)(pdf), exponential(1, 1, 1, 1)(pdf)])
    return Dictionary(
        FunctionType=3, Domain=Array([0, 1]), Functions=pieces, Bounds=Array([0.5]),
        Encode=Array([0, 1, 0, 1]),
    )  # fmt: skip


def calculated(program: str, count: int = 1) -> Objects:
    domain = Array([0, 1] * count)
    return lambda pdf: pdf.make_stream(program.encode(), FunctionType=4, Domain=domain, Range=FOUR)


def separation(name: str, function: Objects, alternate: str = "/DeviceCMYK") -> Objects:
    return lambda pdf: Array([Name.Separation, Name(name), Name(alternate), function(pdf)])


def device_n(names: list[str], function: Objects) -> Objects:
    found = Array([Name(name) for name in names])
    return lambda pdf: Array([Name.DeviceN, found, Name.DeviceCMYK, function(pdf)])


def icc(data: bytes, count: int = 4) -> Objects:
    return lambda pdf: Array([Name.ICCBased, pdf.make_stream(data, N=count)])


def lab(pdf: pikepdf.Pdf) -> pikepdf.Object:
    white = Array([0.9642, 1, 0.8249])
    return Array([Name.Lab, Dictionary(WhitePoint=white, Range=Array([-128, 127] * 2))])


def indexed(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return Array([Name.Indexed, Name.DeviceCMYK, 1, pikepdf.String(b"\0\0\0\0\xff\xff\xff\xcc")])


TURN = "{ 3 copy pop 4 -1 roll 2 index 0.5 gt { 1 } { 0 } ifelse }"
OTHER = PROFILE.data[:24] + bytes(12) + PROFILE.data[36:]  # made at another time, the same else
SPACES: dict[str, tuple[Objects, str]] = {
    "spot": (separation("/Gold", exponential(1, 0.9, 0.9, 0.6)), "1"),
    "half a spot": (separation("/Gold", exponential(1, 0.9, 0.9, 0.6)), "0.5"),
    "sampled spot": (separation("/Gold", sampled), "1"),
    "stitched spot": (separation("/Gold", stitched), "0.95"),
    "calculated spot": (separation("/Gold", calculated("{dup dup 2 copy mul}")), "0.9"),
    "two spots": (
        device_n(["/Gold", "/Rust"], calculated("{ 2 copy add 2 div 1 1 index sub }", 2)),
        "0.9 0.8",
    ),
    "three spots": (device_n(["/A", "/B", "/C"], calculated(TURN, 3)), "1 0.9 1"),
    "the four inks": (device_n(["/Black", "/Cyan", "/Magenta", "/Yellow"], calculated("{}", 4)),
                      "0.5 1 1 1"),
    "four inks of the file's profile": (icc(PROFILE.data), "1 1 1 0.6"),
    "four inks of another profile": (icc(OTHER), "1 1 1 1"),
    "black of Lab": (lab, "0 0 0"),
    "a colour of Lab": (lab, "45 60 40"),
}  # fmt: skip


def with_colour(folder: Path, space: Objects, values: str) -> Path:
    """Draw a page that is all of one colour, which a space says."""
    file = folder / "colour.pdf"
    with pikepdf.open(BytesIO(printed("grey.png"))) as pdf:
        page = pdf.pages[0]
        page.Resources.ColorSpace = Dictionary(CS9=space(pdf))
        page.contents_add(f"/CS9 cs {values} scn -99 -99 999 999 re f".encode())
        pdf.save(file)
    return file


def ink_by_ghostscript(file: Path, folder: Path) -> float:
    """Return what Ghostscript lays on in the middle of a page, by the file's own profile."""
    (folder / "press.icc").write_bytes(PROFILE.data)
    options = ["-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", "-r20", "-dRenderIntent=1"]
    own = folder / "press.icc"
    profile = [f"-sOutputICCProfile={own}", f"-sDefaultCMYKProfile={own}"]
    target = folder / "page.tif"
    command = ["gs", *options, *profile, f"-sOutputFile={target}", str(file)]
    subprocess.run(command, check=True, timeout=60)
    with Image.open(target) as page:
        assert page.mode == "CMYK"
        middle = page.crop((page.width // 2, page.height // 2, page.width // 2 + 1, page.height))
        return most_ink(middle.crop((0, 0, 1, 1)))


def told_ink(file: Path) -> float | None:
    """Return the ink that the proof says is too much."""
    told = " ".join(prove_press(file.read_bytes()).detail)
    assert "cannot be told" not in told
    found = re.search(r"page 1 lays on (\d+)% of ink", told)
    return int(found[1]) / 100 if found else None


@pytest.mark.parametrize("name", SPACES)
def test_the_ink_of_a_space_is_what_ghostscript_prints(tmp_path: Path, name: str) -> None:
    space, values = SPACES[name]
    file = with_colour(tmp_path, space, values)
    told, there = told_ink(file), ink_by_ghostscript(file, tmp_path)
    with pikepdf.open(file) as pdf:
        found = space_of(pdf.pages[0].Resources.ColorSpace.CS9, PROFILE)
        assert found.most([[*map(float, values.split())]]) == pytest.approx(there, abs=0.03)
    assert told == (pytest.approx(there, abs=0.03) if there > PROFILE.limit else None)


def unknown_function(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return Dictionary(FunctionType=5, Domain=Array([0, 1]))


@pytest.mark.parametrize(
    ("space", "values", "said"),
    [
        (separation("/Gold", unknown_function), "1", "there is no function of type 5"),
        (separation("/Gold", calculated("{ pop pop }")), "1", "a function is broken"),
        (separation("/Gold", calculated("{ 1 1 1 1")), "1", "a program does not end"),
        (separation("/Gold", calculated("{ 1e9 bitshift }")), "1", "a function is broken"),
        (separation("/Gold", calculated("{ 0 1 sub 0.5 exp }")), "1", "a function is broken"),
        (lambda _: Array([Name.Tinted]), "1", "the colour space Tinted is unknown"),
        (lambda _: Array([Name.Separation]), "1", "a colour space is broken"),
        (icc(b"none"), "1 1 1 1", "a profile of its colours is broken"),
        (icc(b"", 2), "1 1", "a profile of 2 colours is unknown"),
        (lab, "50 0", "a colour has more or fewer values than its space"),
    ],
)
def test_ink_that_cannot_be_told_is_said_to_be_so(
    tmp_path: Path, space: Objects, values: str, said: str
) -> None:
    finding = prove_press(with_colour(tmp_path, space, values).read_bytes())
    (told,) = (line for line in finding.detail if "ink cannot be told" in line)
    assert told.startswith("page 1: ")
    assert said in told


def test_a_spot_that_stands_for_a_colour_of_a_screen_is_one(tmp_path: Path) -> None:
    space = separation("/Gold", exponential(1, 0.9, 0.9), "/DeviceRGB")
    finding = prove_press(with_colour(tmp_path, space, "1").read_bytes())
    assert "page 1 has colours of a screen" in finding.detail


def test_a_space_that_stands_for_itself_is_a_broken_file(tmp_path: Path) -> None:
    def itself(pdf: pikepdf.Pdf) -> pikepdf.Object:
        space = pdf.make_indirect(separation("/Gold", exponential(1, 1, 1, 1))(pdf))
        space[2] = space
        return space

    finding = prove_press(with_colour(tmp_path, itself, "1").read_bytes())
    assert finding.verdict == "failed"
    assert finding.detail[0].startswith("broken: ")


def picture(space: Objects, data: bytes, bits: int = 8, **more: object) -> Objects:
    return lambda pdf: pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=2, Height=1, BitsPerComponent=bits,
        ColorSpace=space(pdf), **more,
    )  # fmt: skip


def gradient(space: Objects, function: Objects) -> Objects:
    return lambda pdf: Dictionary(
        ShadingType=2, ColorSpace=space(pdf), Coords=Array([0, 0, 9, 9]), Function=function(pdf)
    )


def mesh(pdf: pikepdf.Pdf) -> pikepdf.Object:
    facts = {"BitsPerCoordinate": 8, "BitsPerComponent": 8, "BitsPerFlag": 8}
    return pdf.make_stream(b"", ShadingType=4, ColorSpace=Name.DeviceCMYK, **facts)


HUMP = "{ dup 1 exch sub mul 4 mul dup dup dup }"  # nothing at both ends, all in the middle
GOLD = separation("/Gold", exponential(1, 0.9, 0.9, 0.6))


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (picture(GOLD, b"\0\xff"), "a picture lays on 340% of ink"),
        (picture(GOLD, b"\0\x7f"), ""),
        (picture(GOLD, b"\0\0", Decode=Array([1, 0])), "a picture lays on 340% of ink"),
        (picture(GOLD, b"\x40", bits=1), "a picture lays on 340% of ink"),
        (picture(GOLD, b"\0\0\xff\0", bits=16), "a picture lays on 340% of ink"),
        (picture(indexed, b"\0\1"), "a picture lays on 380% of ink"),
        (picture(indexed, b"\0\0"), ""),
        (picture(lab, b"\0\x80\x80" * 2), ""),
        (picture(icc(PROFILE.data), b"\xff\xff\xff\x99" * 2), "a picture lays on 360% of ink"),
        (picture(icc(OTHER), b"\xff\xff\xff\x99" * 2), ""),
        (picture(SPACES["the four inks"][0], b"\xff" * 8), "a picture lays on 400% of ink"),
        (picture(GOLD, b"?", Filter=Name.JPXDecode), "a picture: its ink cannot be told"),
        (gradient(lambda _: Name.DeviceCMYK, calculated(HUMP)), "a gradient lays on 400% of ink"),
        (gradient(GOLD, exponential(1)), "a gradient lays on 340% of ink"),
        (gradient(GOLD, exponential(0.5)), ""),
        (mesh, "a gradient: its ink cannot be told, since a gradient's colours stand in its mesh"),
    ],
)
def test_ink_of_pictures_and_gradients_is_told(drawn: Objects, said: str) -> None:
    with pikepdf.open(BytesIO(printed("grey.png"))) as pdf:
        pdf.pages[0].Resources.Extra = pdf.make_indirect(drawn(pdf))
        written = BytesIO()
        pdf.save(written)
    told = [line for line in prove_press(written.getvalue()).detail if "ink" in line]
    assert len(told) == bool(said)
    assert all(said in line for line in told)

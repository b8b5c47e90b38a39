"""Pictures without a browser: SVG is parsed, PDF looked into, pixels and frames are counted."""

from __future__ import annotations

import re
import zlib
from functools import cache
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from export.address import asked
from export.animation import gif
from export.drawn import strip, svgs
from export.options import Options, option
from export.pictures import pdf, png
from export.pixels import png as of_pixels
from export.pixels import with_texts
from links.scenes import SCENES, Scene
from tests.samples import one_in

SVG = "{http://www.w3.org/2000/svg}"
LINK = "lanes=2&steps=60"


@cache
def drawn(link: str = LINK, steps: tuple[int, ...] = (60,), **options: object) -> list[str]:
    return svgs(asked(link)[0], Options(**{name: option(name, value) for name, value in options.items()}), steps)


def texts(svg: str) -> list[str]:
    return ["".join(node.itertext()) for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_an_svg_has_its_words_as_text_and_its_link():
    (svg,) = drawn()
    said = texts(svg)
    assert {"Gradient descent", "Momentum", "x", "y"} <= set(said)
    assert any("60 steps, step 60" in text for text in said)
    root = ElementTree.fromstring(svg)
    assert asked(root.findtext(f"{SVG}desc") or "")[0].flat == asked(LINK)[0].flat
    assert not list(root.iter(f"{SVG}image"))
    assert len(svg) < 100_000


def test_a_width_and_a_size_of_letters_are_obeyed():
    (svg,) = drawn(width="12cm", font="9pt")
    root = ElementTree.fromstring(svg)
    assert float(root.attrib["width"].removesuffix("cm")) == pytest.approx(12, abs=0.01)
    sizes = [float(node.attrib["font-size"]) for node in root.iter(f"{SVG}text")]
    assert np.median(sizes) == pytest.approx(12, abs=0.1)


def test_every_step_has_its_picture():
    one, other = drawn(steps=(0, 30))
    assert any("step 0 " in text for text in texts(one))
    assert any("step 30 " in text for text in texts(other))


def test_korean_is_as_it_is_on_the_page():
    assert {"경사 하강법", "모멘텀"} <= set(texts(drawn(f"{LINK}&lang=ko")[0]))


def test_one_lane_alone_has_no_other_in_it():
    said = texts(drawn(lane=2)[0])
    assert "Momentum" in said
    assert "Gradient descent" not in said


def test_a_strip_shows_one_lane_at_several_steps():
    options = Options(lane=2, width=600.0, theme="print")
    svg = strip(asked(LINK)[0], options, (1, 5, 20))
    said = texts(svg)
    assert "Momentum" in said
    assert "Gradient descent" not in said
    assert all(any(text.split()[:2] == ["step", str(step)] for text in said) for step in (1, 5, 20))
    assert float(ElementTree.fromstring(svg).attrib["viewBox"].split()[2]) == pytest.approx(600, abs=1)


@pytest.mark.parametrize("width", ["9cm", "30cm"])
def test_a_race_on_data_has_its_data_below(width: str):
    said = texts(drawn("surface=linear_regression&lanes=2&steps=60", width=width)[0])
    assert {"The data, and each lane's fit at this step", "Batch gradients around the full gradient"} <= set(said)
    assert "B 20: epoch 12 · 1200 ex." in said


def test_a_scene_is_pixels_with_axes_as_text():
    (svg,) = drawn(f"{LINK}&view=3d")
    (address,) = {node.attrib["{http://www.w3.org/1999/xlink}href"] for node in ElementTree.fromstring(svg).iter(f"{SVG}image")}
    assert address.startswith("data:image/png;base64,")
    assert "heights: f" in texts(svg)


@pytest.mark.parametrize("scene", one_in(9, SCENES), ids=lambda scene: scene.name)
def test_every_scene_is_a_picture(scene: Scene):
    (svg,) = svgs(asked(scene.link)[0], Options(), (10,))
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"


def streams(file: bytes) -> list[bytes]:
    """What a PDF's compressed streams hold."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return found


def test_a_pdf_has_letters_of_a_font_and_no_date():
    made = pdf(drawn()[0], "A title ∇", "https://lab.example.edu/?v=1")
    assert made.startswith(b"%PDF-1.")
    assert re.search(rb"/BaseFont /[A-Z]{6}\+DejaVuSans", made)
    letters = {
        chr(int(code, 16))
        for stream in streams(made)
        if b"beginbfchar" in stream
        for code in re.findall(rb"<[0-9a-fA-F]+> <([0-9a-fA-F]{4})>", stream)
    }
    assert set("Momentum") <= letters
    assert b"https://lab.example.edu/?v=1" in made
    assert b"/CreationDate (D:19700101000000Z" in made


def test_a_date_is_that_of_a_reproducible_build(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert b"/CreationDate (D:19700102000000Z" in pdf(drawn()[0], "", "")


def test_a_png_has_its_size_its_colours_and_its_link():
    (svg,) = drawn(theme="dark")
    picture = Image.open(BytesIO(png(svg, "A title ∇", "?v=1", 1.5)))
    width, height = (float(length) for length in ElementTree.fromstring(svg).attrib["viewBox"].split()[2:])
    assert picture.size == pytest.approx((1.5 * width, 1.5 * height), abs=1)
    assert picture.convert("RGB").getpixel((0, 0)) == (14, 17, 23)
    assert picture.text == {"Title": "A title ∇", "Source": "?v=1", "Software": "Descent Lab"}
    assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 100


def test_a_gif_has_a_frame_for_each_step_and_stands_at_the_end():
    made = gif(drawn(steps=tuple(range(5)), width="9cm"), 1.0, 50, 1500, "what it is of")
    picture = Image.open(BytesIO(made))
    assert picture.info["comment"] == b"what it is of"
    frames = []
    for k in range(picture.n_frames):
        picture.seek(k)
        frames.append(np.asarray(picture.convert("RGB")))
        assert picture.info["duration"] == (1500 if k == 4 else 50)
    assert len(frames) == 5
    assert all((one != other).any() for one, other in pairwise(frames))
    alone = np.asarray(Image.open(BytesIO(png(drawn(steps=(0, 4), width="9cm")[1], "", "", 1.0))).convert("RGB")).astype(int)
    assert np.abs(frames[4] - alone).mean() < 3
    assert tuple(frames[4][0, 0]) == tuple(alone[0, 0]) == (255, 255, 255)


def test_a_picture_of_a_single_step_keeps_no_room_for_what_is_said_at_others():
    heights = [ElementTree.fromstring(drawn(steps=steps, width="9cm")[0]).attrib["viewBox"].split()[3] for steps in ((4,), (4, 5))]
    assert float(heights[0]) < float(heights[1])


def test_pixels_become_the_png_that_they_are():
    rgba = np.random.default_rng(1).integers(0, 256, (7, 5, 4), dtype=np.uint8)
    picture = Image.open(BytesIO(with_texts(of_pixels(rgba.tobytes(), 5, 7), {"Title": "∇"})))
    np.testing.assert_array_equal(np.asarray(picture), rgba)
    assert picture.text == {"Title": "∇"}

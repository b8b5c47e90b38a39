"""The picture that is saved: the page's maps and curves, on white, without what the page leaves out."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from figures import LOOKS
from tests.conftest import RaceAt
from tests.samples import one_in
from tests.test_browser_looks import THEMES, rgb


def picture(page: Page, own: bool = False) -> tuple[str, Image.Image, list[str]]:
    """The name of the picture's file, the picture, and the texts that were written on it."""
    script = """() => {
        window.written = [];
        const write = (window.write ??= CanvasRenderingContext2D.prototype.fillText);
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
            if (!this.canvas.isConnected) window.written.push(text);
            return write.call(this, text, ...rest);
        };
    }"""
    page.evaluate(script)
    with page.expect_download() as download:
        page.locator(".dl-picture").click(modifiers=["Shift"] if own else [])
    image = Image.open(BytesIO(Path(download.value.path()).read_bytes()))
    assert image.format == "PNG"
    return download.value.suggested_filename, image.convert("RGB"), page.evaluate("window.written")


@pytest.mark.parametrize("lanes", one_in(2, [1, 4, 8]))
def test_the_picture_shows_maps_and_curves_at_twice_the_size(race_at: RaceAt, lanes: int):
    page = race_at(f"at=60&lanes={lanes}", lanes=lanes).page
    name, image, texts = picture(page)
    rules = ["gradient_descent", "momentum", "rmsprop", "adam", "nesterov", "adagrad", "adadelta", "adamw"][:lanes]
    assert name == f"two_wells_{'-'.join(rules)}_step60.png"
    columns, rows = min(lanes, 4), (lanes + 3) // 4
    assert image.width >= 2 * 320 * columns
    pixels = np.asarray(image).astype(int)
    for look in LOOKS[:lanes]:
        places = np.argwhere(np.abs(pixels - rgb(look.light)).sum(axis=2) <= 6)
        assert len(places) > 500, f"{look.marker} is in the picture"
        assert places[:, 0].max() > image.height - 2 * 200, "on a curve too"
    for part in np.array_split(pixels[: image.height // rows // 2], columns, axis=1):
        assert len(np.unique(part.reshape(-1, 3), axis=0)) > 50, "every lane has its map"
    assert [texts.count(axis) for axis in ("x", "y", "step")] == [lanes, lanes, 2], "every axis has its title"
    assert {"f − f* (log)", "‖∇f‖ (log)", "Two wells, start (1.7, 1), 200 steps, step 60 — Descent Lab"} <= set(texts)
    assert "η = 0.071" in texts
    if lanes >= 4:
        assert "η = 0.5, β₁ = 0.9, β₂ = 0.999, ε = 1e−8, λ = 0" in texts


@pytest.mark.parametrize("link", ["overlay=1", "view=3d"])
def test_the_picture_is_of_one_map_or_of_the_surface_in_3d_where_the_page_is(race_at: RaceAt, link: str):
    race = race_at(f"at=60&lanes=2&{link}")
    race.frames()
    _name, image, texts = picture(race.page)
    pixels = np.asarray(image).astype(int)
    for look in LOOKS[:2]:
        places = np.argwhere(np.abs(pixels - rgb(look.light)).sum(axis=2) <= 6)
        assert np.ptp(places[:, 0]) > 0.4 * image.height, "it is on the map and on a curve"
    once = 1 if link == "overlay=1" else 2  # a scene is made ready out of sight before it is put there
    assert [texts.count(axis) for axis in ("x", "y")] == [once, once], "one map, or two copies of one scene"


def test_the_picture_is_light_unless_asked_otherwise(race_at: RaceAt):
    page = race_at("at=60&lanes=2", color_scheme="dark").page
    for own, theme in ((False, "light"), (True, "dark")):
        pixels = np.asarray(picture(page, own)[1]).astype(int)
        paper = rgb("#ffffff" if theme == "light" else THEMES["dark"]["backgroundColor"])
        assert pixels[0, 0].tolist() == list(paper)
        for look in LOOKS[:2]:
            assert (np.abs(pixels - rgb(getattr(look, theme))).sum(axis=2) <= 6).sum() > 500


def test_the_picture_leaves_out_what_the_page_leaves_out(race_at: RaceAt):
    page = race_at("at=60&lanes=2&noise=0.1").page
    _name, whole, texts = picture(page)
    told = "".join(texts)
    assert all(word in told for word in ("Two wells", "Gradient descent", "‖∇f‖", "σ", "f − f*", "μ"))
    race_at("at=60&lanes=2&noise=0.1&hide=surface,noise,titles,verdicts,readout,minima,curves")
    name, bare, texts = picture(page)
    assert name == "race_step60.png"
    assert [text for text in texts if not re.fullmatch(r"[−\d.]*|x|y|f − f\*", text)] == [
        "A surface, start (1.7, 1), 200 steps, step 60 — Descent Lab"
    ]
    assert bare.height < whole.height - 400
    assert page.locator(".dl-map").first.evaluate("(map) => map._fullData[1].visible") is False

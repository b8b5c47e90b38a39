"""The Export dialog: how it opens, its tabs by keyboard, and the pictures that are saved from it."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from figures import LOOKS
from tests.conftest import NewPage, RaceAt
from tests.explore_page import ExplorePage
from tests.export_dialog import close_export, open_export

SVG = "{http://www.w3.org/2000/svg}"
LABELS = {"Width": "Width (cm)", "Type_size": "Type size (pt)"}
XLINK = "{http://www.w3.org/1999/xlink}"


def export(page: Page) -> None:
    """Open the dialog by its key, at the pictures."""
    expect(open_export(page, "picture").locator(".dl-export-save")).to_be_enabled()


def saved(page: Page) -> tuple[str, bytes]:
    """The name of the file that the picture's button saves, and what is in it."""
    with page.expect_download() as download:
        page.locator(".dl-export-picture .dl-export-save").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_the_dialog_opens_and_closes_by_keys_and_leaves_the_link_as_it_was(race_at: RaceAt):
    page = race_at("at=60").page
    link = page.evaluate("location.search")
    export(page)
    focused = page.evaluate("document.activeElement.getAttribute('role')")
    assert focused == "tab"
    tabs = page.locator(".dl-export-tabs [role=tab]")
    page.keyboard.press("End")
    expect(tabs.last).to_be_focused()
    expect(tabs.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(tabs.first).to_be_focused()
    close_export(page)
    assert page.evaluate("location.search") == link


def choose(page: Page, **fields: str) -> None:
    """Set fields by their labels, and wait until what they ask for has been made."""
    form = page.locator(".dl-export-picture")
    for label, value in fields.items():
        field = form.get_by_label(LABELS.get(label, label.replace("_", " ")), exact=True)
        if field.evaluate("(field) => field.matches('select')"):
            field.select_option(value)
        else:
            field.fill(value)
            field.press("Enter")
            field.blur()
    expect(page.locator(".dl-export-picture .dl-export-save")).to_be_enabled()


def read(content: bytes) -> ElementTree.Element:
    """An SVG that any program reads: it leans on no style sheet, no page and no other file."""
    text = content.decode()
    assert not re.search(r"foreignObject|var\(|<style|class=|href=\"(?!#|data:)", text)
    return ElementTree.fromstring(text)


def texts(root: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_a_picture_has_the_chosen_resolution_which_is_remembered(race_at: RaceAt):
    page = race_at("at=60&lanes=2", lanes=2).page
    export(page)
    choose(page, Format="png", Colours="light", What="all", Width="", Type_size="")
    sizes = {}
    for scale in ("1", "4", "2"):
        choose(page, Resolution=scale)
        name, content = saved(page)
        image = Image.open(BytesIO(content))
        sizes[scale] = image.width
        assert name == "two_wells_gradient_descent-momentum_step60.png"
        assert image.info["Title"] == "Two wells, start (1.7, 1), 200 steps, step 60 — Descent Lab"
        assert {"at=60", "1.rule=gradient_descent", "surface=two_wells"} <= set(urlsplit(image.info["Source"]).query.split("&"))
        assert image.info["dpi"][0] == pytest.approx(96 * int(scale), rel=1e-3)
    assert sizes["4"] == 4 * sizes["1"] == 2 * sizes["2"]
    close_export(page)
    export(page)
    expect(page.locator("#dl-export-picture").get_by_label("Resolution")).to_have_value("2")
    close_export(page)


def test_four_lanes_are_one_map_four_trails_and_texts_as_svg(race_at: RaceAt):
    page = race_at("at=60&lanes=4", lanes=4).page
    export(page)
    choose(page, Format="svg", Colours="light", What="all", Width="", Type_size="")
    name, content = saved(page)
    assert name == "two_wells_gradient_descent-momentum-rmsprop-adam_step60.svg"
    assert len(content) <= 300_000
    root = read(content)
    assert root.findtext(f"{SVG}title") == "Two wells, start (1.7, 1), 200 steps, step 60 — Descent Lab"
    assert "at=60" in (root.findtext(f"{SVG}desc") or "")
    assert len({use.get(f"{XLINK}href") for use in root.iter(f"{SVG}use")}) == 1
    assert len(list(root.iter(f"{SVG}use"))) == 4
    assert not list(root.iter(f"{SVG}image"))
    assert {"Gradient descent", "Momentum", "RMSprop", "Adam", "η = 0.071", "f − f* (log)", "‖∇f‖ (log)"} <= set(texts(root))
    strokes = [path.get("stroke") for path in root.iter(f"{SVG}path")]
    for look in LOOKS[:4]:
        assert strokes.count(look.light.lower()) >= 3, "on the map, and on both charts"

    choose(page, Width="16", Type_size="9", Colours="print")
    small = read(saved(page)[1])
    assert small.get("width") == "16cm"
    assert {round(float(text.get("font-size") or 0), 1) for text in small.iter(f"{SVG}text")} >= {12.0}, "9 pt are 12 CSS pixels"
    assert texts(small).count("Momentum") == 2, "beside its map, and beside one of the charts"
    widths = [float(path.get("stroke-width") or 0) for path in small.iter(f"{SVG}path") if path.get("stroke") == LOOKS[0].light.lower()]
    assert max(widths) > 2.5

    choose(page, Format="pdf")
    name, content = saved(page)
    assert name.endswith("_step60.pdf")
    assert content.startswith(b"%PDF-1.")
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", content)
    assert box
    assert float(box[1]) == pytest.approx(16 / 2.54 * 72, abs=0.1)
    assert b"/FontFile2" in content or b"/FontFile3" in content, "its letters are letters, and in it"
    assert set("Momentum") <= letters_in(content)
    close_export(page)


def test_one_lane_with_or_without_curves_and_a_strip_of_its_steps(race_at: RaceAt):
    page = race_at("at=60&lanes=2", lanes=2).page
    export(page)
    choose(page, Format="svg", Colours="dark", What="2", Width="", Type_size="", At_step="7")
    name, content = saved(page)
    assert name == "two_wells_momentum_step7.svg"
    with_curves = texts(read(content))
    assert "Gradient descent" not in with_curves
    assert {"Momentum", "f − f* (log)"} <= set(with_curves)
    assert any(text.startswith("step\u00a07") for text in with_curves)
    page.locator("#dl-export-picture").get_by_label("With curves").uncheck()
    expect(page.locator(".dl-export-picture .dl-export-save")).to_be_enabled()
    assert "f − f* (log)" not in texts(read(saved(page)[1]))
    page.locator("#dl-export-picture").get_by_label("With curves").check()

    choose(page, What="strip", Lane="2", At_the_steps="1, 5 20; 100 and 9000")
    name, content = saved(page)
    assert name == "two_wells_momentum_steps1-5-20-100.svg"
    root = read(content)
    assert len(list(root.iter(f"{SVG}use"))) == 4, "one map, seen four times"
    numbers = [text.split("\u00a0\u00a0")[0] for text in texts(root) if text.startswith("step")]
    assert numbers == ["step\u00a01", "step\u00a05", "step\u00a020", "step\u00a0100"]
    choose(page, Format="png", What="all")
    close_export(page)


@pytest.mark.console_errors
def test_what_cannot_be_made_is_said_and_nothing_is_saved(race_at: RaceAt):
    page = race_at("at=60&lanes=2", lanes=2).page
    export(page)
    said, button = page.locator(".dl-export-said"), page.locator(".dl-export-picture .dl-export-save")
    page.route("**/export/pdf", lambda route: route.fulfill(status=501, body="PDF needs a library."))
    try:
        page.locator("#dl-export-picture").get_by_label("Format").select_option("pdf")
        expect(said).to_have_text("It could not be made: PDF needs a library.")
        expect(button).to_be_disabled()
    finally:
        page.unroute("**/export/pdf")
    choose(page, Format="png", What="all", Resolution="1")
    expect(said).to_have_text("")
    page.evaluate("() => { window.kept = HTMLCanvasElement.prototype.toBlob; }")
    page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); }")  # as a browser does that has no room for it
    try:
        page.locator("#dl-export-picture").get_by_label("Resolution").select_option("4")
        expect(said).to_contain_text("px are more than this browser can draw.")
        expect(button).to_be_disabled()
    finally:
        page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = window.kept; }")
    choose(page, Resolution="2")
    close_export(page)


def test_a_view_of_the_explore_page_is_a_figure_too(open_page: NewPage):
    page = ExplorePage(open_page(), "steps=50").page
    export(page)
    choose(page, Format="svg", Colours="light", Width="12", Type_size="")
    name, content = saved(page)
    assert name.startswith("map_")
    assert name.endswith(".svg")
    root = read(content)
    assert root.get("width") == "12cm"
    assert len(list(root.iter(f"{SVG}image"))) >= 1, "cells are pixels"
    assert {"Learning rate η", "Momentum μ"} & set(texts(root))
    expect(page.locator("#dl-export-picture").get_by_label("What", exact=True)).to_be_hidden()
    choose(page, Format="png", Width="")
    close_export(page)


def letters_in(pdf: bytes) -> set[str]:
    """The letters that a PDF's fonts have, as its readers find them again."""
    found = set()
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            stream = zlib.decompress(packed)
        except zlib.error:
            continue
        if b"beginbfchar" in stream or b"beginbfrange" in stream:
            found |= {chr(int(code, 16)) for code in re.findall(rb"<([0-9a-fA-F]{4})>\s*\n", stream)}
    return found

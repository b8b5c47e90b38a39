"""The Export dialog's animations: made of what the page shows, looked at, saved."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from figures import LOOKS
from tests.conftest import RaceAt
from tests.export_dialog import close_export, open_export
from tests.test_browser_looks import rgb


def field(tab: Locator, label: str) -> Locator:
    return tab.get_by_role("combobox", name=label, exact=True).or_(tab.get_by_role("spinbutton", name=label, exact=True))


def fill(tab: Locator, label: str, value: str) -> None:
    """Choose or type a value."""
    if value in field(tab, label).locator("option").evaluate_all("(options) => options.map((option) => option.value)"):
        field(tab, label).select_option(value)
    else:
        field(tab, label).fill(value)
        field(tab, label).blur()


def animation(page: Page, **fields: str) -> Locator:
    """Open the tab and fill in these fields, by their labels with _ for spaces; returns it."""
    tab = open_export(page, "animation")
    expect(tab.locator(".dl-export-size")).not_to_be_empty()  # it knows how many steps there are
    usual = {"Format": "gif", "What": "all", "Frames_a_second": "10", "Steps_a_second": "20", "Size_in_pixels": "800 × 450", "Colours": "light"}
    for label, value in {**usual, **fields}.items():
        fill(tab, label.replace("_", " "), value)
    return tab


def made(page: Page, tab: Locator) -> tuple[str, bytes]:
    """The name of the file that is made and saved, and what is in it."""
    button = tab.get_by_role("button", name="Make")
    expect(button).to_be_enabled()
    button.click()
    save = tab.get_by_role("button", name="Save")
    expect(save).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        save.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("link", ["at=30&lanes=2&steps=60", "at=30&lanes=2&steps=60&view=3d"])
def test_a_gif_shows_the_steps_and_leaves_the_page_where_it_is(race_at: RaceAt, link: str):
    race = race_at(link, lanes=2)
    page = race.page
    tab = animation(page, From_step="0", To_step="30")
    expect(tab.locator(".dl-export-size")).to_contain_text("800 × 450 px: 16 frames, 3 s, about")
    name, content = made(page, tab)
    assert name == "two_wells_gradient_descent-momentum_steps0-30.gif"
    assert len(content) < 300_000
    image = Image.open(BytesIO(content))
    assert (image.size, getattr(image, "n_frames", 1)) == ((800, 450), 16)
    comment = image.info["comment"].decode()
    assert comment.startswith("Two wells, start (1.7, 1), 60 steps, step 0–30 — Descent Lab http")
    assert "at=30" in comment
    counts = []
    for i in range(16):
        image.seek(i)
        pixels = np.asarray(image.convert("RGB")).astype(int)
        counts.append([int((np.abs(pixels - rgb(look.light)).sum(axis=2) <= 110).sum()) for look in LOOKS[:2]])
        assert image.info["duration"] == (1500 if i == 15 else 100)
    assert len({tuple(each) for each in counts}) > 12, "the frames differ"
    assert min(np.subtract(counts[-1], counts[0])) > 20, "trails and curves have grown"
    expect(tab.locator("img.dl-export-made")).to_be_visible()
    close_export(page)
    expect(page.locator(".dl-count")).to_have_text("30 / 60")
    assert "at=" not in page.evaluate("location.search") or "at=30" in page.evaluate("location.search")


def test_a_video_is_as_large_as_chosen_and_plays_in_the_dialog(race_at: RaceAt):
    page = race_at("at=30&lanes=2&steps=60", lanes=2).page
    tab = animation(page, Format="mp4", Size_in_pixels="1280 × 720", From_step="0", To_step="60", Steps_a_second="60", Colours="dark")
    name, content = made(page, tab)
    assert name.endswith("_steps0-60.mp4")
    assert b"ftyp" in content[:12]
    video = tab.locator("video.dl-export-made")
    page.wait_for_function("() => document.querySelector('video.dl-export-made').readyState >= 2")
    assert video.evaluate("(video) => [video.videoWidth, video.videoHeight]") == [1280, 720]
    assert video.evaluate("(video) => video.duration") == pytest.approx(2.5, abs=0.1)
    expect(tab.locator(".dl-export-size")).to_contain_text("MP4, 1280 × 720 px: 11 frames, 2.5 s, ")
    fill(tab, "Size in pixels", "own")
    expect(field(tab, "Width (px)")).to_have_value("800")
    expect(tab.locator(".dl-export-size")).to_contain_text("MP4, 800 × ")
    expect(tab.get_by_role("button", name="Make")).to_be_visible()  # what was made is of another size
    close_export(page)


def test_one_lane_or_the_maps_alone_can_be_animated(race_at: RaceAt):
    page = race_at("at=30&lanes=2&steps=60", lanes=2).page
    tab = animation(page, From_step="0", To_step="60", Steps_a_second="60", Size_in_pixels="own")
    heights, colours = {}, {}
    for part in ("all", "maps", "2"):
        fill(tab, "What", part)
        image = Image.open(BytesIO(made(page, tab)[1]))
        image.seek(getattr(image, "n_frames", 1) - 1)
        pixels = np.asarray(image.convert("RGB")).astype(int)
        heights[part] = image.height
        colours[part] = [int((np.abs(pixels - rgb(look.light)).sum(axis=2) <= 110).sum()) > 60 for look in LOOKS[:2]]
    assert heights["maps"] < heights["all"] - 100
    assert colours == {"all": [True, True], "maps": [True, True], "2": [False, True]}
    close_export(page)


def test_what_is_cancelled_leaves_nothing(race_at: RaceAt):
    page = race_at("at=30&lanes=2&steps=60", lanes=2).page
    tab = animation(page, From_step="0", To_step="60", Steps_a_second="1", Frames_a_second="30", Size_in_pixels="1920 × 1080")
    make = tab.get_by_role("button", name="Make")
    expect(make).to_be_enabled()
    make.click()
    page.wait_for_function("() => document.querySelector('.dl-export-animation progress').value > 0")
    expect(field(tab, "Format")).to_be_disabled()
    tab.get_by_role("button", name="Cancel").click()
    expect(page.locator(".dl-export-said")).to_have_text("Cancelled; nothing is left of it.")
    expect(make).to_be_visible()
    expect(tab.locator(".dl-export-made")).to_have_count(0)
    close_export(page)


def test_what_cannot_be_made_is_said_in_a_sentence(race_at: RaceAt):
    page = race_at("at=30&lanes=2&steps=60", lanes=2).page
    tab = animation(page, From_step="50", To_step="20")
    told = tab.locator(".dl-export-size")
    expect(told).to_have_text("The steps go from 0 to 60, and the first comes before the last.")
    expect(tab.get_by_role("button", name="Make")).to_be_disabled()
    for label, value, sentence in [
        ("From step", "", "The steps go from 0 to 60, and the first comes before the last."),
        ("From step", "0", "GIF, 800 × 450 px: 11 frames, 2.5 s"),
        ("Steps a second", "0", "A speed lies between 0.1 and 10000 steps a second."),
        ("Steps a second", "0.1", "GIF, 800 × 450 px: 2001 frames, 202 s"),
        ("Frames a second", "50", "10001 frames are too many; 3000 can be made."),
        ("Steps a second", "20", "GIF, 800 × 450 px: 51 frames, 2.5 s"),
    ]:
        fill(tab, label, value)
        expect(told).to_contain_text(sentence)
    close_export(page)


def test_where_browsers_encode_no_video_it_is_recorded_and_that_is_said(race_at: RaceAt):
    """Over plain http under another host name there is no WebCodecs."""
    page = race_at("at=30&lanes=2&steps=60", lanes=2).page
    page.evaluate("() => { window.kept = VideoEncoder; delete window.VideoEncoder; }")
    page.evaluate("() => Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true })")
    tab = animation(page, Format="webm", From_step="0", To_step="20", Steps_a_second="100")
    note = tab.locator(".dl-export-note")
    told = "This page came over plain http, where browsers keep their video encoder to themselves. "
    expect(note).to_have_text(f"{told}WebM is recorded while it plays, which takes 1.7 s; a GIF takes less.")
    _name, content = made(page, tab)
    assert content[:4] == b"\x1aE\xdf\xa3"
    page.evaluate("() => { window.recorder = MediaRecorder; delete window.MediaRecorder; }")
    fill(tab, "Format", "mp4")
    expect(note).to_have_text(f"{told}This browser makes no MP4. A GIF it makes.")
    expect(tab.get_by_role("button", name="Make")).to_be_disabled()
    page.evaluate("() => { window.VideoEncoder = window.kept; window.MediaRecorder = window.recorder; delete window.isSecureContext; }")
    fill(tab, "Format", "gif")
    expect(note).to_be_hidden()
    close_export(page)

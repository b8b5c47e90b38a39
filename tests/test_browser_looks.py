"""What the page looks like: languages, screens, light and dark, and where everything comes from."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from typing import Literal
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from figures import LOOKS
from locales import translations
from tests.conftest import NewPage, ROOT, RaceAt
from tests.race_page import RacePage, eventually

THEMES = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
Theme = Literal["light", "dark"]


def speaks(page: Page, language: str) -> None:
    """Texts of the page, of a help, of the panels and of the transport bar are in this language."""
    text = translations(language).gettext
    expect(page.locator(".st-key-add")).to_contain_text([text("Add lane")])  # a list: while a rerun replaces a control there are two
    expect(page.locator(".st-key-1-lr")).to_contain_text([text("Learning rate η")])
    expect(page.locator(".dl-picture")).to_have_attribute("title", text("Save a picture on white (with Shift: in the page's colours)"))
    expect(page.locator(".dl-play")).to_have_attribute("aria-label", text("Play (Space)"))
    expect(page.locator(".dl-verdict").first).to_have_text(text("local minimum"))
    expect(page.locator(".dl-title").first).to_have_text(text("Gradient descent"))


def test_the_two_languages_differ():
    ko = translations("ko").gettext
    assert all(ko(text) != text for text in ("Add lane", "Two wells", "Learning rate η", "The link was copied.", "local minimum"))


@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("fr-FR", "en")])
def test_the_page_speaks_the_browsers_language_or_english(new_page: NewPage, locale: str, language: str):
    page = new_page(locale=locale)
    race = RacePage(page, "at=200&lanes=1")
    speaks(page, language)
    expect(page.locator(".st-key-surface input")).to_have_value(translations(language).gettext("Two wells"))
    assert race.query() == {"v": "1", "lanes": "1"}


def test_the_link_and_the_switch_set_the_language(race_at: RaceAt):
    race = race_at("at=200&lanes=1&lang=ko")
    page = race.page
    speaks(page, "ko")
    trails = race.trails()
    race.choose("lang", "English")
    speaks(page, "en")
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1"})
    eventually(race.trails, lambda now: now == trails)
    race.choose("lang", "한국어")
    speaks(page, "ko")
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "lang": "ko"})


def test_complaints_are_said_in_korean_too(race_at: RaceAt):
    page = race_at("lanes=1&lang=ko&steps=abc").page
    template = translations("ko").gettext("{name}={value} was ignored: allowed is {allowed}; {used} is used instead.")
    expect(page.get_by_text(template.format(name="steps", value="abc", allowed="10, 11, … 1000", used="200"))).to_be_visible()


def test_a_phone_shows_the_lanes_as_a_strip_and_the_bar_at_its_lower_edge(race_at: RaceAt):
    for language in ("en", "ko"):
        race = race_at(f"at=60&lang={language}&lanes=5", viewport=(360, 780), has_touch=True, is_mobile=True)
        fits_a_phone(race, 360, language)
        race.page.set_viewport_size({"width": 390, "height": 780})
        fits_a_phone(race, 390, language)
    race.page.locator(".dl-play").tap()
    eventually(race.playing)


def fits_a_phone(race: RacePage, width: int, language: str) -> None:
    page, case = race.page, (language, width)
    race.frames()
    eventually(lambda: page.evaluate("[document.documentElement.scrollWidth, innerWidth]"), lambda now: now == [width, width])
    boxes = [box for i in range(1, 6) if (box := race.panel(i).bounding_box())]
    assert len(boxes) == 5, case
    assert {round(box["y"]) for box in boxes} == {round(boxes[0]["y"])}, case
    assert all(right["x"] > left["x"] + left["width"] for left, right in pairwise(boxes)), case
    assert all(0.7 * width < box["width"] < width for box in boxes), case
    bar = page.locator(".dl-bar").bounding_box()
    assert bar, case
    assert (bar["x"], bar["width"], round(bar["y"] + bar["height"])) == (0, width, 780), case
    for name in ("play", "restart", "back", "forward", "scrub", "count", "speed", "loop", "link", "export"):
        box = page.locator(f".dl-{name}").bounding_box()
        assert box, (name, case)
        across, down = box["x"] + box["width"], box["y"] + box["height"]
        assert (box["x"] >= 0, across <= width, bar["y"] <= box["y"] and down <= 780) == (True, True, True), (name, case)


def test_a_tap_on_a_phone_sets_the_start(race_at: RaceAt):
    race = race_at("at=0", viewport=(390, 844), has_touch=True, is_mobile=True)
    race.page.touchscreen.tap(*race.on_screen(1, (0.5, -0.5)))
    eventually(lambda: race.query().get("x"))
    assert [float(race.query()[axis]) for axis in "xy"] == pytest.approx([0.5, -0.5], abs=0.02)


def test_four_panels_their_rates_and_the_curves_are_in_view_on_a_laptop(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    bar = page.locator(".dl-bar").bounding_box()
    assert bar
    assert round(bar["y"] + bar["height"]) == 900
    for part in [*(race.panel(i) for i in range(1, 5)), *(page.locator(f".st-key-{i}-lr") for i in range(1, 5)), page.locator(".dl-curves")]:
        box = part.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= bar["y"]
        assert box["x"] + box["width"] <= 1440
    panels = [box for i in range(1, 5) if (box := race.panel(i).bounding_box())]
    assert len({(round(box["width"]), round(box["y"])) for box in panels}) == 1


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_theme_has_its_own_page_and_its_own_lane_colours(new_page: NewPage, theme: Theme):
    page = new_page(color_scheme=theme)
    race = RacePage(page, "at=60&lanes=8")
    background = page.get_by_test_id("stApp").evaluate("(app) => getComputedStyle(app).backgroundColor")
    assert background == f"rgb{rgb(THEMES[theme]['backgroundColor'])}"
    script = """(canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height), seen = {};
        for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) seen[data.slice(i, i + 3)] = (seen[data.slice(i, i + 3)] ?? 0) + 1;
        return seen;
    }"""
    for i, look in enumerate(LOOKS, start=1):
        colour = rgb(getattr(look, theme))
        expect(race.panel(i).locator(".dl-title")).to_have_css("color", f"rgb{rgb(look.lettered(theme))}")
        seen = race.panel(i).locator(".dl-trail").evaluate(script)
        assert seen.get(",".join(map(str, colour)), 0) > 30, f"lane {i} is drawn in its colour"
    maps = page.locator(".dl-map").first.evaluate("(map) => map._fullData[0].colorscale.map(([, colour]) => colour)")
    assert np.mean([rgb(colour) for colour in maps]) > 150 if theme == "light" else np.mean([rgb(colour) for colour in maps]) < 100


def test_everything_comes_from_this_server_and_the_policy_refuses_nothing_of_it(new_page: NewPage, server: str):
    page = new_page(new=True)
    asked, refused = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.on("response", lambda response: refused.append(response.url) if response.status >= 400 else None)
    page.add_init_script("window.violations = []; addEventListener('securitypolicyviolation', (event) => violations.push(event.blockedURI))")
    race = RacePage(page, "")
    assert race.playing()
    assert len(asked) > 10
    assert {urlsplit(url).netloc for url in asked if not url.startswith(("data:", "blob:"))} == {urlsplit(server).netloc}
    assert any("plotly.min.js" in url for url in asked)
    assert refused == []
    assert set(page.evaluate("violations")) <= {"wasm-eval"}  # Streamlit's protobuf asks for WebAssembly and does without


@pytest.mark.console_errors
def test_the_page_refuses_to_make_code_out_of_text(race_at: RaceAt):
    page = race_at("at=60&lanes=1").page
    script = """new Promise((done) => setTimeout(() => {
        try { done(new Function("return 'made'")()); } catch (error) { done(error.name); }
    }))"""
    assert page.evaluate(script) == "EvalError"


def test_the_controls_of_the_player_have_names(race_at: RaceAt):
    race = race_at("at=60")
    page = race.page
    bar = page.locator(".dl-bar")
    for name in ["Play", "Start again", "One step back", "One step forward", "Repeat", "Copy a link", "Save a picture"]:
        expect(bar.get_by_role("button", name=name)).to_be_visible()
    expect(bar.get_by_role("slider", name="Step shown")).to_be_visible()
    expect(bar.get_by_role("combobox", name="Speed")).to_be_visible()
    expect(page.get_by_role("group", name="Lane 4: Adam")).to_be_visible()
    race.play.click()
    expect(page.locator(".dl-bar").get_by_role("button", name="Pause")).to_be_visible()


def test_the_theme_changes_while_the_page_is_open(race_at: RaceAt):
    race = race_at("at=60&lanes=2")
    trails = race.trails()
    race.page.emulate_media(color_scheme="dark")
    expect(race.panel(1).locator(".dl-title")).to_have_css("color", f"rgb{rgb(LOOKS[0].dark)}")
    eventually(race.trails, lambda now: all(a != b for a, b in zip(trails, now, strict=True)))
    assert set(race.steps()) == {60}


def test_a_controls_name_is_words(race_at: RaceAt):
    race = race_at("at=60&lanes=1")
    names = race.page.locator(".st-key-lane1").get_by_role("group").evaluate_all("(groups) => groups.map((group) => group.ariaLabel)")
    assert [name for name in names if name and ":gray[" in name] == []
    assert [name for name in (race.popover(1, k).inner_text() for k in (0, 1)) if "function icon" in name or "more_horiz icon" in name] == []

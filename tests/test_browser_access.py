"""The page without a mouse, without eyes, and on paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import axe_playwright_python
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from figures import LOOKS
from landscapes import LANDSCAPES
from tests.conftest import ROOT, RaceAt
from tests.fingers import PHONE
from tests.race_page import RacePage, eventually
from tests.samples import one_in
from tests.visitors import ColorScheme

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")

RUN = """async ([part, rules]) => {
  const all = { resultTypes: ["violations"] };
  return (await axe.run(part, rules.length ? { ...all, runOnly: { type: "rule", values: rules } } : all)).violations;
}"""
COLOURS = ("color-contrast", "link-in-text-block")  # axe-core's rules that look at colours

# What axe finds in Streamlit 1.67's own elements and nothing here can reach: (rule, a part of the selector): the reason.
STREAMLITS: dict[tuple[str, str], str] = {}

TWO = ["at=200&steps=200", "at=60&inspect=2", "at=60&present=1", "at=60&overlay=1", "at=60&view=3d"]
LINKS = ["at=60", *(f"lanes=2&{more}" for more in TWO), "at=60&lanes=8"]
TOP_MENUS = ("noise_menu", "view_menu", "shape_menu", "scenes_")


def themes(page: Page) -> Iterator[ColorScheme]:
    """Each theme, once the page has it."""
    for theme in get_args(ColorScheme):
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        yield theme


def faults(page: Page, part: str, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe-core calls serious or critical in a part of the page by these rules, or by all, a line an element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)  # not as a script of the page, whose policy stays as it is
    found: list[dict[str, Any]] = page.evaluate(RUN, [part, list(rules)])
    nodes = [(rule["id"], node) for rule in found if rule["impact"] in ("serious", "critical") for node in rule["nodes"]]
    grave = [(rule, str(node["target"]), node["failureSummary"]) for rule, node in nodes]
    return [" ".join(each) for each in grave if not any(each[0] == rule and part in each[1] for rule, part in STREAMLITS)]


def faultless(page: Page, part: str = "html") -> None:
    """Wait until axe-core has nothing to say of the page, or a part of it: what fades in is pale at first. The dark theme changes colours only."""
    for theme in themes(page):
        eventually(lambda rules=COLOURS if theme == "dark" else (): faults(page, part, rules), lambda found: found == [])


def openers(race: RacePage) -> list[Locator]:
    """The buttons of the menus above, and of those of lane 2."""
    top = [race.page.locator(f"[class*=st-key-{key}] button").filter(visible=True).first for key in TOP_MENUS]
    return [*top, race.popover(2, 0), race.popover(2, 1)]


def test_axe_is_the_version_that_npm_would_bring():
    assert f"axe v{json.loads((ROOT / 'package.json').read_text())['devDependencies']['axe-core']}" in AXE[:100]


@pytest.mark.parametrize("link", one_in(2, LINKS))
def test_axe_finds_nothing_serious_on_the_race(race_at: RaceAt, link: str):
    page = race_at(link).page
    faultless(page)
    if "lanes=8" in link:
        page.locator(".st-key-panel8 .dl-unfold").click()
        expect(page.locator(".st-key-controls8")).to_be_visible()
        faultless(page)


def test_axe_finds_nothing_serious_in_an_open_menu_or_dialog(race_at: RaceAt):
    race = race_at("at=200&steps=200&lanes=2&surface=ravine&noise=0.1")
    page, menu = race.page, "[data-testid=stPopoverBody]"
    for opener in openers(race):
        opener.click()
        expect(page.locator(menu)).to_be_visible()
        faultless(page, menu)
        page.keyboard.press("Escape")
        expect(page.locator(menu)).to_have_count(0)
    for name in ("classroom", "help"):
        page.locator(f".dl-bar .dl-{name}").click()
        expect(page.locator("dialog[open]")).to_be_visible()
        faultless(page, "dialog[open]")
        page.keyboard.press("Escape")
    page.locator(".dl-bar .dl-export").click()
    for tab in page.locator("dialog[open] [role=tab]").all():
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        faultless(page, "dialog[open]")
    page.keyboard.press("Escape")


def test_axe_finds_nothing_serious_on_a_phone(race_at: RaceAt):
    faultless(race_at("at=60&lanes=2", **PHONE).page)


def test_axe_finds_nothing_serious_in_the_catalogue(page: Page):
    page.goto("/catalogue")
    expect(page.locator("h3")).to_have_count(len(LANDSCAPES))
    faultless(page)


def test_a_lanes_name_is_written_in_letters_that_can_be_read(race_at: RaceAt):
    page = race_at("at=60&lanes=8&inspect=5").page
    colours = "(names) => names.map((name) => getComputedStyle(name).color.match(/\\d+/g).map((v) => Number(v).toString(16).padStart(2, 0)).join(''))"
    for theme in themes(page):
        wanted = [look.lettered(theme).removeprefix("#") for look in LOOKS]
        for names, lettered in ((".dl-panel .dl-title", wanted), (".dl-inspector-title", wanted[4:5])):
            eventually(lambda names=names: page.locator(names).evaluate_all(colours), lambda now, lettered=lettered: now == lettered)


# The keyboard.


def test_the_first_stop_of_the_tab_key_leads_to_the_player(page: Page):
    race = RacePage(page, "at=60&lanes=1")
    skip = page.locator(".dl-skip")
    expect(skip).to_have_text("Skip to the player")
    expect(skip).not_to_be_in_viewport()
    before = page.url
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(race.play).to_be_focused()
    expect(skip).not_to_be_in_viewport()
    assert page.url == before


def test_the_way_to_the_player_speaks_korean_and_is_not_there_without_one(race_at: RaceAt):
    race = race_at("at=60&lanes=1&lang=ko")
    expect(race.page.locator(".dl-skip")).to_have_text("재생 막대로 건너뛰기")
    race.go("at=60&lanes=1&hide=bar")
    expect(race.page.locator(".dl-skip")).to_be_hidden()


def test_a_menu_takes_the_focus_and_gives_it_back(race_at: RaceAt):
    race = race_at("at=60&lanes=2&surface=ravine")
    page, menu = race.page, race.page.get_by_test_id("stPopoverBody")
    before = race.query()
    for opener in openers(race):
        opener.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_focused()
        page.keyboard.press("Tab")
        expect(menu.locator(":focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(menu).to_have_count(0)
        expect(opener).to_be_focused()
    assert race.query() == before


def test_folded_controls_take_the_focus_and_give_it_back(race_at: RaceAt):
    race = race_at("at=60&lanes=8")
    page, opener = race.page, race.panel(3).locator(".dl-unfold")
    opener.focus()
    page.keyboard.press("Enter")
    expect(race.slider("3.lr")).to_be_focused()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(race.slider("3.lr")).to_be_hidden()


def test_unfolded_controls_stay_shown_where_streamlit_makes_them_anew(race_at: RaceAt):
    race = race_at("at=60&lanes=8")
    race.panel(3).locator(".dl-unfold").click()
    expect(race.slider("3.lr")).to_be_visible()
    race.page.evaluate("""() => {
      const controls = document.querySelector(".st-key-controls3");
      const anew = controls.cloneNode(true);
      for (const name of Object.keys(anew.dataset)) delete anew.dataset[name];
      controls.replaceWith(anew);
    }""")
    expect(race.slider("3.lr")).to_be_visible()


def test_dialogs_take_the_focus_and_give_it_back(race_at: RaceAt):
    page = race_at("at=60&lanes=1").page
    for name in ("classroom", "help", "export"):
        opener = page.locator(f".dl-bar .dl-{name}")
        opener.focus()
        page.keyboard.press("Enter")
        expect(page.locator("dialog[open] :focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(opener).to_be_focused()


def test_escape_closes_what_is_open_one_thing_at_a_time(race_at: RaceAt):
    race = race_at("at=200&steps=200&lanes=8&inspect=2&present=1")
    page = race.page
    presenting = page.locator(":root[data-present='1']")
    badge, told = race.panel(1).locator(".dl-verdict"), race.panel(1).locator(".dl-account")
    expect(badge).to_have_attribute("data-tells", "")
    badge.click()
    expect(told).to_be_focused()
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    expect(badge).to_be_focused()
    expect(page.locator(".dl-inspector")).to_be_visible()
    page.keyboard.press("Escape")
    eventually(race.query, lambda query: "inspect" not in query)
    expect(page.locator(".dl-inspector")).to_have_count(0)
    expect(presenting).to_be_attached()
    page.keyboard.press("Escape")
    expect(presenting).to_have_count(0)
    eventually(race.query, lambda query: "present" not in query)
    race.idle()
    race.panel(3).locator(".dl-unfold").click()
    race.popover(3, 0).click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    expect(race.slider("3.lr")).to_be_visible()
    page.keyboard.press("Escape")
    expect(race.slider("3.lr")).to_be_hidden()


def test_closing_the_inspector_from_inside_gives_the_focus_back(race_at: RaceAt):
    race = race_at("at=60&lanes=2&inspect=2")
    page = race.page
    page.locator(".dl-inspector-close").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".dl-inspector")).to_have_count(0)
    expect(page.locator(".st-key-inspect_lane2 button").filter(visible=True)).to_be_focused()
    eventually(race.query, lambda query: "inspect" not in query)


def test_a_click_beside_the_controls_frames_nothing(race_at: RaceAt):
    page = race_at("at=60&lanes=1").page
    for x, y in ((700.0, 250.0), (6.0, 400.0)):
        page.mouse.click(x, y)
        page.keyboard.press("Shift")
        assert page.evaluate("document.activeElement.tagName") == "BODY"


# The ear.

NAMES = """(i) => [...document.querySelectorAll(`.st-key-lane${i} :is(button, input, select, [role=group], [role=application])`)]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest("[aria-hidden=true]") && e.tabIndex >= (e.role === "group" ? -1 : 0))
  .map((e) => e.ariaLabel ?? e.textContent)"""


@pytest.mark.parametrize(("lang", "name"), [("en", "Lane {i}: "), ("ko", "레인 {i}: ")])
def test_every_control_is_named_with_its_lane(race_at: RaceAt, lang: str, name: str):
    page = race_at(f"at=200&steps=200&lanes=3&inspect=2&lang={lang}").page
    expect(page.locator(".dl-verdict[data-tells]")).to_have_count(3)
    for i in (1, 2, 3):
        names = eventually(lambda i=i: page.evaluate(NAMES, i), lambda names, i=i: all(name.format(i=i) in each for each in names))
        assert len(names) >= 7


def test_what_a_lane_opens_is_named_with_it_too(race_at: RaceAt):
    race = race_at("at=60&lanes=2")
    page = race.page
    for which, told in ((0, "Lane 2: Constant, no warm-up"), (1, "Lane 2: Formula")):
        race.popover(2, which).click()
        expect(page.get_by_role("dialog", name=told, exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


# On paper.

PAGES = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("lanes", [1, 4, 8])
def test_paper_has_maps_curves_and_settings_on_one_light_page(race_at: RaceAt, lanes: int):
    race = race_at(f"at=60&lanes={lanes}&1.schedule=cosine&1.warmup=20")
    screen = [""] * lanes
    for _theme in themes(race.page):
        screen = eventually(race.trails, lambda now, other=screen: all(a != b for a, b in zip(now, other, strict=True)))
        is_on_paper(race, lanes, screen)


def is_on_paper(race: RacePage, lanes: int, screen: list[str]) -> None:
    page = race.page
    page.emulate_media(media="print")
    race.frames()
    for gone in (".dl-bar", ".st-key-top", ".dl-slider", ".dl-skip", ".stAppHeader", ".dl-down"):
        assert page.locator(gone).filter(visible=True).count() == 0
    for there, count in ((".dl-title", lanes), (".dl-map", lanes), (".dl-readout", lanes), (".dl-settings", lanes), (".dl-curves canvas", 2)):
        assert page.locator(there).filter(visible=True).count() == count
    expect(page.locator(".st-key-headline")).to_contain_text("Two wells")
    settings = race.panel(1).locator(".dl-settings")
    expect(settings).to_contain_text("Cosine")
    expect(settings).to_contain_text("warm-up 20")
    assert race.trails() == screen, "nothing is drawn anew"
    box = page.locator(".stMainBlockContainer").bounding_box()
    assert box
    assert box["width"] <= 1063
    assert box["height"] <= 734
    paper = np.asarray(Image.open(BytesIO(page.screenshot())).convert("L"))
    page.emulate_media(media="screen")
    assert paper.mean() > 0.85 * 255
    assert len(PAGES.findall(page.pdf(prefer_css_page_size=True, print_background=True))) == 1

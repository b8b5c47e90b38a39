"""What a menu shows when it is opened is what is in use, and looking changes nothing."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from core import parameters
from core.number import setting
from links import Flat
from links.race import VIEWS
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from tests.conftest import RaceAt
from tests.race_page import RacePage, eventually, flat_of
from tests.samples import one_in

RULES = list(OPTIMIZERS)


def shown(page: Page) -> dict[str, str]:
    """What the sliders, fields and switches of the open menu show, by their class."""
    script = """(body) => Object.fromEntries([...body.querySelectorAll("[class*=st-key-] > div input")].map((input) =>
        [[...input.closest("[class*=st-key-]").classList].find((name) => name.startsWith("st-key-")).slice(7),
         input.type === "checkbox" ? String(input.checked) : input.ariaValueText ?? input.value]))"""
    return page.get_by_test_id("stPopoverBody").evaluate(script)


def in_use(flat: Flat, i: int) -> dict[str, str]:
    """What the menu of lane i is to show."""
    ranges = {name: allowed for name, allowed in parameters(OPTIMIZERS[flat[f"{i}.rule"]]).items() if name != "lr"}
    further = [name for name, allowed in ranges.items() if not allowed.rare][1:]
    rare = [name for name, allowed in ranges.items() if allowed.rare]
    live = {f"live-{i}-{name}": setting(flat[f"{i}.{name}"]) for name in [*further, "warmup"]}
    quiet = {f"{i}-quiet": str(bool(flat[f"{i}.quiet"])).lower()} if flat["noise"] else {}
    schedule = {f"{i}-schedule": SCHEDULES[flat[f"{i}.schedule"]].title}
    return live | schedule | {f"{i}-{name}": setting(flat[f"{i}.{name}"]) for name in rare} | quiet


def look_into_menus(race: RacePage, *lanes: int) -> None:
    """Open and close the menus of these lanes and of the top row, and compare what they show with the link."""
    page, flat = race.page, flat_of(race.query())
    body = page.get_by_test_id("stPopoverBody")
    for i in lanes:
        race.more(i)
        expect(page.locator(f".st-key-duplicate{i} button").filter(visible=True)).to_be_visible()
        eventually(lambda: shown(page), lambda now, i=i: now == in_use(flat, i))
        page.keyboard.press("Escape")
        expect(body).to_have_count(0)
    for key, name in [("noise_menu", "seed"), ("view_menu", "overlay")]:
        page.locator(f".st-key-{key} button").filter(visible=True).click()
        expect(body.locator(f".st-key-{name} input")).to_be_attached()
        if key == "noise_menu":
            wanted = {"noise": setting(flat["noise"]), "seed": str(flat["seed"]), "many": str(bool(flat["many"])).lower()}
            eventually(lambda: shown(page), lambda now, wanted=wanted: now == wanted)
        else:
            expect(body.get_by_role("radio", checked=True).first).to_have_text(VIEWS[flat["view"]])
            switches = {key: str(bool(flat[key])).lower() for key in ("overlay", "field", "lens", "ghost")}
            eventually(lambda: shown(page) | {"view": ""}, lambda now, switches=switches: now == switches | {"view": ""})
        page.keyboard.press("Escape")
        expect(body).to_have_count(0)


def look_inside(race: RacePage, i: int) -> None:
    """A change that brings what every widget holds to the page."""
    race.unfold(i)
    race.page.locator(f".st-key-inspect_lane{i} button").filter(visible=True).click()
    eventually(race.query, lambda query: query.get("inspect") == str(i))
    race.idle()


@pytest.mark.parametrize("rules", one_in(3, [RULES[k : k + 8] for k in range(0, len(RULES), 8)]), ids=lambda rules: rules[0])
def test_every_menu_shows_and_keeps_what_is_in_use_after_a_change_of_surface(race_at: RaceAt, rules: list[str]):
    lanes = {f"{i}.rule": rule for i, rule in enumerate(rules, start=1)}
    link = lanes | {"at": 60, "lanes": len(rules), "noise": 0.3, "seed": 77, "many": 1, "field": 1}
    race = race_at(urlencode(link), lanes=len(rules))
    race.choose("surface", "Ravine")
    before = eventually(race.query, lambda query: query.get("surface") == "ravine")
    race.idle()
    look_into_menus(race, *range(1, len(rules) + 1))
    for i in (1, len(rules)):  # any change brings what every widget holds
        look_inside(race, i)
        assert race.query() == before | {"inspect": str(i)}
    look_into_menus(race, 1, len(rules))


def test_a_menu_that_was_open_before_shows_what_came_since(race_at: RaceAt):
    race = race_at("at=60&lanes=2&1.rule=adadelta&2.rule=adamw&noise=0.3&seed=5&view=3d&overlay=0")
    look_into_menus(race, 1, 2)
    race.choose("1.rule", "Adam")
    eventually(race.query, lambda query: query.get("1.rule") == "adam")
    race.idle()
    look_into_menus(race, 1, 2)
    look_inside(race, 2)
    assert race.query() == {"v": "1", "lanes": "2", "1.rule": "adam", "2.rule": "adamw", "noise": "0.3", "seed": "5", "view": "3d", "inspect": "2"}
    race.page.locator(".st-key-reset_button button").filter(visible=True).click()
    eventually(race.query, lambda query: query == {})
    race.ready(4)
    look_into_menus(race, 1, 2, 3, 4)
    look_inside(race, 1)
    assert race.query() == {"v": "1", "inspect": "1"}

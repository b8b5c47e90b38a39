"""The fields and menus of the top row: what is typed, what is wrong with it, and what it changes."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from landscapes import LANDSCAPES
from tests.conftest import RaceAt
from tests.race_page import eventually


def test_the_number_of_steps_is_typed(race_at: RaceAt):
    race = race_at("at=200&lanes=1")
    page = race.page
    page.locator(".st-key-steps input").fill("320")
    page.locator(".st-key-steps input").press("Enter")
    expect(page.locator(".dl-count")).to_have_text("320 / 320")  # a race that stood at its end stays there
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "1", "steps": "320"})


def test_the_surface_has_its_own_sliders(race_at: RaceAt):
    race = race_at("at=60&lanes=2")
    shape = race.page.locator(".st-key-shape_menu button")
    expect(shape).to_have_count(0)
    race.choose("surface", "Bowl")
    expect(shape).to_contain_text("κ 20")
    before = race.readouts()
    kappa = race.nudge("surface.kappa", times=5)
    expect(shape).to_contain_text(f"κ {kappa}")
    eventually(race.readouts, lambda now: all(a != b for a, b in zip(before, now, strict=True)))
    assert "surface.kappa" in race.query()
    assert set(race.steps()) == {60}


@pytest.mark.parametrize(("key", "text", "sentence"), [
    ("x", "", "Start x: no number was typed; 1.7 stays in use."),
    ("y", "-", "Start y: no number was typed; 1 stays in use."),
    ("steps", "", "Steps: no number was typed; 200 stays in use."),
    ("seed", "e", "Seed: no number was typed; 7 stays in use."),
    ("steps", "5", "Steps = 5 was ignored: allowed is 10 to 1000; 200 stays in use."),
])  # fmt: skip
def test_a_number_field_left_without_a_number_keeps_what_is_in_use_and_says_so(race_at: RaceAt, key: str, text: str, sentence: str):
    race = race_at("at=60&noise=0.1&seed=7&lanes=2")
    page = race.page
    if key == "seed":
        page.locator(".st-key-noise_menu button").filter(visible=True).click()
    field, link = page.locator(f".st-key-{key} input"), race.query()
    before = field.input_value()
    field.press("ControlOrMeta+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
    field.press("Enter")
    expect(page.locator(".dl-said")).to_have_text(sentence)
    if text != "5":
        expect(field).to_have_value(before)
    page.keyboard.press("Escape")
    race.nudge("2.momentum")
    assert race.query() == link | {"2.momentum": race.query()["2.momentum"]}


def test_the_menus_change_their_language_with_the_switch(race_at: RaceAt):
    race = race_at("at=60&lanes=1&lang=ko")
    race.choose("lang", "English")
    expect(race.page.locator(".st-key-add")).to_contain_text("Add lane")
    eventually(lambda: race.values("surface"), lambda now: now == ["Two wells"])
    expect(race.popover(1, 0)).to_contain_text("Constant, no warm-up")


def test_a_formula_is_typed_and_a_broken_one_is_pointed_at(race_at: RaceAt):
    race = race_at("at=60&lanes=2&surface=custom")
    page = race.page
    field, readouts, maps = page.locator(".st-key-typed-text input"), race.readouts(), heights(page)
    expect(field).to_have_value(LANDSCAPES["custom"]().text)
    field.fill("x^2 + 3y^2")
    field.press("Enter")
    eventually(race.query, lambda query: query == {"v": "1", "lanes": "2", "surface": "custom", "surface.text": "x^2 + 3y^2"})
    eventually(race.readouts, lambda now: all(a != b for a, b in zip(readouts, now, strict=True)))
    race.idle()
    before = maps
    maps = eventually(lambda: heights(page), lambda now: now != before)
    readouts = race.readouts()
    field.fill("x^2 + 3y^)")
    field.press("Enter")
    sentence = page.get_by_text("formula, character 10")
    expect(sentence).to_contain_text("“)” is not expected here. In use is x^2 + 3y^2.")
    expect(field).to_have_value("x^2 + 3y^)")
    race.idle()
    assert (race.readouts(), heights(page)) == (readouts, maps)
    assert race.query()["surface.text"] == "x^2 + 3y^2"
    race.nudge("surface.reach")
    expect(sentence).to_be_visible()
    expect(field).to_have_value("x^2 + 3y^)")
    page.reload()
    race.ready(2)
    expect(field).to_have_value("x^2 + 3y^2")
    expect(sentence).to_have_count(0)


def heights(page: Page) -> list[float]:
    """The first row of the first map."""
    return page.evaluate("[...document.querySelector('.dl-map').data[0].z[0]]")


def test_markup_in_a_typed_formula_stays_text(race_at: RaceAt):
    page = race_at("surface=custom&lanes=1").page
    field = page.locator(".st-key-typed-text input")
    field.fill("x + https://example.org :material/home:")
    field.press("Enter")
    expect(page.locator(".dl-warned")).to_contain_text("formula, character")
    expect(page.locator(".dl-warned a, .dl-warned [data-testid=stIconMaterial]")).to_have_count(0)


def test_a_lane_that_finds_a_deeper_minimum_moves_the_star_of_every_lane_and_back(race_at: RaceAt):
    formula = quote("x^2/100+y^2/100-2exp(-400((x-1.3)^2+(y-2.35)^2))")
    lanes = "lanes=2&1.rule=gradient_descent&1.lr=1.12e-05&2.rule=gradient_descent&2.lr=1e-05"
    race = race_at(f"at=60&surface=custom&surface.text={formula}&surface.reach=50&x=1.4&y=2.35&{lanes}", lanes=2)
    page = race.page
    said = page.get_by_text("for all lanes f* is now")

    def stars() -> list[float]:
        return page.evaluate("[...document.querySelectorAll('.dl-map')].map((map) => Math.max(...(map.data?.[1]?.x ?? [])))")

    eventually(stars, lambda now: now == [0, 0])
    expect(said).to_have_count(0)
    race.nudge("1.lr")
    expect(said).to_have_text("Lane 1 passed below f* = 0, the lowest that the search had found: for all lanes f* is now −1.93, at (1.3, 2.35).")
    eventually(stars, lambda now: all(abs(x - 1.3) < 1e-3 for x in now))
    race.nudge("1.lr", "ArrowLeft")
    expect(said).to_have_count(0)
    eventually(stars, lambda now: now == [0, 0])

"""Comparisons in one click: what each fills the lanes with, and what tuning finds."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from landscapes import LANDSCAPES
from links import Flat
from links.entries import race_of
from links.lanes import MOST_LANES, lanes_of
from optimizers import OPTIMIZERS
from runs import telling_noise, tuned
from tests.app_page import flat_of, opened, panels, ran
from views.race.presets import FAMILIES, PRESETS

TwoWells = LANDSCAPES["two_wells"]


def filled(name: str, **link: str) -> tuple[AppTest, list[Flat]]:
    """The page after the comparison was asked for, and its lanes' settings."""
    page = opened(**link)
    page.button(key=f"preset {name}").click()
    flat = flat_of(ran(page))
    assert len(panels(page)) == flat["lanes"]
    return page, lanes_of(flat)


def test_every_rule_of_a_comparison_is_in_the_catalogue():
    for names in FAMILIES.values():
        assert set(names) <= set(OPTIMIZERS)
        assert len(names) <= MOST_LANES


@pytest.mark.slow
@pytest.mark.parametrize("surface", ["two_wells", "saddle", "ackley", "custom"])
@pytest.mark.parametrize("name", PRESETS)
def test_every_comparison_fills_the_lanes_on_any_surface(name: str, surface: str):
    page, lanes = filled(name, surface=surface, lanes="1", steps="60")
    assert flat_of(page)["surface"] == surface
    assert 1 < len(lanes) <= MOST_LANES
    assert [lane["look"] for lane in lanes] == list(range(1, len(lanes) + 1))
    assert len(set(panels(page))) == len(lanes)


def test_one_lane_hears_the_noise_and_the_other_does_not():
    page, (noisy, quiet) = filled("noise")
    flat = flat_of(page)
    assert (noisy["quiet"], quiet["quiet"]) == (0, 1)
    assert flat["noise"] == telling_noise(TwoWells(), TwoWells().start) > 0
    race = race_of(flat)
    assert [race.descended(lane).sigma for lane in race.lanes] == [flat["noise"], 0]


def test_noise_that_is_there_already_stays_as_it_is():
    page, _ = filled("noise", noise="0.2")
    assert flat_of(page)["noise"] == 0.2


def test_tuning_sets_every_lane_and_says_so_until_something_changes():
    page = opened(**{f"{i}.lr": "0.003" for i in range(1, 5)})
    before = flat_of(page)
    page.button(key="tune").click()
    after = flat_of(ran(page))
    race = race_of(before)
    wanted = [tuned(lane.rule, race.surface, race.start, race.steps, lane.schedule) for lane in race.lanes]
    assert [after[f"{i}.lr"] for i in range(1, 5)] == [tuning.lr for tuning in wanted]
    assert all(rate_words(page, i)[0] == [after[f"{i}.lr"], "tuned"] for i in range(1, 5))
    page.number_input(key="steps").set_value(300)
    ran(page)
    assert all([text for _, text in rate_words(page, i)] == ["suggested"] for i in range(1, 5))


def test_a_lane_that_tuning_leaves_as_it_was_says_why():
    page = opened(surface="custom", **{"surface.text": "1e9 x + y^2", "lanes": "2", "2.rule": "gradient_descent", "2.schedule": "exponential"})
    page.button(key="tune").click()
    rates = [flat_of(page)[f"{i}.lr"] for i in (1, 2)]
    assert [flat_of(ran(page))[f"{i}.lr"] for i in (1, 2)] == rates
    assert [rate_words(page, i)[0][1] for i in (1, 2)] == ["kept, all leave the map"] * 2
    page = opened()
    for _ in range(2):
        page.button(key="tune").click()
        ran(page)
    assert [rate_words(page, i)[0][1] for i in range(1, 5)] == ["kept, none is better"] * 4


def rate_words(page: AppTest, i: int) -> list[list]:
    """Which words stand beside lane i's rate at which values."""
    sliders = [json.loads(part.proto.json) for part in page.get("bidi_component") if part.proto.component_name.endswith("slider")]
    return next(slider["aside"]["at"] for slider in sliders if slider["name"] == f"{i}.lr")

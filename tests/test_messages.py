"""What the browser side is sent is made from the race and how it is looked at, by anybody, in either language."""

from __future__ import annotations

from typing import Any

import pytest

from links.display import display_of
from links.entries import race_of
from links.race import RACE
from locales import speaking
from player import messages
from runs import race as races
from tests.test_player import unpacked


def lane_of(link: dict[str, str], i: int = 1) -> dict[str, Any]:
    flat = RACE.read(link, "en")[0]
    return unpacked(messages.lane(race_of(flat), i, display_of(flat)))["lane"]


@pytest.mark.parametrize("surface", ["two_wells", "custom"])
def test_a_lane_is_run_once_also_where_it_is_looked_into(monkeypatch: pytest.MonkeyPatch, surface: str):
    ran: list[Any] = []
    run = races.run
    monkeypatch.setattr(races, "run", lambda *given: ran.append(given) or run(*given))
    link = {"surface": surface, "lanes": "1", "1.lr": "0.0123456789", "steps": "37"}  # a run that nobody has made before
    assert lane_of(link | {"inspect": "1"})["inspected"]
    assert lane_of(link)["inspected"] is None
    assert len(ran) == 1


def test_the_words_are_in_the_language_that_is_spoken():
    flat = RACE.read({"lang": "ko", "lanes": "1"}, "en")[0]
    with speaking("ko"):
        korean = lane_of({"lang": "ko", "lanes": "1"}), messages.transport(race_of(flat), display_of(flat))
    assert korean[0]["words"]["step"] == "단계"
    assert korean[1]["words"]["bar"] != messages.transport(race_of(flat), display_of(flat))["words"]["bar"]


def test_the_picture_is_named_after_the_surface_and_the_rules_as_links_name_them():
    flat = RACE.read({"surface": "six_hump_camel", "lanes": "2", "2.rule": "adam_uncorrected"}, "en")[0]
    assert messages.transport(race_of(flat), display_of(flat))["picture"] == "six_hump_camel_gradient_descent-adam_uncorrected"


def test_the_picture_has_the_settings_to_their_last_digit():
    link = {"lanes": "1", "1.rule": "momentum", "1.lr": "0.1234567890123", "1.schedule": "step", "1.schedule.every": "30", "1.warmup": "12"}
    assert lane_of(link)["settings"] == ["η = 0.1234567890123, μ = 0.9", "Step, n = 30, γ = 0.1, warm-up 12"]


def test_the_picture_tells_nothing_that_the_page_leaves_out():
    link = {"surface": "ravine", "x": "0.1234567890123", "noise": "0.7", "seed": "3", "lanes": "1"}
    told = {}
    for hide in ("", "surface", "titles", "noise", "surface,titles,noise"):
        flat = RACE.read(link | {"hide": hide}, "en")[0]
        data = messages.transport(race_of(flat), display_of(flat))
        told[hide] = data["picture"], data["note"]
    seeded, end = ", noise σ = 0.7, seed 3", " — Descent Lab"
    whole = "Ravine, b = 20, start (0.1234567890123, 0.6), 200 steps, step {step}"
    bare = "A surface, start (0.1234567890123, 0.6), 200 steps, step {step}"
    assert told == {
        "": ("ravine_gradient_descent", whole + seeded + end),
        "surface": ("gradient_descent", bare + seeded + end),
        "titles": ("ravine", whole + seeded + end),
        "noise": ("ravine_gradient_descent", whole + end),
        "surface,titles,noise": ("race", bare + end),
    }

"""A run is always to be seen: beyond the edge of its map, where it does not settle, and as it was before the last change."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.number import short
from landscapes import LANDSCAPES
from locales import speaking
from optimizers import OPTIMIZERS
from player.messages.words import verdict_in_words
from runs import Noisy, Verdict, run, verdicts
from runs.stretch import SETTLED
from tests.blank_page import Call
from tests.conftest import RaceAt
from tests.race_page import eventually

BOWL = LANDSCAPES["bowl"](kappa=1.0)
RESTLESS = [
    (OPTIMIZERS["gradient_descent"](lr=0.1), Noisy(BOWL, 0.3, 0)),
    (OPTIMIZERS["momentum"](lr=0.07), Noisy(BOWL, 0.3, 0)),
    (OPTIMIZERS["rmsprop"](lr=0.1, decay=0.9), LANDSCAPES["bowl"](angle=0.0)),
    (OPTIMIZERS["rmsprop"](lr=0.0355), LANDSCAPES["two_wells"]()),
]


@pytest.mark.parametrize(("rule", "surface"), RESTLESS)
def test_a_restless_run_says_between_which_values_it_keeps_moving(rule: Any, surface: Any):
    trajectory = run(rule, surface, surface.start, 500)
    end = verdicts(trajectory, surface, rule)[-1]
    loss = trajectory.loss[end.step :]
    assert end.kind.startswith("restless")
    assert end.between == (loss.min(), loss.max())
    with speaking("en"):
        said = verdict_in_words(end)
    if short(loss.min()) == short(loss.max()):
        assert said == f"keeps moving at f = {short(loss.min())}"
    else:
        assert said.startswith(f"keeps moving between f {short(loss.min())} and {short(loss.max())}")


@pytest.mark.parametrize(("rule", "surface"), RESTLESS)
def test_its_badge_does_not_flicker_on_the_way_there(rule: Any, surface: Any):
    """What is said before that holds for ten steps at least."""
    trajectory = run(rule, surface, surface.start, 500)
    *before, end = verdicts(trajectory, surface, rule)
    assert [v for v in before if v.kind != "left the map" and min(v.until, end.step - 1) < end.step - 1 and v.until - v.step < SETTLED] == []


def test_a_run_that_hops_between_two_points_of_the_same_height_says_one_value():
    with speaking("en"):
        assert verdict_in_words(Verdict("restless", 3, 9, within=0.1, between=(0.12345, 0.12346))) == "keeps moving at f = 0.123"


def test_how_far_a_run_is_off_is_counted_from_the_edge(call: Call):
    script = "({ distanceBeyond }, points) => points.map((point) => distanceBeyond(point, [[-2, 2], [-1, 3]]))"
    assert call("drawing/edge.js", script, [[0, 0], [2, 3], [5, 0], [0, -4], [5, 7]]) == [0, 0, 3, 3, 5]


GHOSTS = """async ({ keepFormer, formerOf }, steps) => {
  const store = await load("stage/store.js");
  return steps.map(({ surface = "bowl", ghost = "1", path, look = "#000", trying = false }) => {
    store.setLink({ surface, ghost });
    if (path) keepFormer({ index: 1, path: [path, path], colours: { light: look } }, trying);
    return formerOf({ index: 1 })?.[0] ?? null;
  });
}"""


def test_the_former_path_stays_while_a_slider_is_dragged_and_until_the_next_change(call: Call):
    a, b, c = [0, 1], [0, 2], [0, 3]
    steps = [
        ({"path": a}, None),
        ({"path": b, "trying": True}, a),
        ({"path": c, "trying": True}, a),
        ({"path": c}, a),
        ({"path": c}, a),  # another language, or the inspector
        ({"ghost": "0"}, None),
        ({}, a),
        ({"path": b}, c),
        ({"path": a, "look": "#fff"}, None),  # another lane has moved to this place
        ({"path": b, "look": "#fff"}, a),
        ({"path": c, "look": "#fff", "surface": "plateau"}, None),
    ]
    assert call("stage/ghosts.js", GHOSTS, [step for step, _ghost in steps]) == [ghost for _step, ghost in steps]


def test_the_ghost_is_drawn_after_a_change_and_the_switch_takes_it_away(race_at: RaceAt):
    race = race_at("at=60&lanes=2&ghost=1")
    page = race.page
    race.nudge("1.lr", "ArrowLeft", 3)
    eventually(lambda: "1.lr" in race.query())
    race.idle()
    race.press("Home")
    eventually(race.step, lambda step: step == 0)
    race.frames()
    with_ghost = race.trails()
    page.locator(".st-key-view_menu button").first.click()
    page.get_by_text("Ghost of the last change", exact=True).click()
    eventually(race.query, lambda query: "ghost" not in query)
    without = eventually(race.trails, lambda now: now[0] != with_ghost[0])
    assert with_ghost[1] == without[1], "the other lane has not changed"


def test_a_run_beyond_the_edge_says_how_far(race_at: RaceAt):
    race = race_at("surface=bowl&lanes=1&1.rule=gradient_descent&1.lr=0.3&at=60")
    surface = LANDSCAPES["bowl"]()
    p = run(OPTIMIZERS["gradient_descent"](lr=0.3), surface, surface.start, 200).path[60]
    assert np.abs(p).max() > 1e5
    eventually(race.written, lambda texts: any(text.endswith(" off the map") for text in texts))

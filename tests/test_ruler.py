"""The ruler behind a slider: it says of each stop what the run says that is made there."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import import_module
from itertools import cycle
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import urlopen

import numpy as np
import pytest
from starlette.requests import Request
from starlette.types import Message

from core import parameters
from core.window import widened
from landscapes import LANDSCAPES
from links.race import RACE, WARMUP
from links.sliders import range_of
from optimizers import OPTIMIZERS
from optimizers.schedules.constant import Constant
from runs import Noisy, run, stability_limit, verdicts
from runs.race import Lane
from runs.ruler import Fate, ruler, with_setting
from tests.race_page import eventually, flat_of
from tests.test_messages import lane_of
from tests.test_player import unpacked
from views.race import live, rulers

SURFACES = ["bowl", "two_wells", "rosenbrock", "himmelblau", "saddle", "plateau"]  # where rounding stays rounding; on Rastrigin it grows
FATES = {"diverged": Fate.DIVERGES, "left the map": Fate.LEAVES, "outside": Fate.LEAVES}


message = import_module("player.messages.ruler")  # the package has the function under this name


def ruler_of(link: dict[str, str], setting: str = "1.lr") -> dict[str, Any]:
    return unpacked(rulers.packed(setting, link))["ruler"]


def settings_of(rule: str) -> list[str]:
    """The settings of a lane with this rule that have such a slider."""
    flat = flat_of({"lanes": "1", "1.rule": rule})
    return [name for name in [*parameters(OPTIMIZERS[rule]), "warmup"] if range_of(flat, 1, name)]


@pytest.mark.parametrize(("rule", "surface"), [*zip(OPTIMIZERS, cycle(SURFACES)), *(("adam", surface) for surface in SURFACES[1:])])
def test_a_ruler_has_at_the_lanes_own_value_the_lanes_own_end(rule: str, surface: str):
    link = {"surface": surface, "lanes": "1", "1.rule": rule, "steps": "120"}
    end, flat = lane_of(link)["loss"][-1], flat_of(link)
    for name in settings_of(rule):
        found = ruler_of(link, f"1.{name}")
        at = list(found["stops"]).index(flat[f"1.{name}"])
        assert found["loss"][at] == pytest.approx(end, rel=1e-9), name


@pytest.mark.parametrize(
    "more",
    [
        {"1.schedule": "cosine", "1.warmup": "20"},
        {"noise": "0.5", "seed": "7"},
        {"noise": "0.5", "seed": "7", "many": "1"},
        {"noise": "0.5", "1.quiet": "1"},
        {"1.lr": "0.0473"},
        {"surface": "custom", "surface.text": "x^2 + 3y^2 + sin(5x)"},
        {"x": "-1.1", "y": "0.3", "steps": "999"},
    ],
    ids=str,
)
@pytest.mark.parametrize("setting", ["lr", "beta1", "warmup"])
def test_its_runs_have_the_lanes_schedule_noise_and_start(more: dict[str, str], setting: str):
    link = {"lanes": "1", "1.rule": "adam", "1.lr": "0.05"} | more
    found = ruler_of(link, f"1.{setting}")
    at = list(found["stops"]).index(flat_of(link)[f"1.{setting}"])
    assert found["loss"][at] == pytest.approx(lane_of(link)["loss"][-1], rel=1e-9)
    for k in range(0, len(found["stops"]), 25):
        there = lane_of(link | {f"1.{setting}": repr(float(found["stops"][k])) if setting != "warmup" else str(int(found["stops"][k]))})
        assert found["loss"][k] == pytest.approx(there["loss"][-1], rel=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "adam", "newton", "bfgs"])
def test_what_it_says_of_a_stop_is_what_the_panel_would_say(rule: str, surface: str):
    lane, where = Lane(OPTIMIZERS[rule](), Constant()), LANDSCAPES[surface]()
    stops = tuple(parameters(lane.rule)["lr"].stops())
    found = ruler(lane, "lr", stops, Noisy(where), where.start, 100)
    for k in range(0, len(stops), 5):
        its = with_setting(lane, "lr", stops[k])
        said = verdicts(run(its.rule, where, where.start, 100), where, its.rule, widened(where.domain))
        last = next((v.kind for v in said if v.until == 100), "")
        assert found.fates[k] == FATES.get(last, Fate.STAYS), (stops[k], last)


def bowl(rule: str, **given: float) -> tuple[Lane, Any]:
    return Lane(OPTIMIZERS[rule](**given), Constant()), LANDSCAPES["bowl"]()


@pytest.mark.parametrize("rule", ["gradient_descent", "momentum", "nesterov", "qhm"])
def test_on_the_bowl_runs_diverge_from_the_stability_limit_on_and_no_earlier(rule: str):
    lane, where = bowl(rule)
    found = ruler(lane, "lr", tuple(parameters(lane.rule)["lr"].stops()), Noisy(where), where.start, 1000)
    (limit,) = found.limits
    assert limit == stability_limit(lane.rule, where, where.start)["minimum"]
    assert ((found.fates == Fate.DIVERGES) == (found.values > limit)).all()
    assert (found.fates[found.values < limit] == Fate.STAYS).all()


def test_a_momentum_too_small_for_its_rate_is_marked_where_theory_says():
    """Stable is ηλ < 2 + 2μ."""
    lane, where = bowl("momentum", lr=0.145)
    steepest = np.linalg.eigvalsh(where.hessian(np.zeros(2)))[-1]
    found = ruler(lane, "momentum", tuple(parameters(lane.rule)["momentum"].stops()), Noisy(where), where.start, 1000)
    assert found.limits == (pytest.approx(0.145 * steepest / 2 - 1, abs=1e-12),)
    assert 0.3 < found.limits[0] < 0.5
    assert ((found.fates != Fate.STAYS) == (found.values < found.limits[0])).all()


def test_a_rule_without_a_limit_has_none_and_neither_has_a_warm_up():
    lane, where = bowl("adam")
    assert ruler(lane, "lr", (0.1, 1.0), Noisy(where), where.start, 10).limits == ()
    assert ruler(bowl("momentum")[0], "warmup", (0, 10), Noisy(where), where.start, 10).limits == ()


def test_numbers_are_worked_out_once_for_all_who_have_the_same_lane(monkeypatch: pytest.MonkeyPatch):
    made: list[Any] = []
    make = message.made
    monkeypatch.setattr(message, "remembered", lru_cache(lambda *given: made.append(given) or make(*given)))
    link = {"surface": "bowl", "lanes": "2", "1.rule": "momentum"}
    ruler_of(link)
    ruler_of(link | {"lang": "ko", "1.look": "3", "2.rule": "adam", "speed": "2", "hide": "top"})
    ruler_of(link | {"1.lr": "0.5"})
    assert len(made) == 1
    ruler_of(link | {"1.momentum": "0.8"})
    assert len(made) == 2


def test_the_suggestion_is_the_pages_own_and_only_the_rate_has_one():
    link = {"surface": "bowl", "lanes": "1", "1.rule": "momentum", "1.lr": "0.5"}
    assert ruler_of(link)["suggested"] == flat_of({"surface": "bowl", "1.rule": "momentum"})["1.lr"]
    assert ruler_of(link, "1.momentum")["suggested"] is None


def test_a_sentence_says_what_is_to_be_seen():
    link = {"surface": "bowl", "lanes": "1"}
    assert ruler_of(link)["about"] == "Ends lowest at 0.09. From 0.112 on it diverges. Stability limit 0.1."
    assert ruler_of(link | {"lang": "ko"})["about"] == "0.09에서 가장 낮게 끝납니다. 0.112 이상에서는 발산합니다. 안정 한계는 0.1입니다."
    assert "noise" not in ruler_of(link)["words"]["help"]
    assert ruler_of(link | {"noise": "1"})["words"]["help"].endswith("Each run has the lane's own noise.")


def test_where_there_is_no_lowest_value_the_ruler_is_of_f():
    found = ruler_of({"surface": "saddle", "lanes": "1"})
    assert found["lowest"] is None
    assert found["words"]["fates"][0] == "ends at f = {value}"


@pytest.mark.parametrize("noise", ["0", "1e300"])
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_no_surface_and_no_noise_does_harm(surface: str, noise: str):
    for name in settings_of("adam"):
        found = ruler_of({"surface": surface, "lanes": "1", "1.rule": "adam", "noise": noise, "steps": "50"}, f"1.{name}")
        assert np.isfinite(found["loss"][np.array(found["fates"]) == Fate.STAYS]).all()


# The route.


def got(address: str) -> tuple[Any, bytes]:
    with urlopen(address) as answer:
        return answer.headers, answer.read()


def test_the_route_gives_what_the_message_says(server: str):
    link = RACE.write(flat_of({"lang": "ko", "surface": "bowl"}))
    headers, data = eventually(lambda: got(f"{server}/ruler/2.momentum?{urlencode(link)}"), lambda answer: answer[1] != b"")
    assert headers["Cache-Control"] == "no-store"
    assert data == rulers.packed("2.momentum", link)


@pytest.mark.parametrize("setting", ["5.lr", "0.lr", "1.eps", "1.momentum", "1.schedule", "1", "lr", ".", "1.lr.lr", "1.__class__"])
def test_what_has_no_such_slider_has_no_ruler(server: str, setting: str):
    with pytest.raises(HTTPError, match="404") as refused:
        eventually(lambda: got(f"{server}/ruler/{quote(setting)}?lanes=4"), lambda _answer: False)
    refused.value.close()


def asked(answered: Any) -> Any:
    """What `answered(request)` says to a request for a ruler, in an event loop of its own."""

    async def stay() -> Message:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    scope = {"type": "http", "path_params": {"setting": "1.lr"}, "query_string": b"surface=bowl&lanes=1", "headers": []}
    with ThreadPoolExecutor(1) as elsewhere:
        return elsewhere.submit(asyncio.run, answered(Request(scope, stay))).result()


def test_a_ruler_waits_for_nobody_and_a_lane_under_a_hand_comes_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "rested", 0.0)

    async def both(request: Request) -> tuple[int, int]:
        async with live.TURN.turn("192.0.2.1", 1):
            busy = (await rulers.answer(request)).status_code
        return busy, (await rulers.answer(request)).status_code

    assert asked(both) == (204, 200)


def test_a_ruler_that_waited_for_others_puts_no_lane_to_rest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(live, "rested", 0.0)
    monkeypatch.setattr(live, "timed", lambda *_given: (b"ruler", -10.0))  # ten seconds of waiting

    async def twice(request: Request) -> list[int]:
        return [(await rulers.answer(request)).status_code for _ in range(2)]

    assert asked(twice) == [200, 200]
    assert live.rested == 0.0


def test_a_slider_in_a_menu_has_no_ruler():
    flat = flat_of({"lanes": "1", "1.rule": "adam"})
    assert range_of(flat, 1, "eps") is None
    assert range_of(flat, 1, "warmup") is WARMUP

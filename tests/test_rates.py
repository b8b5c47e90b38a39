"""What a learning rate does: four rates that show what they are called, the good range, the range test, and the view of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from core.window import widened
from landscapes import LANDSCAPES
from links.race import RACE
from links.rates import four, four_race, rated, what_is_rated
from optimizers import OPTIMIZERS
from optimizers.gradient_descent import GradientDescent
from optimizers.momentum import Momentum
from optimizers.schedules.constant import Constant
from optimizers.schedules.cosine import Cosine
from player.messages.rates import rated_and_tested, said
from runs import run, stability_limit, suggested_rate, tolerance
from runs.rates import NAMES, Rates, Rising, range_test, rates_about
from tests.conftest import NewPage
from tests.explored import settings
from tests.race_page import eventually, go, idle
from tests.samples import one_in
from tests.test_player import unpacked

STEPS = 40


def sweep_of(surface: Any, rule: Any, steps: int = STEPS) -> Rates:
    return rates_about(rule, surface, surface.start, steps, Constant(), suggested_rate(rule, surface))


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(3, LANDSCAPES))
def test_each_of_the_four_does_what_its_name_says(name: str):
    surface = LANDSCAPES[name]()
    lowest, (low, high) = surface.lowest, np.transpose(widened(surface.domain))
    for rule in OPTIMIZERS.values():
        found = sweep_of(surface, rule())
        shown = {which: i for which in NAMES if (i := found.shown[which]) is not None}
        if "good" not in shown:
            assert shown == {}
            assert found.band is None
            continue
        assert list(shown.values()) == sorted(set(shown.values()))
        assert lowest is not None
        own = {which: (np.abs(found.loss[i] - lowest), found.points[i]) for which, i in shown.items()}
        arrival = int(found.since[shown["good"]])
        assert (own["good"][0][arrival:] <= found.level).all()
        level = float(tolerance(surface))
        assert found.level == level if found.arrives else level <= found.level < own["good"][0][0] / 2
        if "too low" in shown:
            assert own["too low"][0][arrival] ** 2 >= own["too low"][0][0] * found.level
            assert own["too low"][0][-1] <= own["too low"][0][0]
        if "high" in shown:
            gap, points = own["high"]
            assert found.since[shown["high"]] > 2 * arrival
            assert gap[-1] < gap[0]
            assert ((points >= low[:, None]) & (points <= high[:, None])).all()
            steps = np.diff(points)
            assert ((steps[:, 1:] * steps[:, :-1]).sum(axis=0) < 0).mean() >= 0.1
        if "too high" in shown:
            end, i = own["too high"][1][:, -1], shown["too high"]
            assert not found.stays[i] or found.loss[i, -1] > found.loss[i, 0]
            assert found.stays[i] or (np.abs(end) > 1e5).any() or not ((low <= end) & (end <= high)).all()
        first, last = found.band or (0, -1)
        assert first <= shown["good"] <= last
        assert (found.since[first : last + 1] <= 2 * max(arrival, 1)).all()


def test_the_runs_are_those_of_the_rates():
    surface, rule = LANDSCAPES["himmelblau"](), OPTIMIZERS["adam"]()
    found = sweep_of(surface, rule)
    for i in found.shown.values():
        if i is not None:
            alone = run(OPTIMIZERS["adam"](lr=float(found.rates[i])), surface, surface.start, STEPS)
            np.testing.assert_allclose(found.loss[i], alone.loss, rtol=1e-7)


@pytest.mark.parametrize("rule", [GradientDescent(), Momentum()])
def test_too_high_on_the_bowl_begins_at_the_stability_limit(rule: Any):
    bowl = LANDSCAPES["bowl"]()
    found = sweep_of(bowl, rule, 300)
    assert four(found)["too high"] == pytest.approx(stability_limit(rule, bowl, bowl.start)["minimum"], rel=0.01)


def test_gradient_descent_on_the_bowl_is_best_where_theory_has_it_and_the_good_range_ends_where_it_needs_twice_the_steps():
    """The rate of decay is −log max(|1 − η λ|): best at 2 / (λ₁ + λ₂), and half of that at both ends of the good range."""
    bowl = LANDSCAPES["bowl"]()
    least, most = np.linalg.eigvalsh(bowl.hessian(np.zeros(2)))
    found = sweep_of(bowl, GradientDescent(), 400)
    decay = lambda lr: -np.log(max(abs(1 - lr * least), abs(1 - lr * most)))  # noqa: E731
    best = 2 / (least + most)
    assert four(found)["good"] == pytest.approx(best, rel=0.1)
    assert found.band
    for i in found.band:
        assert decay(found.rates[i]) / decay(four(found)["good"]) == pytest.approx(0.5, abs=0.1)


# The range test.


def test_the_rate_of_a_range_test_rises_by_the_same_factor_from_one_rate_to_the_other():
    bowl = LANDSCAPES["bowl"]()
    test = range_test(GradientDescent(), bowl, bowl.start, 50, 1e-4, 1.0)
    np.testing.assert_allclose(test.rates, np.geomspace(1e-4, 1.0, 50))
    alone = run(GradientDescent(lr=1.0), bowl, bowl.start, 50, Rising(1e-4))
    np.testing.assert_array_equal(test.loss[: test.lowest], alone.loss[1 : (test.lowest or 0) + 1])
    assert test.lowest == np.nanargmin(test.loss)
    assert test.rates[test.lowest] > stability_limit(GradientDescent(), bowl, bowl.start)["minimum"]  # the rate has been too high for a while
    falls = np.diff(np.concatenate([alone.loss[:1], test.loss]))
    assert test.steepest == falls[: (test.lowest or 0) + 1].argmin()


def test_a_range_test_that_diverges_ends_there_and_one_that_never_falls_suggests_nothing():
    bowl = LANDSCAPES["bowl"]()
    test = range_test(GradientDescent(), bowl, bowl.start, 100, 1e-4, 1e6)
    gone = np.flatnonzero(np.isnan(test.loss))
    assert gone.size
    assert list(gone) == list(range(gone[0], 100))
    risen = range_test(GradientDescent(), bowl, bowl.start, 50, 10.0, 1e3)
    assert (risen.steepest, risen.lowest) == (None, None)


# The page.


@lru_cache
def found_of(link: str) -> Any:
    return rated(settings(link))


def test_what_is_said_is_what_was_found_and_the_race_has_these_rates():
    link = "1.rule=gradient_descent&1.lr=0.5&1.schedule=cosine&steps=150&noise=0.0&seed=3&x=1.5"
    flat, (sweep, test) = settings(link), found_of(link)
    lines = said(flat, sweep)
    for name, rate in four(sweep).items():
        assert any(line.lower().startswith(f"{name}, η {rate:.4g}") for line in lines)
    assert sum(line.startswith("None is") for line in lines) == 4 - len(four(sweep))
    assert f": {sweep.decades:.2g} decades" in lines[-1]
    race = RACE.read(four_race(flat, sweep, "en"), "en")[0]
    rates = [race[f"{i}.lr"] for i in range(1, race["lanes"] + 1)]
    assert rates == list(four(sweep).values())
    assert {race[f"{i}.{key}"] for i in range(1, len(rates) + 1) for key in ("rule", "schedule")} == {"gradient_descent", "cosine"}
    assert (race["x"], race["steps"]) == (1.5, 150)
    good = four(sweep)["good"]
    alone = run(GradientDescent(lr=good), LANDSCAPES["bowl"](), (1.5, -0.4), 150, Cosine())
    assert f"there after {(np.flatnonzero(alone.loss > sweep.level)[-1]) + 1} steps" in " ".join(lines)
    assert unpacked(rated_and_tested(flat, found_of(link)))["rates"]["test"]["lowest"] == test.lowest


@pytest.mark.parametrize(("link", "sentence"), [("surface=saddle", "This surface has no minimum"), ("x=100", "None is good")])
def test_where_no_rate_is_good_the_page_says_so(link: str, sentence: str):
    flat = settings(link)
    assert [line.startswith(sentence) for line in said(flat, found_of(link).sweep)] == [True]
    assert RACE.read(four_race(flat, found_of(link).sweep, "en"), "en")[0]["lanes"] == 1


def test_the_sweep_hangs_on_neither_the_pages_own_rate_nor_on_axes():
    assert what_is_rated(settings("1.lr=0.3&ax.low=0.2&ay=1.warmup")) == what_is_rated(settings("view=rates"))
    assert what_is_rated(settings("1.momentum=0.3")) != what_is_rated(settings(""))


def test_a_click_on_a_rate_shows_its_run_and_keeps_it_and_the_race_has_the_four(open_page: NewPage):
    page: Page = open_page()
    go(page, "/explore?view=rates&1.rule=gradient_descent")
    lines = page.locator(".dl-rates-said li")
    expect(lines.first).to_contain_text("Too low")
    idle(page)
    box = page.locator(".dl-rate-sweep").bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.5 * box["height"])
    kept = float(eventually(lambda: page.evaluate("new URLSearchParams(location.search).get('1.lr')")))
    sweep = found_of("1.rule=gradient_descent").sweep
    assert kept in sweep.rates
    names = """async () => {
        const { href } = document.querySelector("link[href*='/player/style/']");
        const { stage } = await import(href.replace(/style.*/, "stage/store.js"));
        return [...stage.lanes.values()].map(({ title }) => title); }"""
    eventually(lambda: page.evaluate(names), lambda titles: f"η {kept:.3g}" in titles and {*four(sweep)} <= {*titles})
    page.locator(".dl-rates-race").click()
    expect(page.locator(".dl-title")).to_have_count(len(four(sweep)))
    assert re.search(f"2.lr={four(sweep)['good']}", page.url)

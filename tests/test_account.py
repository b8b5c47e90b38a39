"""What is said of a run that is over: what happened, why, and a change that was run and does better."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pytest

from landscapes import LANDSCAPES
from links.entries import lane_of, settings_of
from links.race import RACE
from locales import speaking
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from optimizers.schedules.constant import Constant
from optimizers.schedules.warmup import Warmup
from player import messages
from runs import Noisy, run, verdict
from runs.account import Account, account
from runs.race import Lane, MANY
from tests.race_page import flat_of, race_of

BOWL = "surface=bowl&surface.angle=0&lanes=1&1.rule=gradient_descent"
CASES = [
    ("arrived", "reached", "surface=two_wells&lanes=1&1.rule=adam&1.lr=0.5"),
    ("zigzag", "reached", f"{BOWL}&surface.kappa=50&x=-1.8&y=0.4&steps=500&1.lr=0.039"),
    ("crept", "under way", f"{BOWL}&1.lr=1e-5"),
    ("crept", "reached", f"{BOWL}&surface.kappa=5&steps=1000&1.lr=0.01"),
    ("ravine", "under way", "surface=rosenbrock&lanes=1&1.rule=gradient_descent&1.lr=0.001"),
    ("plateau", "under way", "surface=plateau&steps=300&lanes=1&1.rule=gradient_descent&1.lr=0.1"),
    ("stalled", "under way", "surface=rosenbrock&steps=1000&lanes=1&1.rule=adagrad&1.lr=0.1"),
    ("short", "under way", f"{BOWL}&surface.kappa=5&steps=1000&1.lr=0.01&1.schedule=exponential"),
    ("short", "stands still", f"{BOWL}&surface.kappa=5&steps=1000&1.lr=0.01&1.schedule=step&1.schedule.every=10&1.schedule.factor=0.5"),
    ("falling", "under way", "surface=two_wells&steps=1000&lanes=1&1.rule=adagrad&1.lr=0.01"),
    ("downhill", "left the map", "surface=saddle&x=-1.6&y=0.1&lanes=1&1.rule=gradient_descent&1.lr=0.05&steps=60"),
    ("downhill", "diverged", "surface=custom&surface.text=x^3&x=-1&y=0&lanes=1&1.rule=gradient_descent&1.lr=0.3"),
    ("too large", "diverged", f"{BOWL}&1.lr=1"),
    ("too large", "diverged", "surface=three_hump_camel&lanes=1&1.rule=gradient_descent&1.lr=0.355"),
    ("trapped", "local minimum", "surface=two_wells&x=1.7&y=0&steps=300&lanes=1&1.rule=gradient_descent&1.lr=0.02"),
    ("ridge", "saddle", "surface=saddle&x=-1.6&y=0&lanes=1&1.rule=gradient_descent&1.lr=0.05"),
    ("edge", "restless, local", "surface=two_wells&steps=1000&lanes=1&1.rule=gradient_descent&1.lr=0.1"),
    ("hopping", "restless", "surface=bowl&surface.angle=0&steps=500&lanes=1&1.rule=rmsprop&1.lr=0.1&1.decay=0.9"),
    ("noise", "restless", f"{BOWL}&surface.kappa=1&noise=0.3&1.lr=0.1"),
    ("noise", "under way", f"{BOWL}&surface.kappa=1&noise=0.3&1.lr=1.25"),
    ("decay", "weight decay", "surface=himmelblau&lanes=1&1.rule=adamw&1.lr=0.355"),
    ("nothing", "at rest", "surface=custom&surface.text=0*x&lanes=1&1.rule=gradient_descent"),
]
SUGGESTING = {"crept", "ravine", "plateau", "stalled", "short", "falling", "too large", "trapped", "edge", "hopping", "noise", "decay"}


def told(link: str) -> Account:
    race = race_of(dict(parse_qsl(link)))
    return account(race.lanes[0], race.descended(race.lanes[0]), race.start, race.steps)


@pytest.mark.parametrize(("cause", "kind", "link"), CASES)
def test_a_run_says_how_it_ended_and_why(cause: str, kind: str, link: str):
    its = told(link)
    assert (its.cause, its.verdict.kind) == (cause, kind)
    if cause in SUGGESTING:
        assert its.suggestion is not None


@pytest.mark.parametrize("link", [link for _cause, _kind, link in CASES])
def test_what_is_suggested_does_better_by_the_measure_that_it_names(link: str):
    """Run once more, here."""
    suggestion = told(link).suggestion
    race = race_of(dict(parse_qsl(link)))
    if suggestion is None:
        return
    measured = [measure(lane, race.descended(lane), race.start, race.steps, suggestion.measure) for lane in (race.lanes[0], suggestion.lane)]
    assert measured[1] == pytest.approx(suggestion.after, rel=1e-9)
    if suggestion.before is not None:
        assert measured[0] == pytest.approx(suggestion.before, rel=1e-9)
    assert measured[1] < measured[0]


def measure(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int, name: str) -> float:
    lowest: Any = surface.lowest
    if name == "mean":
        starts = np.repeat(np.array(start)[:, None], MANY, axis=1)
        loss = run(lane.rule, Noisy(surface.surface, surface.sigma, surface.seed, MANY), starts, steps, lane.schedule).loss
        return float(loss[-(steps // 4) :].mean() - lowest)
    trajectory = run(lane.rule, surface, start, steps, lane.schedule)
    if name == "gap":
        return np.inf if trajectory.ended else float(trajectory.loss[-1] - lowest)
    end = verdict(trajectory, surface, lane.rule)
    return float(end.step) if end.kind == "reached" else np.inf


@pytest.mark.parametrize("surface", ["two_wells", "himmelblau", "rosenbrock"])
@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_no_rule_is_given_a_change_that_does_not_help(name: str, surface: str):
    ground = LANDSCAPES[surface]()
    noisy = Noisy(ground)
    its = account(Lane(OPTIMIZERS[name](), Constant()), noisy, ground.start, 100)
    assert its.cause != "nothing" or its.verdict.kind != "under way"
    if its.suggestion and its.suggestion.before is not None:
        assert its.suggestion.after < its.suggestion.before


def test_a_zigzag_is_counted_and_its_rate_is_set_beside_the_limit():
    """On ½(x² + 50y²) at η = 0.039 the factor of y is 1 − 1.95: its sign changes at every step; momentum saves steps."""
    its = told(CASES[1][2])
    assert its.numbers["zigzag"] == (40, 40, 0, "y")
    assert (its.numbers["strain"].product, its.numbers["strain"].edge) == (pytest.approx(1.95), pytest.approx(2.0))
    assert its.suggestion is not None
    assert (type(its.suggestion.lane.rule).__name__, its.suggestion.lane.rule.lr) == ("Momentum", 0.01)
    assert (its.suggestion.before, its.suggestion.after) == (159, 128)


def test_momentum_and_a_small_rate_do_not_zigzag():
    for rule in ("1.rule=momentum&1.lr=0.01", "1.rule=gradient_descent&1.lr=0.01"):
        its = told(f"surface=bowl&surface.kappa=50&surface.angle=0&x=-1.8&y=0.4&steps=500&lanes=1&{rule}")
        assert its.cause != "zigzag"


def test_the_sum_of_the_rates_is_that_of_the_schedule():
    """0.99ᵏ over 1000 steps adds up to (1 − 0.99¹⁰⁰⁰) / 0.01 times the peak."""
    numbers = told(CASES[7][2]).numbers
    assert numbers["whole"] == pytest.approx(10.0)
    assert numbers["sum"] == pytest.approx(0.01 * (1 - 0.99**1000) / 0.01)


def test_the_prediction_under_noise_is_that_of_theory():
    """Two coordinates of ασ²/(λ(2 − αλ)), each times λ/2."""
    numbers = told(CASES[-4][2]).numbers
    assert numbers["excess"] == pytest.approx(0.1 * 0.09 / (2 - 0.1))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("link", [link for _cause, _kind, link in CASES])
def test_every_account_has_its_words(link: str, language: str):
    with speaking(language):
        message = messages.account(race_of(dict(parse_qsl(link))), 1)
    text = " ".join([message["badge"], *message["said"], message["suggestion"]["text"] if message["suggestion"] else ""])
    assert message["badge"]
    assert "{" not in text
    assert "nan" not in text
    assert "–" not in text


def test_a_suggestion_in_a_link_is_the_lane_that_was_run():
    link = dict(parse_qsl(CASES[1][2]))
    suggestion = told(CASES[1][2]).suggestion
    message = messages.account(race_of(link), 1)["suggestion"]
    assert suggestion is not None
    tried = {key: value for key, value in link.items() if not key.startswith("1.")} | message["link"]
    assert race_of(tried).lanes[0] == suggestion.lane
    assert RACE.read(tried, "en")[1] == []


@pytest.mark.parametrize("schedule", [Constant(), Warmup(20, SCHEDULES["step"](every=30, factor=0.25))])
def test_a_lane_is_written_as_it_is_read(schedule: Any):
    lane = Lane(OPTIMIZERS["adam"](lr=0.2, beta1=0.5), schedule)
    flat = flat_of({f"1.{key}": value for key, value in settings_of(lane).items()} | {"lanes": 1})
    assert lane_of(flat, 1) == lane

"""Noise and many runs, as the page sends them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from landscapes import LANDSCAPES
from links.display import display_of
from links.entries import race_of
from links.race import RACE
from optimizers import OPTIMIZERS
from player import messages
from runs import Noisy, predicted_spread, run
from runs.race import MANY
from tests.app_page import flat_of, lane_of, opened, ran
from tests.test_player import unpacked


def caption(page: AppTest) -> str:
    (bar,) = [part.proto for part in page.get("bidi_component") if "transport" in part.proto.component_name]
    return json.loads(bar.json)["note"]


def test_noise_and_its_seed_are_in_the_link_and_every_lane_has_the_same():
    page = opened(noise="0.7", seed="3", **{"2.rule": "gradient_descent"})
    one, twin = lane_of(page, 1), lane_of(page, 2)
    np.testing.assert_array_equal(one["path"], twin["path"])
    expected = run(OPTIMIZERS["gradient_descent"](lr=flat_of(page)["1.lr"]), Noisy(LANDSCAPES["two_wells"](), 0.7, 3), (1.7, 1.0), 200)
    np.testing.assert_array_equal(one["loss"], expected.loss)
    np.testing.assert_array_equal(one["path"], expected.path.T.astype(np.float32))
    assert "σ = 0.7, seed 3" in caption(page)
    assert one["many"] is None


def test_the_suggested_rates_and_the_map_know_nothing_of_noise():
    quiet, noisy = opened(), opened(noise="2", seed="1")
    assert {key: value for key, value in flat_of(noisy).items() if key not in ("noise", "seed")} == {
        key: value for key, value in flat_of(quiet).items() if key not in ("noise", "seed")
    }
    stages = [[part.proto.bytes for part in page.get("bidi_component") if "stage" in part.proto.component_name] for page in (quiet, noisy)]
    assert [sorted(unpacked(sent)) for sent in stages[0]] == [["rules"], ["inspected", "lanes", "language", "settings", "words"], ["surface"]]
    assert stages[0][2] == stages[1][2]
    assert "σ" not in caption(quiet)


def test_noise_is_set_on_the_page_and_stays_with_another_surface():
    page = opened()
    assert page.toggle(key="many").disabled
    page.select_slider(key="noise").set_value(0.5)
    page.number_input(key="seed").set_value(8)
    ran(page)
    page.toggle(key="many").set_value(True)
    page.selectbox(key="surface").set_value("bowl")
    flat = flat_of(ran(page))
    assert (flat["noise"], flat["seed"], flat["many"]) == (0.5, 8, 1)
    assert {key: page.query_params[key] for key in ("noise", "seed", "many")} == {"noise": "0.5", "seed": "8", "many": "1"}
    assert lane_of(page, 1)["many"]["count"] == MANY


def test_many_runs_are_sent_with_their_mean_their_band_and_what_theory_predicts():
    page = opened(surface="bowl", noise="1", many="1", seed="4", steps="300")
    many = lane_of(page, 1)["many"]
    rule, bowl = OPTIMIZERS["gradient_descent"](lr=flat_of(page)["1.lr"]), LANDSCAPES["bowl"]()
    start = np.repeat(np.array([bowl.start]).T, MANY, axis=1)
    expected = run(rule, Noisy(bowl, 1.0, 4, MANY), start, 300)
    points = np.reshape(many["points"], (2, 301, MANY))
    np.testing.assert_array_equal(points, expected.path.swapaxes(0, 1).astype(np.float32))
    np.testing.assert_allclose(many["loss"]["mean"], expected.loss.mean(axis=1), rtol=1e-12)
    for name, row in (("low", 3), ("high", 26)):
        np.testing.assert_array_equal(many["loss"][name], np.sort(expected.loss, axis=1)[:, row])
    spread = predicted_spread(rule, bowl, 1.0)
    assert spread is not None
    assert many["predicted"]["loss"] == pytest.approx(spread.excess)
    axes = np.array(many["predicted"]["axes"]) / 2
    np.testing.assert_allclose(axes.T @ axes, spread.covariance, rtol=1e-12)
    assert lane_of(page, 2)["many"]["predicted"]
    assert lane_of(page, 4)["many"]["predicted"] is None


@pytest.mark.parametrize("change", [{"1.schedule": "cosine"}, {"1.warmup": "20"}, {"1.lr": "1"}], ids=str)
def test_nothing_is_predicted_for_a_rate_that_moves_or_is_too_large(change: dict[str, str]):
    assert lane_of(opened(surface="bowl", noise="1", many="1", lanes="1", **change), 1)["many"]["predicted"] is None


def test_many_runs_without_noise_would_be_one():
    assert lane_of(opened(many="1"), 1)["many"] is None


def test_the_mean_of_runs_of_which_some_diverge_is_not_finite():
    many = lane_of(opened(surface="rosenbrock", noise="100", many="1", lanes="1", **{"1.lr": "0.0025"}), 1)["many"]
    mean, low, high = (np.array(many["loss"][name]) for name in ("mean", "low", "high"))
    assert np.isfinite(mean[0])
    assert (mean[-1], high[-1]) == (np.inf, np.inf), "eleven of thirty"
    assert np.isfinite(low).all()
    assert (low <= high).all()


EXTREME = ["1e300", "1e-300", "1e9"]


@pytest.mark.parametrize("noise", EXTREME)
def test_extreme_noise_does_no_harm_to_the_page(noise: str):
    opened(noise=noise, many="1")


@pytest.mark.slow
@pytest.mark.parametrize("noise", EXTREME)
@pytest.mark.parametrize("surface", LANDSCAPES)
def test_extreme_noise_does_no_harm_to_what_is_sent(surface: str, noise: str):
    flat, complaints = RACE.read({"surface": surface, "noise": noise, "many": "1", "steps": "30"}, "en")
    assert (flat["noise"], complaints) == (float(noise), [])
    race, display = race_of(flat), display_of(flat)
    for i in range(1, 5):
        assert unpacked(messages.lane(race, i, display))["lane"]["many"]["points"].shape == (2, 31 * MANY)
    assert messages.transport(race, display)
    assert messages.surface(race, display)

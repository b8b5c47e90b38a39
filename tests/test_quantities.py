"""What the charts show besides the loss: the distance to a minimum, and what goes on inside a rule."""

from __future__ import annotations

import numpy as np
import pytest

from landscapes import LANDSCAPES
from links import quantities
from links.display import display_of
from links.entries import race_of
from links.race import RACE
from optimizers import OPTIMIZERS
from player import messages
from runs import distance, inner, run, sizes
from tests.test_player import unpacked


def test_the_distance_is_that_to_the_nearest_minimum():
    surface = LANDSCAPES["himmelblau"]()
    trajectory = run(OPTIMIZERS["adam"](), surface, (0.0, 0.0), 60)
    away = distance(trajectory, surface)
    each = [np.hypot(*(trajectory.path - minimum).T) for minimum in surface.minima().T]
    assert away is not None
    np.testing.assert_array_equal(away, np.min(each, axis=0))
    starts = np.array([[0.0, 1.0, 2.0], [0.0, -1.0, 2.0]])
    batch = distance(run(OPTIMIZERS["adam"](), surface, starts, 60), surface)
    assert batch is not None
    assert batch.shape == (61, 3)
    np.testing.assert_allclose(batch[:, 0], away, rtol=1e-9)


def test_without_a_minimum_there_is_no_distance():
    surface = LANDSCAPES["saddle"]()
    assert distance(run(OPTIMIZERS["adam"](), surface, (1.0, 0.5), 5), surface) is None


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_inner_state_has_a_size_and_a_name_in_the_menu(name: str):
    rule = OPTIMIZERS[name]()
    trajectory = run(rule, LANDSCAPES["two_wells"](), (1.7, 1.0), 20)
    found = sizes(rule, trajectory)
    assert set(found) == set(inner(rule)) == set(trajectory.states) - {"g", *rule.marks}
    for state, size in found.items():
        assert size.shape == (20,)
        assert (size >= 0).all()
        assert quantities.INNER + state in quantities.QUANTITIES


def test_a_number_that_both_coordinates_share_counts_once():
    rule = OPTIMIZERS["nadam"]()
    trajectory = run(rule, LANDSCAPES["bowl"](), (1.0, 1.0), 5)
    assert inner(rule)["mu"] == ()
    np.testing.assert_array_equal(sizes(rule, trajectory)["mu"], trajectory.states["mu"][:, 0])
    np.testing.assert_allclose(sizes(rule, trajectory)["v"], np.hypot(*trajectory.states["v"].T))


def lane_of(i: int, **link: str) -> dict:
    flat, complaints = RACE.read({key.replace("__", "."): value for key, value in link.items()}, "en")
    assert complaints == []
    return unpacked(messages.lane(race_of(flat), i, display_of(flat)))["lane"]


def test_a_lane_is_sent_what_the_charts_show_and_no_more():
    assert lane_of(4)["further"] == {}
    shown = lane_of(4, curve__left="inner.v_hat", curve__right="distance")
    assert set(shown["further"]) == {"inner.v_hat", "distance"}
    race = race_of(RACE.read({}, "en")[0])
    trajectory = run(race.lanes[3].rule, race.surface, race.start, race.steps, race.lanes[3].schedule)
    np.testing.assert_allclose(10 ** shown["further"]["inner.v_hat"].astype(float), sizes(race.lanes[3].rule, trajectory)["v_hat"], rtol=1e-6)
    away = distance(trajectory, race.surface)
    assert away is not None
    np.testing.assert_allclose(10 ** shown["further"]["distance"].astype(float), away, rtol=1e-5)
    assert lane_of(1, curve__left="inner.v_hat")["further"] == {}, "gradient descent has no such thing"
    assert lane_of(1, surface="saddle", curve__left="distance")["further"] == {}

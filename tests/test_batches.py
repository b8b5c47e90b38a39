"""Batches are right: every example once an epoch, each step reproducible alone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import InputError
from problems.batches import Batches


def test_an_epoch_has_every_example_once():
    batches = Batches(100, 20, seed=3)
    assert batches.per_epoch == 5
    for first in (1, 6, 51):
        assert sorted(np.concatenate([batches.of(t) for t in range(first, first + 5)])) == list(range(100))


def test_the_last_batch_of_an_epoch_has_what_is_left():
    batches = Batches(10, 4)
    assert [len(batches.of(t)) for t in range(1, 7)] == [4, 4, 2, 4, 4, 2]
    assert [batches.seen(t) for t in range(7)] == [0, 4, 8, 10, 14, 18, 20]
    assert sorted(np.concatenate([batches.of(t) for t in (4, 5, 6)])) == list(range(10))


def test_epochs_runs_and_seeds_are_shuffled_differently():
    orders = [Batches(100, 100 - 1, seed, run).of(t).tolist() for seed, run, t in [(0, 0, 1), (0, 0, 3), (0, 1, 1), (1, 0, 1)]]
    assert len({tuple(order) for order in orders}) == 4


@pytest.mark.parametrize("anew", [False, True])
def test_a_step_is_the_same_whatever_was_asked_before(anew: bool):
    asked = [Batches(50, 8, 5, anew=anew).of(t) for t in range(1, 30)]
    assert np.array_equal(Batches(50, 8, 5, anew=anew).of(17), asked[16])


def test_what_is_drawn_anew_has_no_example_twice_and_each_as_often_in_the_long_run():
    batches = Batches(20, 5, anew=True)
    drawn = [batches.of(t) for t in range(1, 2001)]
    assert all(len(set(batch)) == 5 for batch in drawn)
    counts = np.bincount(np.concatenate(drawn), minlength=20)
    assert np.abs(counts - 500).max() < 5 * np.sqrt(2000 * 0.25 * 0.75)
    assert batches.seen(7) == 35


@pytest.mark.parametrize("size", [7, 8, 1000])
def test_a_batch_of_all_is_all_in_their_own_order(size: int):
    batches = Batches(7, size)
    assert batches.of(5).tolist() == list(range(7))
    assert batches.seen(3) == 21


@pytest.mark.parametrize("wrong", [{"size": 0}, {"size": 2.5}, {"examples": 0}, {"seed": -1}])
def test_a_number_without_meaning_is_refused(wrong: dict[str, Any]):
    given: dict[str, Any] = {"examples": 10, "size": 2} | wrong
    with pytest.raises(InputError, match="allowed"):
        Batches(**given)

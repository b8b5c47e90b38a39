"""The loop that trains: the same path as a run's, in slices or at once, with curves at a hundred places; and how well the lecture's rules do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import InputError
from links.train import GOOD, RULES
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from problems.batches import Batches
from problems.networks import Perceptron, start
from problems.networks.digits import digits
from runs import run
from runs.epochs import PerEpoch
from runs.training import CURVES, KEPT, Progress, Training
from tests.samples import one_in

Adam, GradientDescent = OPTIMIZERS["adam"], OPTIMIZERS["gradient_descent"]


def network(hidden: tuple[int, ...] = (32,), size: int = 32, seed: int = 0) -> Perceptron:
    return Perceptron(digits().training, hidden, batches=Batches(examples=1137, size=size, seed=seed))


def training(rule: str = "adam", lr: float = 0.01, steps: int = 120, seed: int = 0, **more: Any) -> Training:
    net = network(seed=seed)
    return Training(OPTIMIZERS[rule](lr=lr), net, digits().test, start(net, seed=seed), steps, **more)


def same(one: Progress, other: Progress) -> bool:
    """Whether two are alike in all but the time they took."""
    return one.step == other.step and (one.p == other.p).all() and (one.curves[:4] == other.curves[:4]).all()


def test_its_path_is_that_of_a_run():
    own = training(schedule=SCHEDULES["cosine"](), steps=40, keeps_path=True)
    found, wanted = own.run(), run(own.optimizer, own.network, own.start, 40, SCHEDULES["cosine"]())
    np.testing.assert_allclose(found.p, wanted.path[-1], rtol=1e-12, atol=1e-15)
    np.testing.assert_array_equal(found.path, wanted.path[own.marks].astype(np.float32))
    np.testing.assert_allclose(found.curves[0], wanted.loss[own.marks], rtol=1e-12)


def test_slices_make_the_same_training_as_all_at_once():
    own = training()
    progress, slices = own.begin(), 0
    while not own.done(progress):
        progress, slices = own.advance(progress, 0.0), slices + 1
    assert slices > 10
    assert same(progress, own.run())


def test_curves_are_measured_at_a_hundred_places_at_most_the_first_and_the_last_among_them():
    for steps in (1, 50, 99, 100, 2500):
        marks = training(steps=steps).marks
        assert (marks[0], marks[-1]) == (0, steps)
        assert len(marks) == min(KEPT, steps + 1)
    own = training(steps=60, keeps_path=True)
    found = own.run()
    assert found.curves.shape == (len(CURVES), 61)
    assert found.path.shape == (61, 2410)
    wrong = own.network.logits(found.p, digits().test.inputs).argmax(axis=1) != digits().test.labels
    assert found.curves[3, -1] == 1 - wrong.mean()
    assert found.curves[1, -1] == pytest.approx(float(own.network.loss(found.p, digits().test)))
    assert (np.diff(found.curves[4]) >= 0).all()


def test_a_training_that_diverges_names_the_step():
    own = training("gradient_descent", lr=1e6, steps=50)
    found = own.run()
    assert 1 <= found.stopped_at < 50
    assert found.step == found.stopped_at == run(own.optimizer, own.network, own.start, 50).stopped_at
    assert own.done(found)
    assert same(own.advance(found), found)


def test_a_rule_for_two_coordinates_is_refused_with_its_sentence():
    with pytest.raises(InputError, match="Newton is written for 2 coordinates, and Perceptron has 2410"):
        training("newton", 1.0)


@pytest.mark.parametrize("name", [name for name, cls in OPTIMIZERS.items() if cls.coordinates is None and name != "bfgs"])
def test_every_rule_trains(name: str):
    net = network(size=1137 if name == "rprop" else 32)  # Rprop takes a batch's signs for those of the whole, and goes astray on small ones
    own = Training(OPTIMIZERS[name](lr=1e-3 if name == "rprop" else GOOD[name]), net, digits().test, start(net), 300)
    before, after = own.run().curves[0, [0, -1]]
    assert after < 0.5 * before


def test_a_schedule_may_count_epochs():
    step = SCHEDULES["step"](every=2, factor=0.5)
    k = np.arange(10)
    assert PerEpoch(step, 3)(k, 10).tolist() == [1, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]
    cosine = SCHEDULES["cosine"]()
    np.testing.assert_allclose(PerEpoch(cosine, 3)(k, 10), cosine(k // 3, 4))


ISSUED = dict(zip(RULES, (0.986, 0.984, 0.984, 0.989, 0.987, 0.988, 0.988), strict=True))  # issue 13's, with PyTorch's or NumPy's numbers


@pytest.mark.slow
@pytest.mark.parametrize("rule", one_in(3, RULES))
def test_the_lectures_rules_learn_the_digits(rule: str):
    """64-32-10, ReLU, batches of 32, 2 500 steps, the mean of three seeds; 360 digits leave ± .006 to chance."""
    shares = [training(rule, GOOD[rule], 2500, seed).run().curves[3, -1] for seed in range(3)]
    assert np.mean(shares) == pytest.approx(ISSUED[rule], abs=0.012)

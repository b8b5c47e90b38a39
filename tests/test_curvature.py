"""Planes through the loss of a network, its directions, and its curvature."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from core import Array, InputError
from landscapes import LANDSCAPES, Objective
from optimizers import OPTIMIZERS
from problems.directions import filter_normalised, principal
from problems.networks import Perceptron, start
from problems.networks.digits import digits
from problems.plane import Frame, Plane
from problems.spectrum import spectrum
from runs import run

NET = Perceptron(digits().training.of(np.arange(200)), hidden=(12,), activation="tanh")
START = start(NET, seed=3)


@dataclass(frozen=True, eq=False)
class Quadratic(Objective):
    """½ pᵀHp."""

    matrix: Array

    @property
    def coordinates(self) -> int:
        return len(self.matrix)

    def value(self, p: Array) -> Array:
        return 0.5 * (p * (self.matrix @ p)).sum(axis=0)

    def gradient(self, p: Array) -> Array:
        return self.matrix @ p


def turned(values: Array, seed: int = 0) -> Quadratic:
    """A quadratic with these eigenvalues, in directions of no order."""
    q, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((len(values), len(values))))
    return Quadratic(q @ np.diag(values) @ q.T)


# Planes


def test_a_plane_through_a_surface_is_the_surface_shifted_and_turned():
    surface = LANDSCAPES["himmelblau"]()
    u, v = np.array([0.6, 0.8]), np.array([-1.6, 1.2])
    plane = Plane(surface, Frame(np.array([1.0, -2.0]), np.array([u, v])), ((-3.0, 3.0), (-2.0, 2.0)))
    p = np.random.default_rng(0).uniform(-1, 1, (2, 4, 3))
    q = np.array([1.0, -2.0])[:, None, None] + u[:, None, None] * p[0] + v[:, None, None] * p[1]
    np.testing.assert_allclose(plane.value(p), surface.value(q), rtol=1e-12)
    turn = np.array([u, v])
    np.testing.assert_allclose(plane.gradient(p), np.einsum("ij,jab->iab", turn, surface.gradient(q)), rtol=1e-12)
    np.testing.assert_allclose(plane.hessian(p), np.einsum("ij,jkab,lk->ilab", turn, surface.hessian(q), turn), rtol=1e-6, atol=1e-6)
    np.testing.assert_allclose(plane.frame.projected(plane.frame.lifted(p)), p, atol=1e-12)
    assert plane.domain == ((-3.0, 3.0), (-2.0, 2.0))


def test_a_rule_runs_on_a_plane_through_a_network():
    plane = Plane(NET, Frame(START, filter_normalised(NET, START)))
    path = run(OPTIMIZERS["gradient_descent"](lr=0.1), plane, (0.5, -0.5), 60)
    assert float(path.loss[-1]) < float(path.loss[0])
    assert plane.value(np.zeros(2)) == pytest.approx(float(NET.value(START)))
    np.testing.assert_allclose(path.loss, NET.value(plane.frame.lifted(path.path.T)), rtol=1e-12)


def test_a_plane_of_another_size_is_refused():
    with pytest.raises(InputError, match=r"shape \(910,\) and the directions \(2, 3\): allowed are \(P,\) and \(2, P\)"):
        Frame(START, np.ones((2, 3)))
    with pytest.raises(InputError, match="one of 3 coordinates, and the objective has 910"):
        Plane(NET, Frame(np.ones(3), np.ones((2, 3))))


# Directions


def test_each_neuron_of_a_random_direction_is_as_long_as_its_own_weights_and_biases_stay():
    p = start(NET, seed=1)
    p[NET.places[0]] *= 10
    directions = filter_normalised(NET, p, seed=4)
    for shape, place in zip(NET.blocks, NET.places, strict=True):
        for direction in directions:
            if len(shape) == 1:
                assert not direction[place].any()
            else:
                rows, own = direction[place].reshape(shape), p[place].reshape(shape)
                np.testing.assert_allclose(np.linalg.norm(rows, axis=1), np.linalg.norm(own, axis=1), rtol=1e-12)
    np.testing.assert_array_equal(directions, filter_normalised(NET, p, seed=4))
    assert (directions[:, NET.places[0]] != filter_normalised(NET, p, seed=5)[:, NET.places[0]]).all()


def test_the_same_function_with_other_weights_has_the_same_picture():
    """Rectifiers: the first layer times ten and the second over ten is the same network."""
    net = Perceptron(NET.examples, hidden=(12,))
    p = start(net, seed=1)
    q = p.copy()
    q[net.places[0]] *= 10
    q[net.places[2]] /= 10
    points = np.random.default_rng(0).uniform(-1, 1, (2, 20))
    one, other = (Plane(net, Frame(at, filter_normalised(net, at))).value(points) for at in (p, q))
    np.testing.assert_allclose(one, other, rtol=1e-10)


def test_the_plane_of_a_path_that_lies_in_one_has_all_of_its_variance():
    rng = np.random.default_rng(2)
    u, v = np.linalg.qr(rng.standard_normal((50, 2)))[0].T
    path = rng.standard_normal(50) + np.outer(np.linspace(3, 0, 20), u) + np.outer(np.sin(np.linspace(0, 3, 20)), v)
    found = principal(path)
    assert found.shares.sum() == pytest.approx(1)
    assert found.shares[0] > found.shares[1]
    np.testing.assert_allclose(found.directions @ found.directions.T, np.eye(2), atol=1e-12)
    frame = Frame(path[-1], found.directions)
    np.testing.assert_allclose(frame.lifted(frame.projected(path.T)), path.T, atol=1e-10)


def test_what_a_plane_leaves_out_is_what_its_loss_lacks():
    """The start of a training, put onto the plane that its path goes along most, has another loss than the start itself."""
    path = run(OPTIMIZERS["adam"](lr=0.01), NET, START, 100).path
    found = principal(path)
    assert 0.5 < found.shares.sum() < 0.999
    plane = Plane(NET, Frame(path[-1], found.directions))
    true, shown = NET.value(path.T), plane.value(plane.frame.projected(path.T))
    assert shown[-1] == pytest.approx(true[-1])
    assert np.abs(shown - true).max() > 0.01 * true[0]


def test_a_path_of_two_points_has_no_plane():
    with pytest.raises(InputError, match="2 points has no plane"):
        principal(np.ones((2, 9)))
    assert principal(np.ones((4, 9))).shares.sum() == 0


# Curvature


def test_the_ends_of_the_spectrum_are_the_hessians():
    values = np.concatenate([[-3.0], np.linspace(-1, 5, 78), [20.0]])
    found = spectrum(turned(values), np.ones(80), steps=40)
    assert found.values[[0, -1]] == pytest.approx([-3, 20], rel=1e-6)
    assert found.weights.sum() == pytest.approx(1)


def test_all_of_few_eigenvalues_are_found():
    values = np.array([-2.0, 0.5, 1.0, 7.0])
    found = spectrum(turned(values), np.zeros(4))
    np.testing.assert_allclose(found.values, values, rtol=1e-7)


def test_a_preconditioner_is_a_change_of_scale():
    quadratic, scale = turned(np.linspace(0.1, 9, 30)), np.random.default_rng(1).uniform(0.5, 2, 30)
    found = spectrum(quadratic, np.ones(30), steps=30, scale=scale)
    np.testing.assert_allclose(found.values[-1], np.linalg.eigvalsh(scale[:, None] * quadratic.matrix * scale)[-1], rtol=1e-6)


def test_the_share_of_negative_eigenvalues_is_found_in_the_mean():
    values = np.concatenate([np.linspace(-4, -1, 60), np.linspace(1, 6, 140)])
    quadratic = turned(values)
    shares = [spectrum(quadratic, np.ones(200), steps=40, seed=seed).negative for seed in range(10)]
    assert np.mean(shares) == pytest.approx(0.3, abs=0.03)


def test_a_networks_curvature_is_that_of_its_differences():
    net = Perceptron(NET.examples.of(np.arange(30)), hidden=(2,), activation="tanh")
    p = start(net, seed=2)
    whole = np.stack([Objective.product(net, p, unit) for unit in np.eye(len(p))])
    np.testing.assert_allclose(whole, whole.T, atol=1e-7)
    exact, found = np.linalg.eigvalsh(whole), spectrum(net, p, steps=60)
    assert found.values[-1] == pytest.approx(exact[-1], rel=1e-6)
    assert found.values[0] == pytest.approx(exact[0], abs=1e-4)


@pytest.mark.parametrize("activation", ["tanh", "gelu"])
def test_the_exact_product_with_the_hessian_is_that_of_differences(activation: str):
    net = Perceptron(digits().training.of(np.arange(40)), (6, 5), activation, weight_decay=0.01)
    p, v = start(net, seed=1), np.random.default_rng(0).standard_normal(start(net).size)
    np.testing.assert_allclose(net.product(p, v), Objective.product(net, p, v), atol=1e-7)
    assert np.abs(net.product(p, v)).max() > 0.1


def test_where_no_rectifier_turns_the_exact_product_is_that_of_differences_too():
    """A difference goes across the kinks of some, and a product with the Hessian across none."""
    net = Perceptron(digits().training.of(np.arange(40)), (6, 5), "relu")
    p, v = start(net, seed=1) + 0.01, np.random.default_rng(0).standard_normal(start(net).size)
    h = 1e-9
    np.testing.assert_allclose(net.product(p, v), (net.gradient(p + h * v) - net.gradient(p - h * v)) / (2 * h), atol=1e-5)


def test_a_saddle_is_what_a_network_starts_on():
    """With all weights zero no weight alone changes the loss, and half of what does bends down."""
    net = Perceptron(NET.examples, hidden=(12,), activation="tanh")
    at_zero = spectrum(net, np.zeros_like(START), steps=60)
    assert at_zero.values[0] < -0.01 < 0.01 < at_zero.values[-1]


@pytest.mark.slow
@pytest.mark.parametrize("lr", [0.5, 1.0])
def test_full_batch_gradient_descent_comes_to_the_edge_of_stability_and_hovers_there(lr: float):
    """Cohen et al., ICLR 2021: from far above or below, the largest eigenvalue comes to 2/η, whichever η is, while the loss goes on falling."""
    net = Perceptron(digits().training, hidden=(32, 32), activation="tanh")
    rule, p, edges, losses = OPTIMIZERS["gradient_descent"](lr=lr), start(net, seed=3), [], []
    for _ in range(6):
        p = run(rule, net, p, 20).path[-1]
        edges.append(spectrum(net, p, steps=12).values[-1] * lr / 2)  # of 2/η
        losses.append(float(net.value(p)))
    assert losses[-1] < 0.4 * losses[1]
    np.testing.assert_allclose(edges[2:], 1, atol=0.15)

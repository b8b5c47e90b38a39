"""Every surface is the function it says it is: the same tests over the whole catalogue, then the numbers of single surfaces."""

from __future__ import annotations

import re

import numpy as np
import pytest

from core import Array, parameters
from landscapes import LANDSCAPES, Landscape

# Each surface as it comes, and with each of its parameters at both ends of its slider.
DEFAULTS = list(LANDSCAPES.values())
SURFACES = [cls(**chosen) for cls in DEFAULTS for chosen in [{}, *({name: end} for name, r in parameters(cls).items() for end in (r.low, r.high))]]

over_catalogue = pytest.mark.parametrize("cls", DEFAULTS, ids=lambda cls: cls.__name__)
over_surfaces = pytest.mark.parametrize("surface", SURFACES, ids=str)


def anywhere(surface: Landscape, *batch: int) -> Array:
    """Points at random in the domain, shape (2, *batch)."""
    low, high = np.array(surface.domain).T.reshape(2, 2, *[1] * len(batch))
    return np.random.default_rng(7).uniform(low, high, (2, *batch))


def slope(f, p: Array, h: float = 1e-5) -> Array:
    """The central differences of f along x and y, stacked first."""
    x, y = np.array([h, 0.0])[:, None], np.array([0.0, h])[:, None]
    return np.stack([f(p + x) - f(p - x), f(p + y) - f(p - y)]) / (2 * h)


@over_surfaces
def test_the_gradient_is_the_slope_of_the_value(surface: Landscape):
    p = anywhere(surface, 100)
    gradient = surface.gradient(p)
    np.testing.assert_allclose(gradient, slope(surface.value, p), rtol=1e-6, atol=1e-8 * np.abs(gradient).max())


@over_surfaces
def test_the_hessian_is_the_slope_of_the_gradient(surface: Landscape):
    p = anywhere(surface, 100)
    hessian = surface.hessian(p)
    np.testing.assert_allclose(hessian, slope(surface.gradient, p), rtol=1e-6, atol=1e-8 * np.abs(hessian).max())


@over_surfaces
def test_stationary_points_have_no_slope(surface: Landscape):
    for point, _ in surface.stationary():
        p = np.array(point)
        missed = np.linalg.solve(surface.hessian(p), surface.gradient(p))  # Newton's step: how far away the true point lies
        assert np.hypot(*missed) < 1e-9


@over_surfaces
def test_the_curvature_at_a_stationary_point_is_of_its_kind(surface: Landscape):
    for point, kind in surface.stationary():
        low, high = np.linalg.eigvalsh(surface.hessian(np.array(point)))
        assert {"minimum": low > 0, "saddle": low < 0 < high, "maximum": high < 0}[kind]


@over_surfaces
def test_no_stationary_point_of_the_domain_is_missing(surface: Landscape):
    low, high = np.array(surface.domain).T[..., None]
    p = anywhere(surface, 2000)
    with np.errstate(all="ignore"):
        for _ in range(100):  # Newton's method finds stationary points of every kind
            (a, b), (_, d) = surface.hessian(p)
            g, h = surface.gradient(p)
            p = p - np.array([d * g - b * h, a * h - b * g]) / (a * d - b * b)
        inside = ((low <= p) & (p <= high)).all(axis=0) & (np.hypot(*surface.gradient(p)) < 1e-9)
    found = p[:, inside]
    listed = np.array([point for point, _ in surface.stationary()])
    away = np.hypot(*(found[:, :, None] - listed.T[:, None])).min(axis=1)
    assert found.size
    assert away.max() < 1e-6


@over_surfaces
def test_nothing_in_the_domain_is_lower_than_the_lowest_minimum(surface: Landscape):
    points = np.concatenate(
        [anywhere(surface, 100_000), np.stack(np.meshgrid(*[np.linspace(*side, 201) for side in surface.domain])).reshape(2, -1)], axis=1
    )
    values = surface.value(points)
    if surface.lowest is None:
        (left, right), (bottom, top) = surface.domain
        x, y = points[:, values.argmin()]
        assert x in (left, right) or y in (bottom, top)
    else:
        assert values.min() >= surface.lowest - 1e-12


@over_surfaces
def test_minima_are_ordered_by_depth(surface: Landscape):
    depths = surface.value(surface.minima())
    assert (np.diff(depths) >= 0).all()
    assert len(depths) == [kind for _, kind in surface.stationary()].count("minimum")


@over_catalogue
def test_the_domain_is_ordered_and_holds_the_start_and_the_minima(cls: type[Landscape]):
    surface = cls()
    low, high = np.array(surface.domain).T
    assert (low < high).all()
    assert ((low < surface.start) & (surface.start < high)).all()
    assert ((low[:, None] < surface.minima()) & (surface.minima() < high[:, None])).all()


@over_catalogue
def test_the_value_is_the_published_one(cls: type[Landscape]):
    point, value = cls.known
    assert cls().value(np.array(point)) == pytest.approx(value, rel=1e-12)


@over_surfaces
@pytest.mark.parametrize("batch", [(), (3,), (2, 3), (0,)], ids=str)
def test_points_come_in_batches_of_any_shape(surface: Landscape, batch: tuple[int, ...]):
    p = anywhere(surface, *batch)
    value, gradient, hessian = surface.value(p), surface.gradient(p), surface.hessian(p)
    assert (np.shape(value), gradient.shape, hessian.shape) == (batch, (2, *batch), (2, 2, *batch))
    for index in np.ndindex(*batch):
        alone = p[:, *index]
        assert value[index] == pytest.approx(surface.value(alone), rel=1e-12)
        np.testing.assert_allclose(gradient[:, *index], surface.gradient(alone), rtol=1e-12)
        np.testing.assert_allclose(hessian[:, :, *index], surface.hessian(alone), rtol=1e-12)


@over_catalogue
def test_a_surface_is_made_without_arguments_and_says_what_it_is(cls: type[Landscape]):
    assert all(isinstance(text, str) and text for text in (cls().title, cls.formula, cls.reference, cls.__doc__))
    assert cls() == cls()
    assert hash(cls()) == hash(cls())


@over_catalogue
def test_defaults_lie_on_their_sliders(cls: type[Landscape]):
    for name, r in parameters(cls).items():
        assert r.low <= getattr(cls(), name) <= r.high
        assert r.accepts(np.array(r.stops())).all()


@pytest.mark.parametrize("angle", [0.0, 30.0, 45.0, 90.0, 123.4, 180.0, -20.0])
@pytest.mark.parametrize("kappa", [1.0, 20.0, 1000.0])
def test_the_bowl_curves_by_1_along_its_angle_and_by_kappa_across(kappa: float, angle: float):
    hessian = LANDSCAPES["bowl"](kappa=kappa, angle=angle).hessian(np.zeros(2))
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    across = np.array([-along[1], along[0]])
    np.testing.assert_allclose(hessian @ along, along, rtol=1e-12, atol=1e-13 * kappa)
    np.testing.assert_allclose(hessian @ across, kappa * across, rtol=1e-12, atol=1e-13 * kappa)


def curvatures(surface: Landscape, *point: float) -> list[float]:
    return np.linalg.eigvalsh(surface.hessian(np.array(point))).tolist()


def test_rosenbrock_has_the_curvatures_of_the_textbooks():
    surface = LANDSCAPES["rosenbrock"]()
    assert curvatures(surface, 1.0, 1.0) == pytest.approx([0.399361, 1001.6], rel=1e-5)
    assert surface.lowest == 0
    assert surface.minima().tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize("b", [1.0, 5.0, 1000.0])
def test_rosenbrock_scales_its_walls_by_b(b: float):
    surface = LANDSCAPES["rosenbrock"](b=b)
    # At (1, 1) the Hessian is [[2 + 8b, −4b], [−4b, 2b]]: trace 2 + 10b, determinant 4b.
    low, high = curvatures(surface, 1.0, 1.0)
    assert (low + high, low * high) == pytest.approx((2 + 10 * b, 4 * b), rel=1e-9)
    assert surface.value(np.array([0.0, 1.0])) == pytest.approx(1 + b)


def test_two_wells_has_its_global_minimum_on_the_left_and_a_local_one_on_the_right():
    surface = LANDSCAPES["two_wells"]()
    np.testing.assert_allclose(surface.minima(), [[-0.936300634011, 0.905317899160], [0, 0]], rtol=1e-11)
    np.testing.assert_allclose(surface.value(surface.minima()), [-2.06309025177, -1.09273199920], rtol=1e-11)
    assert curvatures(surface, *surface.minima()[:, 0]) == pytest.approx([30.2047, 31.3975], rel=1e-5)


def test_the_saddle_has_no_minimum():
    surface = LANDSCAPES["saddle"]()
    assert surface.lowest is None
    assert surface.minima().shape == (2, 0)
    assert curvatures(surface, 0.3, -0.4) == [-2.0, 2.0]


@pytest.mark.parametrize(
    ("name", "parameter", "value", "allowed"),
    [("bowl", "kappa", 0.5, "[1, ∞)"), ("bowl", "angle", np.inf, "(-∞, ∞)"), ("rosenbrock", "b", 0.0, "(0, ∞)"), ("rosenbrock", "b", -3.0, "(0, ∞)")],
)
def test_a_parameter_without_meaning_is_refused(name: str, parameter: str, value: float, allowed: str):
    with pytest.raises(ValueError, match=re.escape(f"{parameter} = {value:g}: allowed is {allowed}.")):
        LANDSCAPES[name](**{parameter: value})

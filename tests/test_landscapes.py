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
# Settings between which stationary points appear and vanish.
SURFACES += [LANDSCAPES["rastrigin"](amplitude=a) for a in (0.05, 0.06, 0.3, 0.6, 1.0, 2.0)]
SURFACES += [LANDSCAPES["ripples"](amplitude=a, waves=k) for a, k in [(0.05, 5.0), (0.2, 5.0), (0.3, 8.0), (1.0, 3.0), (1.0, 10.0), (0.4, 60.0)]]
SURFACES += [LANDSCAPES["ravine"](b=b) for b in (1.0, 2.0, 2.1)]

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


def rises(surface: Landscape, point: tuple[float, float]) -> Array:
    """How much higher f is on a small circle around the point than at it."""
    radius = 1e-3 * np.ptp(surface.domain)
    turn = np.linspace(0, 2 * np.pi, 360)
    p = np.array(point)
    return surface.value(p[:, None] + radius * np.array([np.cos(turn), np.sin(turn)])) - surface.value(p)


@over_surfaces
def test_stationary_points_have_no_slope(surface: Landscape):
    for point, _ in surface.stationary():
        p = np.array(point)
        if point in surface.kinks:
            assert surface.gradient(p).tolist() == [0, 0]
            continue
        hessian, gradient = surface.hessian(p), surface.gradient(p)
        missed = np.linalg.lstsq(hessian, gradient, rcond=1e-12)[0]  # Newton's step: how far away the true point lies
        assert np.hypot(*missed) < 1e-9
        np.testing.assert_allclose(gradient, hessian @ missed, atol=1e-15)  # where the curvature vanishes, the slope does by itself


@over_surfaces
def test_the_curvature_at_a_stationary_point_is_of_its_kind(surface: Landscape):
    """Where there is no curvature, or none in some direction, the heights around the point tell."""
    for point, kind in surface.stationary():
        low, high = np.inf, np.inf
        if point not in surface.kinks:
            low, high = np.linalg.eigvalsh(surface.hessian(np.array(point)))
        if np.isinf(low) or min(abs(low), abs(high)) < 1e-9:
            low, high = rises(surface, point).min(), rises(surface, point).max()
        assert {"minimum": low > 0, "saddle": low < 0 < high, "maximum": high < 0}[kind]


@over_surfaces
def test_a_kink_has_a_value_and_a_gradient_but_no_finite_curvature(surface: Landscape):
    for point in surface.kinks:
        p = np.array(point)
        assert np.isfinite(surface.value(p))
        assert np.isfinite(surface.gradient(p)).all()
        assert not np.isfinite(surface.hessian(p)).all()
        with pytest.raises(AssertionError):  # it is one: the slope jumps
            np.testing.assert_allclose(surface.gradient(p + 1e-9), surface.gradient(p - 1e-9), atol=1e-3)


@over_surfaces
def test_no_stationary_point_that_should_be_listed_is_missing(surface: Landscape):
    """All those of the domain, or the at most 25 around the lowest minimum: then none is nearer to it than the farthest that is listed."""
    listed = np.array([point for point, _ in surface.stationary()]).T
    low, high = np.array(surface.domain).T[..., None]
    p = anywhere(surface, 2000)
    middle = surface.minima()[:, :1]
    reach = np.hypot(*(listed - middle)).max() if surface.listed == "some" else np.inf
    if surface.listed == "some":
        p = middle + 1.5 * reach * (2 * (p - low) / (high - low) - 1)
    with np.errstate(all="ignore"):
        for _ in range(100):  # Newton's method finds stationary points of every kind
            (a, b), (_, d) = surface.hessian(p)
            g, h = surface.gradient(p)
            p = p - np.array([d * g - b * h, a * h - b * g]) / (a * d - b * b)
        inside = ((low < p) & (p < high)).all(axis=0) & (np.hypot(*surface.gradient(p)) < 1e-9)
    found = p[:, inside]
    away = np.hypot(*(found[:, :, None] - listed[:, None])).min(axis=1)
    assert found.size
    assert len(listed.T) <= 25
    if surface.listed == "some":
        assert (away > 1e-6).any()
    assert away[reach == np.inf or np.hypot(*(found - middle)) <= reach].max() < 1e-6
    back = np.hypot(*(found[:, :, None] - listed[:, None])).min(axis=0)
    smooth = [tuple(point) not in surface.kinks for point in listed.T.tolist()]
    assert back[smooth].max() < 1e-6  # the search was thorough: it found every listed one


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
    assert all(isinstance(text, str) and text for text in (cls().title, cls().formula, cls.reference, cls.__doc__))
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


@pytest.mark.parametrize("b", [1.0, 5.0, 1000.0])
def test_rosenbrock_scales_its_walls_by_b(b: float):
    surface = LANDSCAPES["rosenbrock"](b=b)
    # At (1, 1) the Hessian is [[2 + 8b, −4b], [−4b, 2b]]: trace 2 + 10b, determinant 4b.
    low, high = curvatures(surface, 1.0, 1.0)
    assert (low + high, low * high) == pytest.approx((2 + 10 * b, 4 * b), rel=1e-9)
    assert surface.value(np.array([0.0, 1.0])) == pytest.approx(1 + b)


def test_the_saddle_has_no_minimum():
    surface = LANDSCAPES["saddle"]()
    assert surface.lowest is None
    assert surface.minima().shape == (2, 0)
    assert curvatures(surface, 0.3, -0.4) == [-2.0, 2.0]


# Worked out apart from the entries, to the digits written here: the place of each minimum, its value, and its curvatures where known.
MINIMA = {
    "beale": [((3, 0.5), 0, (0.301464, 48.9798))],
    "booth": [((1, 3), 0, (2, 18))],
    "matyas": [((0, 0), 0, (0.04, 1))],
    "himmelblau": [
        ((3, 2), 0, (25.7157, 82.2843)),
        ((-2.80511808695, 3.13131251825), 0, (64.8404, 80.5501)),
        ((-3.77931025338, -3.28318599129), 0, (70.7144, 133.786)),
        ((3.58442834033, -1.84812652696), 0, (28.6907, 105.419)),
    ],
    "six_hump_camel": [
        ((0.0898420131003, -0.712656403021), -1.0316284534899, (7.68225, 16.4932)),
        ((-0.0898420131003, 0.712656403021), -1.0316284534899, (7.68225, 16.4932)),
        ((1.70360671497, -0.796083568673), -0.215463824384, None),
        ((-1.70360671497, 0.796083568673), -0.215463824384, None),
        ((1.60710475292, 0.568651454884), 2.10425031031, None),
        ((-1.60710475292, -0.568651454884), 2.10425031031, None),
    ],
    "three_hump_camel": [
        ((0, 0), 0, (1.58579, 4.41421)),
        ((1.74755234583, -0.873776172915), 0.298638442237, None),
        ((-1.74755234583, 0.873776172915), 0.298638442237, None),
    ],
    "styblinski_tang": [
        ((-2.90353402777, -2.90353402777), -78.332331407543, (34.5831, 34.5831)),
        ((-2.90353402777, 2.746803), -64.195612, None),
        ((2.746803, -2.90353402777), -64.195612, None),
        ((2.746803, 2.746803), -50.058893, None),
    ],
    "mccormick": [((-0.5471975511966, -1.5471975511966), -1.913222954981, (1.73205, 4)), ((2.594395, 1.594395), 1.228370, None)],
    "goldstein_price": [((0, -1), 3, (402.831, 965.169)), ((-0.6, -0.4), 30, None), ((1.8, 0.2), 84, None), ((1.2, 0.8), 840, None)],
    "branin": [((-np.pi, 12.275), 0.39788735773, None), ((np.pi, 2.275), 0.39788735773, None), ((9.42478, 2.475), 0.39788735773, None)],
    "two_wells": [((-0.936300634011, 0), -2.06309025177, (30.2047, 31.3975)), ((0.905317899160, 0), -1.09273199920, None)],
    "plateau": [((4, 0), 0, (2.02, 3))],
    "ravine": [((1, 0), 0, (2, 162))],
    "rosenbrock": [((1, 1), 0, (0.399361, 1001.6))],
}


@pytest.mark.parametrize("name", MINIMA)
def test_the_minima_are_those_of_the_literature(name: str):
    surface = LANDSCAPES[name]()
    places, values, curved = zip(*MINIMA[name], strict=True)
    found, wanted = ({tuple(p) for p in np.round(np.reshape(points, (-1, 2)), 5).tolist()} for points in (surface.minima().T, places))
    assert found == wanted
    np.testing.assert_allclose(surface.value(np.array(places, dtype=float).T), values, rtol=1e-6, atol=1e-9)
    assert surface.lowest == pytest.approx(values[0], rel=1e-11, abs=1e-11)
    for place, expected in zip(places, curved, strict=True):
        if expected is not None:
            assert curvatures(surface, *place) == pytest.approx(expected, rel=1e-5)


def test_rastrigin_has_its_published_wells():
    surface = LANDSCAPES["rastrigin"]()
    assert surface.lowest == 0
    assert curvatures(surface, 0.0, 0.0) == pytest.approx([396.784] * 2, rel=1e-6)
    nearest = surface.minima()[:, 1:5]
    assert np.sort(np.abs(nearest), axis=0) == pytest.approx(np.array([[0.0] * 4, [0.994958637652] * 4]), rel=1e-11)
    assert surface.value(nearest) == pytest.approx(0.994959057093, rel=1e-11)


def test_ackley_is_exact_down_to_its_tip():
    surface = LANDSCAPES["ackley"]()
    assert surface.lowest == 0
    r = np.array([1e-300, 1e-12, 1e-8])
    p = r * np.array([[0.6], [0.8]])
    np.testing.assert_allclose(surface.value(p), 4 / 2**0.5 * r, rtol=1e-6)
    np.testing.assert_allclose(np.hypot(*surface.gradient(p)), 4 / 2**0.5, rtol=1e-6)


@pytest.mark.parametrize("name", LANDSCAPES)
def test_far_away_there_is_still_a_value_and_a_gradient(name: str):
    surface = LANDSCAPES[name]()
    corners = np.array([[1e6, 1e6, -1e6, -1e6, 0.0], [1e6, -1e6, 1e6, -1e6, 1e6]])
    assert np.isfinite(surface.value(corners)).all()
    assert np.isfinite(surface.gradient(corners)).all()


@pytest.mark.parametrize("amplitude", [0.0, 0.1, 1.0])
def test_ripples_trap_where_the_bumps_are_steeper_than_the_bowl(amplitude: float):
    surface = LANDSCAPES["ripples"](amplitude=amplitude, waves=10.0)
    x, y = np.array([p for p, _ in surface.stationary()]).T
    assert np.maximum(np.abs(x + y), np.abs(x - y)).max() <= amplitude * 10
    assert curvatures(surface, 0.0, 0.0) == pytest.approx([1 + amplitude * 100] * 2)


@pytest.mark.parametrize(
    ("name", "parameter", "value", "allowed"),
    [("bowl", "kappa", 0.5, "[1, ∞)"), ("bowl", "angle", np.inf, "(−∞, ∞)"), ("rosenbrock", "b", 0.0, "(0, ∞)"), ("rosenbrock", "b", -3.0, "(0, ∞)")],
)
def test_a_parameter_without_meaning_is_refused(name: str, parameter: str, value: float, allowed: str):
    with pytest.raises(ValueError, match=re.escape(f"{parameter} = {value:g}: allowed is {allowed}.")):
        LANDSCAPES[name](**{parameter: value})

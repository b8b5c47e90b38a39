"""The search for minima says what mathematics says: nothing is missed for a slope that is all but zero or a kink, and nothing is made up."""

from __future__ import annotations

import time

import numpy as np
import pytest

from landscapes import LANDSCAPES
from landscapes.custom import found as searched
from optimizers import OPTIMIZERS
from runs import passed_below, run
from tests.samples import one_in

Custom = LANDSCAPES["custom"]
PI, ROOT = np.pi, np.sqrt(0.5)
EASOM = "-cos(x)cos(y)exp(-((x-pi)^2+(y-pi)^2))"
RASTRIGIN = "20+x^2+y^2-10cos(2pi x)-10cos(2pi y)"
HIMMELBLAU = [(3, 2), (-2.80511808695, 3.13131251825), (-3.77931025338, -3.28318599129), (3.58442834033, -1.84812652696)]
CAMEL = [(0.0898420131003, -0.712656403021), (1.70360671497, -0.796083568673), (1.60710475292, 0.568651454884)]

# Formula, reach, and every minimum inside the map: from the literature, or where both slopes change their sign from below to above.
ALL = [
    ("(x^2+y-11)^2+(x+y^2-7)^2", 5, HIMMELBLAU),
    ("(1.5-x+xy)^2+(2.25-x+x y^2)^2+(2.625-x+x y^3)^2", 4.5, [(3, 0.5)]),
    ("(1-x)^2+100(y-x^2)^2", 2, [(1, 1)]),
    ("(1-x)^2+100(y-x^2)^2", 50, [(1, 1)]),
    ("(4-2.1x^2+x^4/3)x^2+xy+(-4+4y^2)y^2", 2.5, [*CAMEL, *[(-x, -y) for x, y in CAMEL]]),
    ("2x^2-1.05x^4+x^6/6+xy+y^2", 5, [(0, 0), (1.74755234583, -0.873776172915), (-1.74755234583, 0.873776172915)]),
    ("(x+2y-7)^2+(2x+y-5)^2", 10, [(1, 3)]),
    ("0.26(x^2+y^2)-0.48xy", 10, [(0, 0)]),
    ("x^4-x^2+y^2", 3, [(ROOT, 0), (-ROOT, 0)]),
    ("cosh(x)+cosh(y-.3)", 3, [(0, 0.3)]),
    ("exp(x)-x+y^2", 3, [(0, 0)]),
    ("x log(x)+y log(y)", 3, [(1 / np.e, 1 / np.e)]),
    ("log(x)^2+y^2", 3, [(1, 0)]),
    ("log(1+x^2+y^2)", 3, [(0, 0)]),
    ("tan(x)^2+y^2", 1.5, [(0, 0)]),
    ("(x-2.9)^2+(y+2.95)^2", 3, [(2.9, -2.95)]),
    ("x^2+1e-9y^2", 3, [(0, 0)]),
    ("x^2+y^2+1e9", 3, [(0, 0)]),
    ("1e-7(x^2+y^2)", 3, [(0, 0)]),
    ("1e12(x^2+2y^2)", 3, [(0, 0)]),
    # slopes that are all but zero, about the minimum or everywhere else
    ("x^8+y^8", 3, [(0, 0)]),
    ("(x-0.5)^8+(y+0.25)^8+1", 3, [(0.5, -0.25)]),
    ("x^20+y^20", 3, [(0, 0)]),
    ("x^20+y^20+1", 3, [(0, 0)]),
    ("x^4+y^4+1", 50, [(0, 0)]),
    ("-exp(-(x-1)^2-y^2)-2exp(-(x+4)^2-(y-3)^2)", 10, [(-4, 3), (1, 0)]),
    ("-exp(-100((x-1)^2+(y-2)^2))", 3, [(1, 2)]),
    ("-exp(-(x-1)^2-y^2)", 40, [(1, 0)]),
    ("-x*exp(-x^2-y^2)", 10, [(ROOT, 0)]),
    ("x*exp(-x^2-y^2)", 50, [(-ROOT, 0)]),
    ("tanh(x)^2+tanh(y)^2", 3, [(0, 0)]),
    ("tanh(x)^2+tanh(y)^2", 10, [(0, 0)]),
    ("tanh(x)^2+tanh(y)^2", 30, [(0, 0)]),
    ("1/(1+exp(5x))+1/(1+exp(-5(x-3)))+y^2", 10, [(1.5, 0)]),
    # kinks
    ("abs(x)+abs(y)", 3, [(0, 0)]),
    ("abs(x-0.37)+abs(y+0.61)", 3, [(0.37, -0.61)]),
    ("abs(x-0.37)+abs(y+0.61)", 50, [(0.37, -0.61)]),
    ("sqrt((x-0.3)^2+(y+0.7)^2)", 3, [(0.3, -0.7)]),
    ("sqrt((x-1/3)^2+(y+1/7)^2)", 3, [(1 / 3, -1 / 7)]),
    ("(x-1)^2+(y-0.3)^2+abs(x)+abs(y)", 3, [(0.5, 0)]),
    ("(x-1)^2+(y-0.3)^2+4abs(x)+4abs(y)", 3, [(0, 0)]),
    ("(x-1.3)^2+(y+0.9)^2/3+0.4abs(x-y)", 3, [(1.1, -0.3)]),
    ("(abs(x-y-0.4)+abs(x+y-0.8))/2", 3, [(0.6, 0.2)]),
    ("100 sqrt(abs(y-0.01x^2))+0.01abs(x+10)", 15, [(-10, 1)]),
    ("100abs(y-x^2)+abs(1-x)", 3, [(1, 1)]),
    ("100abs(x-y)+(x+y-0.7)^2", 3, [(0.35, 0.35)]),
    ("abs(x-.2)^0.3+abs(y-.123)^.4", 3, [(0.2, 0.123)]),
    ("((x-0.1)^2+y^2)^0.1", 3, [(0.1, 0)]),
    ("2abs(x)+x+abs(y)(3+sin(x))", 3, [(0, 0)]),
    ("max(abs(x-0.37),abs(y+0.61))", 3, [(0.37, -0.61)]),
    ("max(x^2+y^2,(x-2)^2+y^2)", 3, [(1, 0)]),
    ("max(0,1-x)+max(0,x-1)+y^2", 3, [(1, 0)]),
    ("max(x,y,-x-y)", 3, [(0, 0)]),
    ("if(x<1,25x^2/2,if(x<2,x^2/2+24x-12,25x^2/2-24x+36))+y^2", 3, [(0, 0)]),
    ("if(x<0.3,0.3-x,2(x-0.3))+abs(y)", 3, [(0.3, 0)]),
    ("min((x-1)^2+y^2,(x+1)^2+y^2+0.5)", 3, [(1, 0), (-1, 0)]),
    # the edge of where there is a surface
    ("sqrt(x)+y^2", 3, [(0, 0)]),
    ("sqrt(x-0.3)+sqrt(y)", 3, [(0.3, 0)]),
    ("-sqrt(1-x^2-y^2)", 3, [(0, 0)]),
    ("acos(x)+y^2", 3, [(1, 0)]),
]  # fmt: skip

# No minimum inside: planes, saddles, crests, walls that level out, poles, and what falls out of the map.
NONE = [
    ("3", 3), ("x+y", 3), ("x y", 3), ("x^2-y^2", 3), ("x^2-y^4", 3), ("x^3+y^2", 3), ("1+x^7+y^2", 3), ("abs(x)-abs(y)", 3),
    ("abs(x-.3)-abs(y-.2)", 3), ("-abs(x-.37)-abs(y+.2)", 3), ("exp(x)", 5), ("exp(-x)+y^2", 3), ("exp(-x)+y^2", 50), ("exp(-x^2-y^2)", 50),
    ("1/(1+exp(-5x))", 3), ("1/(1+exp(-5x))", 10), ("1/(1+exp(-5x))+1/(1+exp(-5y))", 10), ("1/(1+exp(-5x))+y^2", 10), ("atan(x)+y^2", 50),
    ("log(x)", 3), ("log((x-.3)^2+(y-.2)^2)", 3), ("1/(x-.5)", 3), ("1/(x-.5)^2+y^2", 3), ("-1/abs(x-.5)", 3), ("tan(x)", 3), ("1/(x^2+y^2)", 3),
    ("-1/(x^2+y^2)", 3), ("(x-4)^2+y^2", 3), ("sqrt(-1-x^2)", 3), ("abs(x)y", 3),
    ("max(x,y)", 3), ("min(x,y)", 3), ("if(x<0,x,2x)+y^2", 3), ("-max(abs(x),abs(y))", 3), ("max(0,x)+y", 3),
]  # fmt: skip

# A floor that is flat: any of its points, here by how far a point is from the floor, and the height of the floor.
FLOORS = [
    ("x^2", 3, lambda x, y: x, 0), ("x^8", 3, lambda x, y: x, 0), ("(x+2y-1)^2", 3, lambda x, y: x + 2 * y - 1, 0),
    ("abs(x-0.37)", 3, lambda x, y: x - 0.37, 0), ("abs(x+2y-1)", 3, lambda x, y: x + 2 * y - 1, 0), ("sin(x)", 10, lambda x, y: np.cos(x), -1),
    ("(x^2+y^2-1)^2", 3, lambda x, y: np.hypot(x, y) - 1, 0), ("abs(x^2+y^2-1)", 3, lambda x, y: np.hypot(x, y) - 1, 0),
    ("sqrt(1-x^2-y^2)", 3, lambda x, y: np.hypot(x, y) - 1, 0), ("abs(x y)", 3, lambda x, y: x * y, 0),
    ("max(0,1-x)+y^2", 3, lambda x, y: max(1 - x, 0) + abs(y), 0), ("max(0,x,y)", 3, lambda x, y: max(x, y, 0), 0),
    ("max(0,x-.3)+max(0,y+.2)", 3, lambda x, y: max(x - 0.3, 0) + max(y + 0.2, 0), 0),
    ("sign(x-.3)+y^2", 3, lambda x, y: max(x - 0.3, 0) + abs(y), -1),
    ("(abs(1-x)+1-x)/2+y^2", 3, lambda x, y: max(1 - x, 0) + abs(y), 0),
    ("(abs(x-.3)+x-.3)/2+(abs(y+.2)+y+.2)/2", 3, lambda x, y: max(x - 0.3, 0) + max(y + 0.2, 0), 0),
]  # fmt: skip

# More than 25, or many that nobody lists: the lowest, and how deep they are.
MANY = [
    *((EASOM, half, [(PI, PI)], -1.0) for half in (3.5, 4, 5, 7, 10, 14, 20, 50)),
    (RASTRIGIN, 5, [(0, 0)], 0.0), (RASTRIGIN, 50, [(0, 0)], 0.0),
    ("-20exp(-0.2sqrt((x^2+y^2)/2))-exp((cos(2pi x)+cos(2pi y))/2)+e^1+20", 5, [(0, 0)], 0.0),
    ("-0.0001(abs(sin(x)sin(y)exp(abs(100-sqrt(x^2+y^2)/pi)))+1)^0.1", 10,
     [(sx * 1.349406608602, sy * 1.349406608602) for sx in (1, -1) for sy in (1, -1)], -2.062611870823),
    ("-abs(sin(x)cos(y)exp(abs(1-sqrt(x^2+y^2)/pi)))", 10,
     [(sx * 8.05502347605, sy * 9.66459001929) for sx in (1, -1) for sy in (1, -1)], -19.208502567887),
    ("sin(3pi x)^2+(x-1)^2(1+sin(3pi y)^2)+(y-1)^2(1+sin(2pi y)^2)", 10, [(1, 1)], 0.0),
]  # fmt: skip

EVERY = sorted({(text, float(half)) for text, half, *_ in [*ALL, *NONE, *FLOORS, *MANY]})


def as_rows(points) -> np.ndarray:
    return np.array(points, dtype=float).reshape(-1, 2)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "half", "wanted"), one_in(3, ALL), ids=lambda v: str(v)[:40])
def test_every_minimum_is_found_and_no_other(text: str, half: float, wanted: list[tuple[float, float]]):
    surface, points = Custom(text, half), as_rows(wanted)
    found = surface.minima().T
    assert len(found) == len(points)
    assert np.hypot(*(found[:, None] - points).transpose(2, 0, 1)).min(axis=0).max() <= 1e-8 * half
    assert surface.lowest == pytest.approx(surface.value(points.T).min(), rel=1e-12, abs=1e-14)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "half"), NONE)
def test_where_there_is_no_minimum_none_is_listed(text: str, half: float):
    assert not Custom(text, half).minima().size


@pytest.mark.slow
@pytest.mark.parametrize(("text", "half", "off", "height"), FLOORS, ids=lambda v: v[:40] if isinstance(v, str) else "" if callable(v) else str(v))
def test_a_flat_floor_is_one_minimum(text: str, half: float, off, height: float):
    surface = Custom(text, half)
    ((x, y),) = surface.minima().T
    assert abs(off(x, y)) <= 1e-6 * half
    assert surface.lowest == pytest.approx(height, abs=1e-14)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "half", "wanted", "height"), MANY, ids=lambda v: str(v)[:40])
def test_the_lowest_of_many_are_found(text: str, half: float, wanted: list[tuple[float, float]], height: float):
    surface, points = Custom(text, half), as_rows(wanted)
    found = surface.minima().T[: len(points)]
    assert np.hypot(*(found[:, None] - points).transpose(2, 0, 1)).min(axis=0).max() <= 1e-8 * half
    assert surface.lowest == pytest.approx(height, rel=1e-12, abs=1e-12)


def heights(surface, p: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        f = surface.value(p)
    return np.where(np.isfinite(f), f, np.inf)


@pytest.mark.slow
@pytest.mark.parametrize(("text", "half"), EVERY)
def test_nothing_close_to_a_listed_minimum_is_lower(text: str, half: float):
    surface, random = Custom(text, half), np.random.default_rng(5)
    usual = np.median(np.abs(heights(surface, random.uniform(-half, half, (2, 999)))))
    for p in surface.minima().T:
        away = half * 10 ** random.uniform(-6, -3, 4000) * np.exp(1j * random.uniform(0, 2 * PI, 4000))
        near = heights(surface, p[:, None] + np.array([away.real, away.imag]))
        f = float(surface.value(p))
        assert near.min() >= f - 1e-14 * abs(f) - 1e-15 * min(1.0, usual)


@pytest.mark.parametrize(("text", "half"), [entry[:2] for entry in [*ALL, *FLOORS, *MANY]])
def test_no_point_of_a_grid_with_higher_ones_about_it_is_below_the_lowest(text: str, half: float):
    surface, n = Custom(text, half), 301
    x = np.linspace(-half, half, n)
    f = heights(surface, np.array(np.meshgrid(x, x)))
    j, i = np.unravel_index(f[10:-10, 10:-10].argmin(), (n - 20, n - 20))
    window = f[j : j + 21, i : i + 21]  # about the grid's lowest point
    edge = np.concatenate([window[0], window[-1], window[:, 0], window[:, -1]])
    if np.isfinite(edge).all() and edge.min() > window[10, 10]:
        assert surface.lowest is not None
        assert surface.lowest <= window[10, 10]


@pytest.mark.slow
@pytest.mark.parametrize(("text", "half"), EVERY[::8])
def test_a_search_is_short(text: str, half: float):
    Custom(text, half).hessian(np.zeros(2))
    begun = time.process_time()
    searched.__wrapped__(text, half)  # not what is remembered of an earlier one
    assert time.process_time() - begun < 1.5


# A run that goes deeper than the search.

HIDDEN = "x^2/100+y^2/100-2exp(-400((x-1.3)^2+(y-2.35)^2))"  # a well far narrower than the grid's spacing at reach 50


def test_from_a_point_that_a_run_has_been_to_a_deeper_minimum_is_found():
    surface = Custom(HIDDEN, 50.0)
    assert surface.lowest == 0
    deeper = surface.deeper((1.32, 2.33))
    assert np.hypot(*(deeper.minima()[:, 0] - [1.3, 2.35])) < 1e-3
    assert deeper.lowest == pytest.approx(-1.9279, abs=1e-4)
    assert deeper.stationary()[1:] == surface.stationary()
    assert np.hypot(*deeper.gradient(deeper.minima()[:, 0])) < 1e-9


@pytest.mark.parametrize("p", [(5.0, 5.0), (-0.01, 0.0), (49.9, 0.0)])
def test_where_the_way_down_leads_to_no_deeper_minimum_the_surface_stays_as_it_is(p: tuple[float, float]):
    assert Custom(HIDDEN, 50.0).deeper(p) == Custom(HIDDEN, 50.0)


def test_a_surface_that_lists_all_its_minima_has_none_that_is_deeper():
    surface = LANDSCAPES["himmelblau"]()
    assert surface.deeper((3.0, 2.0)) is surface


def test_a_run_says_where_it_passes_below_the_lowest_minimum():
    surface, rule = Custom(HIDDEN, 50.0), OPTIMIZERS["gradient_descent"](lr=1e-4)
    p = passed_below(run(rule, surface, (1.32, 2.33), 100), surface)
    assert p is not None
    assert np.hypot(p[0] - 1.3, p[1] - 2.35) < 1e-3
    assert passed_below(run(rule, surface, (5.0, 5.0), 100), surface) is None
    assert passed_below(run(OPTIMIZERS["gradient_descent"](lr=1.0), surface, (20.0, 20.0), 1000), surface) is None  # at the minimum: rounding
    falls = Custom("x^3-3x+y^2", 3.0)
    outwards = run(OPTIMIZERS["gradient_descent"](lr=0.01), falls, (-1.2, 0.0), 200)
    p = passed_below(outwards, falls)
    assert p is not None
    assert -3 < p[0] < -2  # the last point on the map
    assert falls.deeper(p) == falls

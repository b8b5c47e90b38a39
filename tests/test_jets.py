"""Value, gradient and Hessian of hundreds of formulas are those that mpmath finds with sixty digits."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from core.formula import FormulaError
from landscapes import LANDSCAPES

Custom = LANDSCAPES["custom"]
DIGITS = 60
H = mpmath.mpf(10) ** -15  # differences with it are right to some thirty digits
LARGE = 1e4  # beyond this, rounding in one part of a formula may show in another one
Exact = Callable[[Any, Any], Any]


class Gap(Exception):
    """No real value here, or an edge where a slope has no meaning."""


def inside(holds: bool) -> None:
    if not holds:
        raise Gap


def guarded(function: Callable[[Any], Any], allowed: Callable[[Any], bool] = lambda u: True) -> Callable[[Any], Any]:
    def of(u: Any) -> Any:
        inside(abs(u) < LARGE and allowed(u))
        return function(u)

    return of


def small(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return guarded(function, lambda u: abs(u) < 9)


def raised(u: Any, v: Any) -> Any:
    """A whole exponent for any base that is not close to 0, any exponent for a positive one."""
    inside(u > 1e-3 or (abs(u) > 1e-3 and v == int(v)))
    result = u ** int(v) if v == int(v) else mpmath.exp(v * mpmath.log(u))
    inside(abs(result) < LARGE)
    return result


def away(u: Any) -> Any:
    """A number that is not close to zero, where a kink or a pole may lie."""
    inside(abs(u) > 1e-3)
    return u


ONE: dict[str, Callable[[Any], Any]] = {
    "sin": guarded(mpmath.sin), "cos": guarded(mpmath.cos), "tan": guarded(mpmath.tan, lambda u: abs(mpmath.cos(u)) > 0.01),
    "asin": guarded(mpmath.asin, lambda u: abs(u) < 0.99), "acos": guarded(mpmath.acos, lambda u: abs(u) < 0.99), "atan": guarded(mpmath.atan),
    "sinh": small(mpmath.sinh), "cosh": small(mpmath.cosh), "tanh": small(mpmath.tanh), "exp": small(mpmath.exp),
    "log": guarded(mpmath.log, lambda u: u > 1e-3), "sqrt": guarded(mpmath.sqrt, lambda u: u > 1e-3), "abs": lambda u: abs(away(u)),
    "sign": lambda u: mpmath.sign(away(u)),
}  # fmt: skip
TWO: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda u, v: u + v, "-": lambda u, v: u - v, "*": lambda u, v: u * v, "/": lambda u, v: u / away(v),
    "max": lambda u, v: max(u, v) if away(u - v) else u, "min": lambda u, v: min(u, v) if away(u - v) else u,
}  # fmt: skip
HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}

Formula = tuple[str, Exact]  # a text, and what it means
NUMBERS = st.sampled_from(["0.5", "2", "3.25", "1e-1", "7", ".75"]).map(lambda text: (text, lambda x, y: mpmath.mpf(float(text))))
NAMES = st.sampled_from([("x", lambda x, y: x), ("y", lambda x, y: y), ("pi", lambda x, y: +mpmath.pi), ("e", lambda x, y: +mpmath.e)])


def one(name: str, u: Formula) -> Formula:
    return f"{name}({u[0]})", lambda x, y: ONE[name](u[1](x, y))


def two(name: str, u: Formula, v: Formula) -> Formula:
    text = f"{name}({u[0]}, {v[0]})" if name in ("max", "min") else f"({u[0]}){name}({v[0]})"
    return text, lambda x, y: TWO[name](u[1](x, y), v[1](x, y))


def negated(u: Formula) -> Formula:
    return f"-({u[0]})", lambda x, y: -u[1](x, y)


def power(u: Formula, n: str) -> Formula:
    return f"({u[0]})^{n}", lambda x, y: raised(u[1](x, y), mpmath.mpf(float(n)))


def varying(u: Formula, v: Formula) -> Formula:
    def exact(x: Any, y: Any) -> Any:
        base, exponent = u[1](x, y), v[1](x, y)
        inside(base > 1e-3 and abs(exponent) < 20)
        result = mpmath.exp(exponent * mpmath.log(base))
        inside(abs(result) < LARGE)
        return result

    return f"({u[0]})^({v[0]})", exact


def choice(sign: str, a: Formula, b: Formula, u: Formula, v: Formula) -> Formula:
    def exact(x: Any, y: Any) -> Any:
        left, right = a[1](x, y), b[1](x, y)
        away(left - right)
        return (u if HOLDS[sign](left, right) else v)[1](x, y)

    return f"if({a[0]} {sign} {b[0]}, {u[0]}, {v[0]})", exact


FORMULAS = st.recursive(
    NAMES | NUMBERS,
    lambda f: st.one_of(
        st.builds(one, st.sampled_from(sorted(ONE)), f),
        st.builds(two, st.sampled_from(sorted(TWO)), f, f),
        st.builds(negated, f),
        st.builds(power, f, st.sampled_from(["2", "3", "5", "-1", "-2", "0", "1", "0.5", "1.5", "-0.5", "66"])),
        st.builds(varying, f, f),
        st.builds(choice, st.sampled_from(sorted(HOLDS)), f, f, f, f),
    ),
    max_leaves=8,
)
PLACES = st.tuples(*[st.integers(-200, 199).map(lambda k: (k + 0.5) / 100)] * 2)


def exactly(f: Exact, x: float, y: float) -> tuple[float, list[float], list[list[float]]]:
    """Value, gradient and Hessian by central differences with sixty digits."""
    with mpmath.workdps(DIGITS):
        u, v = mpmath.mpf(x), mpmath.mpf(y)
        at = {(i, j): f(u + i * H, v + j * H) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        gradient = [(at[1, 0] - at[-1, 0]) / (2 * H), (at[0, 1] - at[0, -1]) / (2 * H)]
        xx, yy = ((at[i, j] - 2 * at[0, 0] + at[-i, -j]) / H**2 for i, j in [(1, 0), (0, 1)])
        xy = (at[1, 1] - at[1, -1] - at[-1, 1] + at[-1, -1]) / (4 * H**2)
        return float(at[0, 0]), [float(g) for g in gradient], [[float(xx), float(xy)], [float(xy), float(yy)]]


@pytest.mark.slow
@settings(max_examples=600, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(FORMULAS, PLACES)
def test_value_gradient_and_hessian_are_mpmaths(formula: Formula, place: tuple[float, float]):
    text, exact = formula
    assume(len(text) <= 200)
    try:
        wanted = exactly(exact, *place)
    except Gap:
        assume(False)
        return
    size = max(1.0, *(float(np.abs(part).max()) for part in wanted))
    assume(size < LARGE)
    try:
        surface, p = Custom(text), np.array(place)
    except FormulaError:  # a constant without a value, in a branch that is not taken
        assume(False)
        return
    for found, part in zip((surface.value(p), surface.gradient(p), surface.hessian(p)), wanted, strict=True):
        np.testing.assert_allclose(found, part, rtol=1e-8, atol=1e-9 * size**2, err_msg=text)


@pytest.mark.parametrize("text", ["x^2 y^0", "x^1 + y^1", "(x - x)^2", "(y - y)^1", "abs(y - y)", "max(x, x)", "(x - x)^3 + (y - y)^1.5"])
def test_derivatives_of_what_is_zero_are_finite(text: str):
    surface, p = Custom(text), np.array([[0.5, -0.25], [1.0, 0.5]])
    assert np.isfinite(surface.gradient(p)).all()

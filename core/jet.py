"""Numbers that carry their derivatives: value, slopes and second derivatives in x and y go through every operation together.

This is automatic differentiation in forward mode, to second order: exact up to rounding. A part that is None is zero everywhere, so that a
derivative that vanishes costs nothing, and there is no 0 · ∞ where it would have been a factor.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

Part = Any  # a float, an array of the batch's shape, or None for zero


class Jet(NamedTuple):
    """A value f at each point of a batch, with its slopes along x and y and its second derivatives; f is NaN where there is no real value."""

    f: Any
    x: Part = None
    y: Part = None
    xx: Part = None
    xy: Part = None
    yy: Part = None

    @property
    def slopes(self) -> tuple[Part, Part]:
        return self.x, self.y


SECOND = ((0, 0, 3), (0, 1, 4), (1, 1, 5))  # two slopes, and the place of the second derivative along both
Operation = Callable[..., Jet]  # (order, *jets), where order is the highest derivative that is asked for: 0, 1 or 2


def plus(a: Part, b: Part) -> Part:
    return b if a is None else a if b is None else a + b


def times(a: Part, b: Part) -> Part:
    return None if a is None or b is None else a * b


def over(a: Part, b: Any) -> Part:
    return None if a is None else a / b


def negative(a: Part) -> Part:
    return None if a is None else -a


def add(order: int, u: Jet, v: Jet) -> Jet:
    return Jet(u.f + v.f, *map(plus, u[1:], v[1:]))


def negate(order: int, u: Jet) -> Jet:
    return Jet(-u.f, *map(negative, u[1:]))


def subtract(order: int, u: Jet, v: Jet) -> Jet:
    return Jet(u.f - v.f, *(plus(a, negative(b)) for a, b in zip(u[1:], v[1:], strict=True)))


def multiply(order: int, u: Jet, v: Jet) -> Jet:
    first = [plus(times(a, v.f), times(u.f, b)) for a, b in zip(u.slopes[: 2 * order], v.slopes, strict=False)]
    if order < 2:
        return Jet(u.f * v.f, *first)
    (a, b), second = (u.slopes, v.slopes), []
    for i, j, ij in SECOND:
        mixed = plus(times(a[i], b[j]), times(a[j], b[i]))
        second.append(plus(mixed, plus(times(u[ij], v.f), times(u.f, v[ij]))))
    return Jet(u.f * v.f, *first, *second)


def divide(order: int, u: Jet, v: Jet) -> Jet:
    """u / v; NaN where v is zero, not infinite."""
    under = nonzero(v.f)
    f = u.f / under
    first = [over(plus(a, negative(times(f, b))), under) for a, b in zip(u.slopes[: 2 * order], v.slopes, strict=False)]
    if order < 2:
        return Jet(f, *first)
    b, second = v.slopes, []
    for i, j, ij in SECOND:
        mixed = plus(times(first[i], b[j]), times(first[j], b[i]))
        second.append(over(plus(u[ij], negative(plus(mixed, times(f, v[ij])))), under))
    return Jet(f, *first, *second)


def composed(order: int, u: Jet, f: Any, first: Callable[[], Part], second: Callable[[], Part]) -> Jet:
    """The chain rule for g(u), whose value is f: `first` and `second` work out g′(u) and g″(u), and are called only when these are needed."""
    a = u.slopes
    if order == 0 or (a[0] is None and a[1] is None):
        return Jet(f)
    g = first()
    if order == 1:
        return Jet(f, times(g, a[0]), times(g, a[1]))
    h = second()
    return Jet(f, times(g, a[0]), times(g, a[1]), *(plus(times(g, u[ij]), times(h, times(a[i], a[j]))) for i, j, ij in SECOND))


def power(order: int, u: Jet, v: Jet) -> Jet:
    """uᵛ. Where the exponent depends on x or y the slopes are those of e^(v ln u), which there are for u > 0 only."""
    if v.x is None and v.y is None:
        return composed(order, u, real_power(u.f, v.f), lambda: scaled(v.f, u.f, v.f - 1), lambda: scaled(v.f * (v.f - 1), u.f, v.f - 2))
    f = real_power(u.f, v.f)
    return composed(order, multiply(order, v, FUNCTIONS["log"](order, u)), f, lambda: f, lambda: f)


def scaled(c: Any, u: Any, n: Any) -> Any:
    """c · uⁿ, zero where c is."""
    return np.where(c == 0, 0.0, c * real_power(u, n))


def real_power(u: Any, n: Any) -> Any:
    """uⁿ; NaN where zero is raised to a negative power, and where u or n is NaN: NumPy gives 1 for NaN⁰ and 1ᴺᵃᴺ."""
    return np.where(np.isnan(u) | np.isnan(n) | (np.equal(u, 0) & np.less(n, 0)), np.nan, np.power(u, n))


def power_of(n: float) -> Operation:
    """The power with this constant exponent."""
    raised, less, least = (constant_power(m) for m in (n, n - 1, n - 2))
    first = (lambda u, f: n * less(u)) if n else (lambda u, f: None)
    second = (lambda u, f: n * (n - 1) * least(u)) if n * (n - 1) else (lambda u, f: None)
    return function(raised, first, second)


def constant_power(n: float) -> Callable[[Any], Any]:
    """The function u ↦ uⁿ, by multiplication for a small whole n; NaN where zero is raised to a negative power."""
    if abs(n) > MOST or n != int(n):
        return (lambda u: np.power(u, n)) if n > 0 else (lambda u: np.power(nonzero(u), n))
    if n == 0:
        return lambda u: np.where(np.isnan(u), np.nan, 1.0)
    return (lambda u: whole_power(u, int(n))) if n > 0 else (lambda u: 1 / whole_power(nonzero(u), int(-n)))


def whole_power(u: Any, n: int) -> Any:
    """uⁿ for a whole n ≥ 1, by repeated squaring: u⁵ = (u²)² · u."""
    if n == 1:
        return u
    half = whole_power(u, n // 2)
    return half * half * u if n % 2 else half * half


def nonzero(u: Any) -> Any:
    """u with NaN in place of zero, to divide by."""
    return (u if u != 0 else np.nan) if isinstance(u, float) else np.where(u == 0, np.nan, u)


def maximum(order: int, *jets: Jet) -> Jet:
    """The largest of the jets; where two are equal, the mean of their slopes, so that max(x, −x) has the slope 0 at 0, as |x| has."""
    return folded(order, jets, np.maximum, np.greater)


def minimum(order: int, *jets: Jet) -> Jet:
    return folded(order, jets, np.minimum, np.less)


def folded(order: int, jets: tuple[Jet, ...], extreme: Callable[..., Any], wins: Callable[..., Any]) -> Jet:
    """The extreme of several jets, taken two at a time; `wins(u, v)` says where u alone is the extreme."""
    u = jets[0]
    for v in jets[1:]:
        ahead, behind = wins(u.f, v.f), wins(v.f, u.f)
        parts = [
            None if a is None and b is None else np.where(ahead, or_zero(a), np.where(behind, or_zero(b), (or_zero(a) + or_zero(b)) / 2))
            for a, b in zip(u[1:], v[1:], strict=True)
        ]
        u = Jet(extreme(u.f, v.f), *parts)
    return u


def chosen(order: int, c: Jet, u: Jet, v: Jet) -> Jet:
    """u where the condition c holds, else v; NaN where c has no value."""
    parts = [None if a is None and b is None else np.where(c.f != 0, or_zero(a), or_zero(b)) for a, b in zip(u[1:], v[1:], strict=True)]
    return Jet(np.where(np.isnan(c.f), np.nan, np.where(c.f != 0, u.f, v.f)), *parts)


def or_zero(part: Part) -> Any:
    return 0.0 if part is None else part


def compared(holds: Callable[..., Any]) -> Operation:
    """A comparison as a number: 1 where it holds, 0 where it does not, NaN where a side has no value."""
    return lambda order, u, v: Jet(np.where(np.isnan(u.f) | np.isnan(v.f), np.nan, holds(u.f, v.f)))


def function(
    value: Callable[[Any], Any], first: Callable[[Any, Any], Part] = lambda u, f: None, second: Callable[[Any, Any], Part] = lambda u, f: None
) -> Operation:
    """The operation for a function g of one number, made from g(u) and its first two derivatives, each a function of u and f = g(u)."""

    def of(order: int, u: Jet) -> Jet:
        f = value(u.f)
        return composed(order, u, f, lambda: first(u.f, f), lambda: second(u.f, f))

    return of


def logarithm(u: Any) -> Any:
    return np.log(nonzero(u))


MOST = 64  # whole exponents up to this are products
FUNCTIONS: dict[str, Operation] = {
    "sin": function(np.sin, lambda u, f: np.cos(u), lambda u, f: -f),
    "cos": function(np.cos, lambda u, f: -np.sin(u), lambda u, f: -f),
    "tan": function(np.tan, lambda u, f: 1 + f * f, lambda u, f: 2 * f * (1 + f * f)),
    "asin": function(np.arcsin, lambda u, f: 1 / np.sqrt(1 - u * u), lambda u, f: u / np.sqrt(1 - u * u) ** 3),
    "acos": function(np.arccos, lambda u, f: -1 / np.sqrt(1 - u * u), lambda u, f: -u / np.sqrt(1 - u * u) ** 3),
    "atan": function(np.arctan, lambda u, f: 1 / (1 + u * u), lambda u, f: -2 * u / (1 + u * u) ** 2),
    "sinh": function(np.sinh, lambda u, f: np.cosh(u), lambda u, f: f),
    "cosh": function(np.cosh, lambda u, f: np.sinh(u), lambda u, f: f),
    "tanh": function(np.tanh, lambda u, f: np.cosh(u) ** -2.0, lambda u, f: -2 * f * np.cosh(u) ** -2.0),
    "exp": function(np.exp, lambda u, f: f, lambda u, f: f),
    "log": function(logarithm, lambda u, f: 1 / u, lambda u, f: -1 / (u * u)),
    "sqrt": function(np.sqrt, lambda u, f: 0.5 / f, lambda u, f: -0.25 / (u * f)),
    "abs": function(np.abs, lambda u, f: np.sign(u)),
    "sign": function(np.sign),
}
OPERATIONS: dict[tuple[str, int], Operation] = {
    ("+", 2): add,
    ("-", 2): subtract,
    ("-", 1): negate,
    ("*", 2): multiply,
    ("/", 2): divide,
    ("^", 2): power,
    ("if", 3): chosen,
    ("<", 2): compared(np.less),
    ("<=", 2): compared(np.less_equal),
    (">", 2): compared(np.greater),
    (">=", 2): compared(np.greater_equal),
    **{(name, 1): operation for name, operation in FUNCTIONS.items()},
}
SEVERAL: dict[str, Operation] = {"max": maximum, "min": minimum}  # of two numbers or more


def operation(op: str, count: int) -> Operation:
    """The operation with this name that takes so many operands."""
    return SEVERAL[op] if op in SEVERAL else OPERATIONS[op, count]

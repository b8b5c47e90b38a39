"""A surface of one's own: the formula is typed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from core import Array, Citation, N_, parameter, single, text_parameter
from core.calculus import Calculus, calculus
from core.search import minimum_below, stationary_points
from landscapes.base import Kind, Landscape


@dataclass(frozen=True)
class Custom(Landscape):
    """Any formula in x and y becomes a surface: its slopes and curvatures follow by the rules of differentiation.

    A descent reaches what a search from many starts found; there may be a lower minimum. Where the formula has no real value the map has a gap.
    """

    title = N_("Your formula")
    reference = "Wengert, A simple automatic derivative evaluation program, CACM 7(8), 1964: slopes and curvatures are carried through each operation"
    citations = (
        Citation(
            "wengert1964simple",
            "article",
            "Wengert, R. E.",
            "A simple automatic derivative evaluation program",
            1964,
            "Communications of the ACM",
            volume="7",
            number="8",
            pages="463--464",
            doi="10.1145/355586.364791",
        ),
    )
    known = ((1.0, 0.0), 0.6411200080598672)  # ½ + sin 3
    listed = "found"

    text: str = text_parameter(
        "x^2/2 + y^2 + sin(3x) cos(2y)",
        calculus,
        label="f(x, y) =",
        help=N_(
            "x, y, numbers, + − * / ^, parentheses, pi, e; sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log, sqrt, abs, sign, min, max; "
            "if(x < 1, a, b) is a where x < 1, else b. 3x is 3 times x."
        ),
    )
    reach: float = parameter(
        3.0, 0.5, 50.0, log=True, within="(0, 100000]", label=N_("Half-width w"), help=N_("Half-width w of the map: x and y go from −w to w.")
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        single(self, "reach")

    deepest: tuple[float, float] | None = None  # a minimum that lies below all those that the search found

    @property
    def calculus(self) -> Calculus:
        return calculus(self.text)

    @property
    def formula(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.calculus.latex

    @property
    def domain(self) -> tuple[tuple[float, float], tuple[float, float]]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return (-self.reach, self.reach), (-self.reach, self.reach)

    @property
    def start(self) -> tuple[float, float]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return start(self.text, self.reach)

    def value(self, p: Array) -> Array:
        return self.calculus.value(p)

    def gradient(self, p: Array) -> Array:
        return self.calculus.gradient(p)

    def hessian(self, p: Array) -> Array:
        return self.calculus.hessian(p)

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        listed = list(found(self.text, self.reach))
        return [(self.deepest, "minimum"), *listed] if self.deepest else listed

    def deeper(self, p: tuple[float, float]) -> Custom:
        return replace(self, deepest=below(self.text, self.reach, p))


@lru_cache(maxsize=256)
def found(text: str, half: float) -> tuple[tuple[tuple[float, float], Kind], ...]:
    """The stationary points of a formula, searched for once."""
    surface = Custom(text, half)
    return tuple(stationary_points(surface.value, surface.gradient, surface.hessian, half))


@lru_cache(maxsize=1024)
def below(text: str, half: float, p: tuple[float, float]) -> tuple[float, float] | None:
    """The minimum to which the way downhill from p leads, if it is lower than all that the search found."""
    surface = Custom(text, half)
    point = minimum_below(surface.value, surface.gradient, surface.hessian, half, p)
    lowest = surface.lowest
    return point if point and (lowest is None or surface.value(np.array(point)) < lowest) else None


@lru_cache(maxsize=256)
def start(text: str, half: float) -> tuple[float, float]:
    """Two thirds to the right and half-way up; where the formula has no value or no slope there, the first of some other places where it has."""
    surface = Custom(text, half)
    side = np.array([2 / 3, 1 / 2, -2 / 3, -1 / 2, 1 / 6, -1 / 6])
    places = np.array([(2 / 3, 1 / 2), *[(x, y) for y in side for x in side]]).T
    places = np.array([[float(f"{v:.3g}") for v in row] for row in half * places])
    gradient = surface.gradient(places)
    slopes = np.isfinite(surface.value(places)) & np.isfinite(gradient).all(axis=0) & (gradient != 0).any(axis=0)
    x, y = places[:, slopes.argmax()]
    return float(x), float(y)

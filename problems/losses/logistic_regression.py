"""A linear classifier: two features, two classes, and a boundary through the origin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from core import Array, Citation, N_, parameter
from core.window import Window
from landscapes.base import Kind
from optimizers.adagrad import AdaGrad
from problems.losses.base import Problem, around

TRUTH = (1.5, 1.0)  # the weights, for features of scale 1, that classes are drawn by


@dataclass(frozen=True)
class LogisticRegression(Problem):
    """A boundary between two classes: where no line parts them the loss is a convex bowl with one minimum.

    Where a line parts them there is no minimum: the longer the weights, the lower the loss. A feature that is rarely not zero has a small gradient on
    average, and a large one when it comes.
    """

    title = N_("Logistic regression")
    formula = r"\frac1N\sum_i \log\!\left(1 + e^{-c_i\,(w_1 x_{1i} + w_2 x_{2i})}\right),\ c_i = \pm 1"
    reference = "Cox, J. R. Stat. Soc. B 20(2), 1958; sparse features: Duchi et al., JMLR 12, 2011"
    citations = (
        Citation(
            "cox1958regression",
            "article",
            "Cox, D. R.",
            "The Regression Analysis of Binary Sequences",
            1958,
            "Journal of the Royal Statistical Society: Series B",
            volume="20",
            number="2",
            pages="215--232",
            doi="10.1111/j.2517-6161.1958.tb00292.x",
        ),
        *AdaGrad.citations,
    )
    classes = True
    axes = ("x₁", "x₂")
    weights = ("w₁", "w₂")

    scale: float = parameter(
        1.0, 0.1, 10.0, log=True, within="(0, 1000]", label=N_("Scale of x₂"), help=N_("How large the second feature is beside the first.")
    )
    correlation: float = parameter(
        0.0, -0.95, 0.95, within="(-1, 1)", label=N_("Correlation"), help=N_("Of the two features: the ravine lies across it.")
    )
    dense: float = parameter(
        1.0, 0.05, 1.0, within="(0, 1]", label=N_("x₂ not zero"), help=N_("The share of examples whose second feature is not zero: a sparse feature.")
    )

    def generated(self, rng: np.random.Generator) -> Array:
        first, second = rng.standard_normal((2, self.examples))
        second = self.correlation * first + np.sqrt(1 - self.correlation**2) * second
        second = np.where(rng.random(self.examples) < self.dense, second, 0.0)
        chance = self.spread * rng.logistic(size=self.examples)
        classes = np.where(TRUTH[0] * first + TRUTH[1] * second + chance > 0, 1.0, 0.0)
        swapped = rng.random(self.examples) < self.outliers
        return np.array([first, self.scale * second, np.where(swapped, 1 - classes, classes)])

    @property
    def best(self) -> tuple[float, float] | None:
        """The weights of the least loss; None where a line parts the classes."""
        return least(self)

    @property
    def domain(self) -> Window:  # pyright: ignore[reportIncompatibleVariableOverride]
        return around(np.array([self.best or (2.0, 2.0), (0.0, 0.0)]).T, 2.0)

    @property
    def start(self) -> tuple[float, float]:  # pyright: ignore[reportIncompatibleVariableOverride]
        (x0, x1), (y0, y1) = self.domain
        return round(x0 + 0.15 * (x1 - x0), 6), round(y0 + 0.2 * (y1 - y0), 6)

    def losses(self, p: Array, x: Array, y: Array) -> Array:
        margin = y * self.fitted(p, x)
        return np.log1p(np.exp(-np.abs(margin))) + np.maximum(-margin, 0.0)

    def slopes(self, p: Array, x: Array, y: Array) -> Array:
        pull = -y * wrong(y * self.fitted(p, x))
        return np.array([pull * x[0], pull * x[1]])

    def bends(self, p: Array, x: Array, y: Array) -> Array:
        off = wrong(y * self.fitted(p, x))
        curved = off * (1 - off)
        return np.array([[curved * x[0] * x[0], curved * x[0] * x[1]], [curved * x[0] * x[1], curved * x[1] * x[1]]])

    def fitted(self, p: Array, x: Array) -> Array:
        """The boundary is where this is zero."""
        return p[0] * x[0] + p[1] * x[1]

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        return [(self.best, "minimum")] if self.best else []


def wrong(margin: Array) -> Array:
    """1/(1 + eᵐ), the probability of the wrong class; it never overflows."""
    return 0.5 * (1 - np.tanh(0.5 * margin))


@lru_cache(maxsize=256)
def least(problem: LogisticRegression) -> tuple[float, float] | None:
    """The minimum by Newton's method, each step halved until it leads down."""
    if parted(problem):
        return None
    p = np.zeros(2)
    for _step in range(100):
        g = problem.gradient(p)
        step = np.linalg.solve(problem.hessian(p), g)
        f, part = problem.value(p), 1.0
        while problem.value(p - part * step) > f and part > 1e-9:
            part /= 2
        p = p - part * step
        if np.hypot(*step) <= 1e-14 * max(1.0, np.hypot(*p)):
            break
    return float(p[0]), float(p[1])


def parted(problem: LogisticRegression) -> bool:
    """Whether a line through the origin has no example on its wrong side: all c·x lie in one half of the plane."""
    x, y = problem.inputs()
    toward = (y * x)[:, np.hypot(*x) > 0]
    angles = np.sort(np.arctan2(toward[1], toward[0]))
    if not angles.size:
        return True
    gaps = np.diff(angles, append=angles[0] + 2 * np.pi)
    return bool(gaps.max() >= np.pi - 1e-9)

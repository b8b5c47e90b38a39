"""The ground of a run: what is asked of a surface again and again to say how a run on it ended."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array
from core.search import newton
from landscapes import Landscape
from landscapes.base import Kind
from runs.minimum import CLOSE, floor, margin, size_of, valleys

POLISHING = 8  # steps of Newton's method


@dataclass(frozen=True)
class Ground:
    """What is asked of a surface again and again, worked out once: its stationary points (2, n), their kinds and values, f* and `tolerance`."""

    surface: Landscape
    points: Array
    kinds: list[Kind]
    values: Array
    lowest: float | None
    close: float
    size: float

    @classmethod
    def of(cls, surface: Landscape) -> Ground:
        listed = surface.stationary()
        points = np.array([point for point, _ in listed], dtype=float).reshape(-1, 2).T
        kinds: list[Kind] = [kind for _, kind in listed]
        *values, top = surface.value(np.column_stack([points, surface.start])).tolist()
        lowest = min((value for value, kind in zip(values, kinds, strict=True) if kind == "minimum"), default=None)
        return cls(surface, points, kinds, np.array(values), lowest, float(margin(top, top if lowest is None else lowest)), size_of(surface))

    def levels(self) -> Array | float:
        """How close a loss must be to the value of each point; without f* the drop is that to the point."""
        return self.close if self.lowest is not None or not self.kinds else margin(self.surface.value(np.array(self.surface.start)), self.values)

    def distance(self, path: Array, minimum: Array) -> Array:
        """How far each point of the path (steps, 2) is from a stationary point, or from the valley whose floor a minimum is a point of."""
        away = np.hypot(*(path - minimum).T)
        if self.surface.listed != "all" and any((self.surface.minima()[:, i] == minimum).all() for i in valleys(self.surface)):
            q, met = floor(path.T, self.surface, self.surface.value(minimum))
            away = np.where(met, np.minimum(away, np.hypot(*(path.T - q))), away)
        return away

    def unlisted(self, end: Array) -> list[Array]:
        """The minimum in whose well a point lies, by Newton's method, where a surface has more than it lists; none where that leads away."""
        surface, size, p = self.surface, self.size, end
        with np.errstate(all="ignore"):
            for _ in range(POLISHING):
                p = p - newton(surface.gradient(p), surface.hessian(p), True, size)
                if not np.hypot(*(p - end)) <= 2 * CLOSE * size:
                    return []
            g, hessian = surface.gradient(p), surface.hessian(p)
            step = np.hypot(*newton(g, hessian, True, size))
        arrived = step <= 1e-9 * size and np.hypot(*g) * size <= self.close  # along a straight slope there is no step, but a gradient
        if not (arrived and np.isfinite(hessian).all() and np.hypot(*(p - end)) <= CLOSE * size) or np.linalg.eigvalsh(hessian)[0] <= 0:
            return []
        return [] if (np.hypot(*(p - self.points.T).T) <= CLOSE * size).any() else [p]

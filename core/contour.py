"""Where a function that is known on a grid is zero: segments of a line."""

from __future__ import annotations

import numpy as np

from core.parameter import Array


def zeros(values: Array) -> Array:
    """The segments along which values of shape (rows, columns) pass through zero, (n, 4): column and row of one end, then of the other.

    Each square of the grid is cut into two triangles, on which the function is taken to be linear. Where it is not finite there is no line.
    """
    rows, columns = values.shape
    j, i = (index.ravel() for index in np.mgrid[: rows - 1, : columns - 1])
    corners = {name: (i + di, j + dj) for name, (di, dj) in {"a": (0, 0), "b": (1, 0), "c": (0, 1), "d": (1, 1)}.items()}
    found = []
    for triangle in ("abc", "dbc"):
        for k in range(3):
            one, two, three = (corners[triangle[(k + turn) % 3]] for turn in range(3))
            f, g, h = (values[y, x] for x, y in (one, two, three))
            apart = ((f > 0) != (g > 0)) & ((g > 0) == (h > 0)) & np.isfinite(f + g + h)
            ends = [crossing(one, other, f, value, apart) for other, value in ((two, g), (three, h))]
            found.append(np.stack([*ends[0], *ends[1]], axis=1))
    return np.concatenate(found)


def crossing(one: tuple[Array, Array], other: tuple[Array, Array], f: Array, g: Array, where: Array) -> tuple[Array, Array]:
    """Column and row of the zero between two points of the grid with the values f and g."""
    part = f[where] / (f[where] - g[where])
    x, y = ((1 - part) * a[where] + part * b[where] for a, b in zip(one, other, strict=True))
    return x, y

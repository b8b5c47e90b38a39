"""The scale of a setting's values: even, logarithmic, or logarithmic in 1 − v. `player/browser/base/scale.js` has the same."""

from __future__ import annotations

from typing import Literal

import numpy as np

from core.parameter import Array, Number, Range

Scale = Literal["even", "log", "near_one"]
TOLD_APART = 4  # floats from one cell to the next at least: with fewer, cells are the same number, or rounding is all that differs


def scale_of(allowed: Range) -> Scale:
    """The scale that suits the parameter."""
    return "log" if allowed.log else "near_one" if allowed.near_one else "even"


def place(values: Number, scale: Scale) -> Number:
    """Where values stand on the scale."""
    if scale == "log":
        return np.log10(values)
    return -np.log10(1 - np.asarray(values)) if scale == "near_one" else values


def value(places: Number, scale: Scale) -> Number:
    """The values at places on the scale."""
    if scale == "log":
        return 10.0 ** np.asarray(places)
    return 1 - 10.0 ** -np.asarray(places) if scale == "near_one" else places


def middles(low: float, high: float, n: int, scale: Scale) -> Array:
    """The middles of n cells of equal width on the scale, from low to high; shape (n,)."""
    first, last = place(low, scale), place(high, scale)
    return np.asarray(value(first + (last - first) * (np.arange(n) + 0.5) / n, scale))


def narrowest(low: float, cells: int) -> float:
    """The least range from `low` on in which double precision tells so many cells apart."""
    return TOLD_APART * cells * float(np.spacing(abs(low)))

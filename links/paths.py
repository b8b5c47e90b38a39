"""From the settings of the Explore page to one run for each of many values of its horizontal axis."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from core.scale import place
from links.axes import Axis, FINE, axes_of
from links.explore import race_link
from links.sweep import SHOWN, descent
from links.table import Flat
from runs.paths import Paths, paths


def values_of(axis: Axis) -> Array:
    """The values, in rising order, each once; shape (n,) with n ≤ 200."""
    return np.unique(axis.values(FINE))


def pathed(flat: Flat) -> Paths:
    """The runs with the horizontal axis' setting at each of these values, and all else as it is set."""
    x, y = axes_of(flat)
    return paths(descent(flat, (x, values_of(x)), (y, np.array([flat[y.key]], dtype=float))))


def what_is_pathed(flat: Flat) -> tuple[tuple[str, Any], ...]:
    """All that these runs hang on: nothing of the vertical axis but its setting's value."""
    unused = {*SHOWN, "ay", "ay.low", "ay.high", flat["ax"]}
    return tuple((key, value) for key, value in flat.items() if key not in unused)


def chosen(flat: Flat) -> int:
    """The index of the value that is chosen, which is the one nearest to the setting's own until another is."""
    x, _y = axes_of(flat)
    wanted = flat[x.key] if flat["scrub"] == "" else flat["scrub"]
    within = float(np.clip(wanted, x.low, x.high))
    return int(np.abs(place(values_of(x), x.scale) - place(within, x.scale)).argmin())


def chosen_race(flat: Flat, language: str) -> dict[str, str]:
    """The race of the chosen run, as the Race page's address has it."""
    x, _y = axes_of(flat)
    value = values_of(x)[chosen(flat)]
    return race_link(flat | {"kept": "", x.key: int(value) if x.allowed.whole else float(value)}, language)

"""How deep a run goes: the point at which it passes below every minimum that is known."""

from __future__ import annotations

import numpy as np

from landscapes import Landscape
from runs.trajectory import Trajectory

ROUNDING = 1e-9  # of |f*| or of the run's drop, whichever is larger: a smaller difference to f* is rounding


def passed_below(trajectory: Trajectory, surface: Landscape) -> tuple[float, float] | None:
    """The lowest point of a single run on the map, where it is below f* by more than rounding, or where there is no f*; None where it is not."""
    low, high = np.array(surface.domain).T
    on_map = ((trajectory.path > low) & (trajectory.path < high)).all(axis=1)
    f = np.where(on_map & np.isfinite(trajectory.loss), trajectory.loss, np.inf)
    k = int(f.argmin())
    lowest = surface.lowest
    if f[k] == np.inf or (lowest is not None and lowest - f[k] <= ROUNDING * max(abs(lowest), abs(float(trajectory.loss[0]) - lowest))):
        return None
    return float(trajectory.path[k, 0]), float(trajectory.path[k, 1])

"""Where a run has arrived: at which stationary points it is, and from when to when."""

from __future__ import annotations

import numpy as np

from core import Array
from landscapes.base import Kind
from runs.ground import Ground
from runs.minimum import CLOSE
from runs.stretch import Ending, Verdict, lasts, stays
from runs.trajectory import Trajectory

Box = tuple[tuple[float, float], tuple[float, float]]
AT: dict[Kind, Ending] = {"minimum": "local minimum", "saddle": "saddle", "maximum": "maximum"}


def settled(trajectory: Trajectory, ground: Ground, end: int) -> list[Verdict]:
    """Where the run is at a stationary point, up to a step."""
    path, loss = trajectory.path[: end + 1], trajectory.loss[: end + 1]
    found: list[Verdict] = []
    if ground.lowest is not None:
        reached = stays(np.abs(loss - ground.lowest) <= ground.close)
        if reached:  # f* is the lowest value inside the domain; outside, a run may pass through it on its way further down
            away = outside(path, ground.surface.domain, CLOSE * ground.size)
            found = [Verdict("reached", a, b) for a, b in reached if lasts(a, b, end) or not away[a : b + 1].all()]
    levels = ground.levels()
    near = np.abs(loss[:, None] - ground.values) <= levels
    for i in np.flatnonzero(near.any(axis=0)):
        if ground.kinds[i] == "minimum" and ground.lowest is not None and ground.values[i] - ground.lowest <= ground.close:
            continue
        found += at_point(path, near[:, i], ground, ground.points[:, i], ground.kinds[i])
    if ground.surface.listed != "all" and not any(v.until == end for v in found):
        for minimum in ground.unlisted(path[end]):
            found += at_point(path, np.abs(loss - ground.surface.value(minimum)) <= ground.close, ground, minimum, "minimum")
    return sorted(dict.fromkeys(found), key=lambda v: v.step)


def at_point(path: Array, near: Array, ground: Ground, point: Array, kind: Kind) -> list[Verdict]:
    """Where the run is at a point to whose value the loss is near."""
    near = near & (ground.distance(path, point) <= CLOSE * ground.size)
    return [Verdict(AT[kind], *stay) for stay in stays(near) if lasts(*stay, len(path) - 1)]


def outside(path: Array, box: Box, beyond: float = 0.0) -> Array:
    """Which points of the path (steps, 2) lie outside a box that is widened on all sides."""
    low, high = np.array(box).T
    return ((path < low - beyond) | (path > high + beyond)).any(axis=1)

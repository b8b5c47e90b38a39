"""How a run ended, and what can be said of it on its way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from core import Array, InputError, N_
from core.search import newton
from landscapes import Landscape
from landscapes.base import Kind
from optimizers import Optimizer
from runs.minimum import CLOSE, floor, margin, size_of, valleys
from runs.trajectory import End, Trajectory

SETTLED = 10  # steps
POLISHING = 8  # steps of Newton's method
TAIL = 0.25  # of the run: what is looked at to say that it does not settle; twice SETTLED steps at least
AROUND = 0.2  # of the domain's shorter side: farther off is not around a minimum
STEADY = 0.5  # the second half of the tail stays as far off on average as the first, up to this factor
NOISY = 0.2  # the same under noise, which lets no run settle and is uneven by itself
BALANCED = 0.01  # of the step that weight decay alone would make: where less is left, the slope holds it
SLACK = 0.1  # of the slope: what L2 decay may leave of it

Ending = Literal[
    "diverged", "no step", "outside", "no start", "reached", "local minimum", "saddle", "maximum", "at rest", "stands still", "restless",
    "restless, local", "weight decay", "left the map", "under way",
]  # fmt: skip
Box = tuple[tuple[float, float], tuple[float, float]]
AT: dict[Kind, Ending] = {"minimum": "local minimum", "saddle": "saddle", "maximum": "maximum"}


@dataclass(frozen=True)
class Verdict:
    """Where a run is from one step to another, both included; `within`: how far from a minimum at most, `at`: the point where it stays."""

    kind: Ending
    step: int
    until: int
    within: float | None = None
    at: tuple[float, float] | None = None


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


def verdict(trajectory: Trajectory, surface: Landscape, optimizer: Optimizer | None = None) -> Verdict:
    """How a single run ended, and since when; "under way" where nothing can be said. Arguments and errors as in `verdicts`."""
    said = verdicts(trajectory, surface, optimizer)
    last = len(trajectory.loss) - 1
    return next((v for v in said if v.until == last), Verdict("under way", last, last))


@np.errstate(all="ignore")  # a formula may have no value, slope or curvature where the run is
def verdicts(trajectory: Trajectory, surface: Landscape, optimizer: Optimizer | None = None, seen: Box | None = None) -> list[Verdict]:
    """What can be said of a single run on its way, in the order of the steps; raises InputError for a batch.

    "diverged", "no step" and "outside" (of where the formula has a value) from that step on, and "no start": as `Trajectory.ended` has it.
    "reached": its loss is within `tolerance` of f*. "local minimum", "saddle", "maximum": it is at such a point, listed or not, at most 1 % of the
    domain away and the loss as close to the value there, for ten steps at least or up to its end. "restless" and "restless, local": it goes to and
    fro around such a minimum and does not settle, `within` this distance. "at rest": it stands where the slope is zero; "stands still": it
    stands though it is not, its steps lost in rounding. "weight decay": the optimizer's holds it `at` a point where the slope is not zero.
    "left the map": it is outside the box `seen`, by default the domain. A run that stands at such a point and has no step from there, as on a kink,
    is said to be there.
    """
    if trajectory.loss.ndim != 1:
        raise InputError(N_("A verdict is about one run, and this is a batch of shape {value}."), value=trajectory.loss.shape[1:])
    last, why, stop = len(trajectory.loss) - 1, End(int(trajectory.ended)), int(trajectory.stopped_at)
    if stop == 0:
        return [Verdict("no start", 0, last)]
    ground = Ground.of(surface)
    end = stop - 1 if why in (End.DIVERGED, End.OUTSIDE) else last
    found = settled(trajectory, ground, end)
    arrived = bool(found) and found[-1].until == last
    if end < last:
        found.append(Verdict("diverged" if why is End.DIVERGED else "outside", stop, last))
    elif why is End.NO_STEP:
        found += [] if arrived else [Verdict("no step", stop, last)]
    elif not arrived or last - found[-1].step < SETTLED:
        final = restless(trajectory, ground, found)
        if not final and not arrived:
            final = balanced(trajectory, ground, optimizer) or standing(trajectory, ground)
        if final:
            found = [replace(v, until=min(v.until, final.step - 1)) for v in found if v.step < final.step] + [final]
    away = outside(trajectory.path, seen or surface.domain)
    away[end + 1 :] = False
    for v in found:
        away[v.step : v.until + 1] = False
    return sorted([*found, *(Verdict("left the map", *stay) for stay in stays(away))], key=lambda v: v.step)


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
        for minimum in unlisted(ground, path[end]):
            found += at_point(path, np.abs(loss - ground.surface.value(minimum)) <= ground.close, ground, minimum, "minimum")
    return sorted(dict.fromkeys(found), key=lambda v: v.step)


def at_point(path: Array, near: Array, ground: Ground, point: Array, kind: Kind) -> list[Verdict]:
    """Where the run is at a point to whose value the loss is near."""
    near = near & (ground.distance(path, point) <= CLOSE * ground.size)
    return [Verdict(AT[kind], *stay) for stay in stays(near) if lasts(*stay, len(path) - 1)]


def restless(trajectory: Trajectory, ground: Ground, found: list[Verdict]) -> Verdict | None:
    """A run that goes to and fro around a minimum: the middle of its last quarter is there, and it comes no closer, or has been there and left."""
    path, surface, last = trajectory.path, ground.surface, len(trajectory.path) - 1
    tail = max(2 * SETTLED, int(TAIL * len(path)))
    if len(path) < tail:
        return None
    middle = path[-tail:].mean(axis=0)
    minima = [point for point, kind in zip(ground.points.T, ground.kinds, strict=True) if kind == "minimum"]
    if surface.listed != "all":
        minima += unlisted(ground, middle)
    if not minima:
        return None
    offs = [float(ground.distance(middle[None], point)[0]) for point in minima]
    off, minimum = min(offs), minima[int(np.argmin(offs))]
    if off > AROUND * ground.size:
        return None
    away = ground.distance(path, minimum)
    within, half = float(away[-tail:].max()), tail // 2
    early, late = away[-tail:-half].mean(), away[-half:].mean()
    steady = STEADY if surface.at(1) is surface else NOISY
    left = max((v.until + 1 for v in found if v.kind in ("reached", "local minimum") and last - tail < v.until < last), default=0)
    if not (2 * off <= within <= AROUND * ground.size and steady * early <= late and (left or late <= early / steady)):
        return None
    step = left if late > early / steady else since(away > within)
    deep = ground.lowest is not None and surface.value(minimum) - ground.lowest <= ground.close
    return Verdict("restless" if deep else "restless, local", step, last, within=float(away[step:].max()))


def balanced(trajectory: Trajectory, ground: Ground, optimizer: Optimizer | None) -> Verdict | None:
    """A run that weight decay holds beside a minimum: it pulls the point one way, the slope the other, and what is left hardly moves it."""
    decay = getattr(optimizer, "weight_decay", 0.0)
    if not decay:
        return None
    path, last = trajectory.path, len(trajectory.path) - 1
    step = since(np.hypot(*np.diff(path, axis=0).T) > BALANCED * decay * trajectory.lr * np.hypot(*path[:-1].T))
    p, before = path[-1], path[-2]
    g, used = ground.surface.gradient(before), trajectory.states["g"][-1]  # the latter with decay in it where that goes through the gradient
    balanced = np.allclose(used, g, rtol=1e-9, atol=0) or np.hypot(*used) <= SLACK * np.hypot(*g)
    if last - step < min(SETTLED, last) or not balanced or (g * before).sum() >= 0:
        return None
    return Verdict("weight decay", step, last, at=(float(p[0]), float(p[1])))


def standing(trajectory: Trajectory, ground: Ground) -> Verdict | None:
    """A run that stands, for the last ten steps at least or for all that there are."""
    path, last = trajectory.path, len(trajectory.path) - 1
    step = since((np.diff(path, axis=0) != 0).any(axis=1))
    if last - step < min(SETTLED, last):
        return None
    if ground.surface.gradient(path[-1]).any():
        return Verdict("stands still", step, last)
    low, high = np.linalg.eigvalsh(np.nan_to_num(ground.surface.hessian(path[-1])))
    return Verdict("local minimum" if low > 0 else "maximum" if high < 0 else "saddle" if low < 0 < high else "at rest", step, last)


def unlisted(ground: Ground, end: Array) -> list[Array]:
    """The minimum in whose well a point lies, by Newton's method, where a surface has more than it lists; none where that leads away."""
    surface, size, p = ground.surface, ground.size, end
    with np.errstate(all="ignore"):
        for _ in range(POLISHING):
            p = p - newton(surface.gradient(p), surface.hessian(p), True, size)
            if not np.hypot(*(p - end)) <= 2 * CLOSE * size:
                return []
        g, hessian = surface.gradient(p), surface.hessian(p)
        left = max(
            np.hypot(*newton(g, hessian, True, size)) / (1e-9 * size), np.hypot(*g) * size / ground.close
        )  # no step along a slope that is straight
    if not (np.isfinite(hessian).all() and np.hypot(*(p - end)) <= CLOSE * size and left <= 1) or np.linalg.eigvalsh(hessian)[0] <= 0:
        return []
    return [] if (np.hypot(*(p - ground.points.T).T) <= CLOSE * size).any() else [p]


def outside(path: Array, box: Box, beyond: float = 0.0) -> Array:
    """Which points of the path (steps, 2) lie outside a box that is widened on all sides."""
    low, high = np.array(box).T
    return ((path < low - beyond) | (path > high + beyond)).any(axis=1)


def lasts(since: int, until: int, end: int) -> bool:
    """Whether a stay is longer than a passage: ten steps at least, or up to the end."""
    return until == end or until - since >= SETTLED


def since(moving: Array) -> int:
    """The index from which on none is true."""
    true = np.flatnonzero(moving)
    return int(true[-1]) + 1 if true.size else 0


def stays(near: Array) -> list[tuple[int, int]]:
    """The first and last index of every stretch of true values."""
    edges = np.flatnonzero(np.diff(near, prepend=False, append=False))
    return [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]

"""How a run ends that arrives nowhere: it goes to and fro, weight decay holds it, or it stands."""

from __future__ import annotations

import numpy as np

from optimizers import Optimizer
from runs.ground import Ground
from runs.stretch import SETTLED, Verdict, since
from runs.trajectory import Trajectory

TAIL = 0.25  # of the run: what is looked at to say that it does not settle; twice SETTLED steps at least
AROUND = 0.2  # of the domain's shorter side: farther off is not around a minimum
STEADY = 0.5  # the second half of the tail stays as far off on average as the first, up to this factor
NOISY = 0.2  # the same under noise, which lets no run settle and is uneven by itself
BALANCED = 0.01  # of the step that weight decay alone would make: where less is left, the slope holds it
AT_MINIMUM = ("reached", "local minimum")
SLACK = 0.1  # of the slope: what L2 decay may leave of it


def restless(trajectory: Trajectory, ground: Ground, found: list[Verdict]) -> Verdict | None:
    """A run that goes to and fro around a minimum: the middle of its last quarter is there, and it comes no closer, or has been there and left.

    Where it has stood there for as long as that, it is restless only afterwards.
    """
    path, surface, last = trajectory.path, ground.surface, len(trajectory.path) - 1
    tail = max(2 * SETTLED, int(TAIL * len(path)))
    if len(path) < tail:
        return None
    middle = path[-tail:].mean(axis=0)
    minima = [point for point, kind in zip(ground.points.T, ground.kinds, strict=True) if kind == "minimum"]
    if surface.listed != "all":
        minima += ground.unlisted(middle)
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
    left = max((v.until + 1 for v in found if v.kind in AT_MINIMUM and last - tail < v.until < last), default=0)
    if not (2 * off <= within <= AROUND * ground.size and steady * early <= late and (left or late <= early / steady)):
        return None
    stood = max((v.until + 1 for v in found if v.kind in AT_MINIMUM and v.until < last and v.until - v.step >= tail), default=0)
    step = left if late > early / steady else max(stood, since(away > within))
    deep = ground.lowest is not None and surface.value(minimum) - ground.lowest <= ground.close
    loss = trajectory.loss[step:]
    between = (float(loss.min()), float(loss.max()))
    return Verdict("restless" if deep else "restless, local", step, last, within=float(away[step:].max()), between=between)


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

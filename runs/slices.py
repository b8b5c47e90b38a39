"""The loss of trainings on a plane: which plane, where their paths lie in it, and the heights on a grid over it, a part at a time."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from core import Array
from core.window import Window, widened
from landscapes import Objective
from problems.directions import filter_normalised, held, principal
from problems.networks import Examples, Perceptron
from problems.plane import Frame, Plane

COLUMNS, ROWS = 81, 57  # of the grid; every second one of both comes first
MOST = 2000  # examples that the loss is the mean over: the first of more
MARGIN = 0.2  # around the paths, as a part of what they cover
TOGETHER = 8  # points whose loss is worked out at a time


class Traced(NamedTuple):
    """A path as the plane shows it: places (2, n), its points' nearest ones in the plane; true (n,), the loss at the points themselves; shown (n,),
    that at the places; share, the part of the path's variance about its end that lies in the plane.
    """

    places: Array
    true: Array
    shown: Array
    share: float


@dataclass(frozen=True, eq=False)
class Heights:
    """A plane with paths in it, the part of it that a map shows, and the loss on a grid over that, (ROWS, COLUMNS), NaN where it is still to come;
    the first `done` points in the order of work are there. seconds: of the processor, so far.
    """

    frame: Frame
    window: Window
    paths: tuple[Traced, ...]
    values: Array
    done: int = 0
    seconds: float = 0.0

    @property
    def coarse(self) -> bool:
        """Whether every second point along both axes is there."""
        return self.done >= COARSE

    @property
    def fine(self) -> bool:
        """Whether all is there."""
        return self.done >= COLUMNS * ROWS


def seen_by(network: Perceptron) -> Perceptron:
    """The network over the examples whose mean loss a plane shows, without weight decay, as the curves of its training have it."""
    every = network.examples
    examples = every if len(every) <= MOST else Examples(every.inputs[:MOST], every.labels[:MOST], every.classes)
    return replace(network, examples=examples, batches=None, weight_decay=0.0)


def frame_of(kind: str, network: Perceptron, paths: list[Array], seed: int = 0) -> Frame:
    """The plane of one or more paths (n, P), each with three points and more.

    "own": the principal directions of the first, from its end; "random": two random directions there, as long as its weights row by row; "all": the
    principal directions of all paths together, from the mean of all their points.
    """
    if kind == "random":
        end = paths[0][-1]
        return Frame(end, filter_normalised(network, end, seed).astype(end.dtype))
    if kind == "own":
        return Frame(paths[0][-1], principal(paths[0]).directions)
    points = np.concatenate(paths)
    middle = points.mean(axis=0)
    return Frame(middle, principal(points, middle).directions)


def traced(network: Perceptron, frame: Frame, path: Array) -> Traced:
    """A path (n, P) in the plane of a frame."""
    places = frame.projected(path.T)
    return Traced(places, losses(network, path.T), losses(Plane(network, frame), places), held(frame.directions, path))


def losses(objective: Objective, points: Array) -> Array:
    """The loss at points (P, n), some of them at a time: what a network works out takes room. What is not finite is ∞."""
    with np.errstate(over="ignore", invalid="ignore"):
        found = [objective.value(points[:, k : k + TOGETHER]) for k in range(0, points.shape[1], TOGETHER)]
    return np.nan_to_num(np.concatenate(found), nan=np.inf, posinf=np.inf)


def window_of(kind: str, paths: list[Traced]) -> Window:
    """What the map shows: all of the paths with a margin; of random directions, which the paths hardly go along, one length of the weights around."""
    if kind == "random":
        return widened(((-1.0, 1.0), (-1.0, 1.0)))
    places = np.concatenate([each.places for each in paths], axis=1)
    low, high = places.min(axis=1), places.max(axis=1)
    size = max(float((high - low).max()), 1e-6 * max(float(np.abs(places).max()), 1.0))  # of paths that stand still there is a map too
    low, high = low - MARGIN * size, high + MARGIN * size
    return widened(((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))))


def begun(kind: str, network: Perceptron, paths: list[Array], seed: int = 0) -> Heights:
    """The plane with the paths, and no height yet. Raises InputError where a path is too short to have a plane."""
    began = time.process_time()
    own = seen_by(network)
    frame = frame_of(kind, own, paths, seed)
    found = [traced(own, frame, path) for path in paths]
    return Heights(frame, window_of(kind, found), tuple(found), np.full((ROWS, COLUMNS), np.nan), seconds=time.process_time() - began)


def grid(window: Window) -> tuple[Array, Array]:
    """The x (COLUMNS,) and y (ROWS,) of the grid."""
    (x0, x1), (y0, y1) = window
    return np.linspace(x0, x1, COLUMNS), np.linspace(y0, y1, ROWS)


def order() -> Array:
    """The places of the grid's points in the order in which they are worked out: every second one along both axes first."""
    first = np.zeros((ROWS, COLUMNS), bool)
    first[::2, ::2] = True
    return np.concatenate([np.flatnonzero(first), np.flatnonzero(~first)])


COARSE = len(range(0, ROWS, 2)) * len(range(0, COLUMNS, 2))
ORDER = order()


def more(made: Heights, network: Perceptron, seconds: float = np.inf) -> Heights:
    """The loss at further points, for about so many seconds, or all."""
    began = time.process_time()
    plane, (x, y) = Plane(seen_by(network), made.frame, made.window), grid(made.window)
    values, done = made.values.copy(), made.done
    while done < len(ORDER) and (done == made.done or time.process_time() - began < seconds):
        rows, columns = np.unravel_index(ORDER[done : done + TOGETHER], values.shape)
        values[rows, columns] = losses(plane, np.stack([x[columns], y[rows]]).astype(made.frame.origin.dtype))
        done += len(rows)
    return replace(made, values=values, done=done, seconds=made.seconds + time.process_time() - began)

"""Every point of every run of a batch, beside what a map shows of them: what is moved through by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array
from runs.cells import Cells, cells
from runs.descent import Descent, Row


class Paths(NamedTuple):
    """The runs of a batch of n.

    points (n, 2, steps + 1) in single precision, finer than any screen; loss (n, steps + 1): f at these points. A run that ended early stays where it
    was. cells: the measures and the outcome of each, of shape (n,).
    """

    points: Array
    loss: Array
    cells: Cells


def paths(descent: Descent) -> Paths:
    """The runs of this descent, which are those that `run` makes of the same arguments, in the order of the flattened batch."""
    points, loss, _last = noted(descent)
    with np.errstate(over="ignore"):  # beyond single precision a path has long left every picture
        points = points.astype(np.float32)
    return Paths(points, loss, Cells(*(values.ravel() for values in cells(descent))))


def noted(descent: Descent) -> tuple[Array, Array, Row]:
    """The points (n, 2, steps + 1) and losses (n, steps + 1) of a batch of n, and the row with which they end."""
    size = int(np.prod(descent.shape))
    points, loss = np.empty((size, 2, descent.steps + 1)), np.empty((size, descent.steps + 1))
    rows = descent.rows()
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`
        row = next(rows)
        points[..., 0], loss[:, 0] = row.p.reshape(2, -1).T, row.loss.ravel()
        for row in rows:
            points[..., row.k], loss[:, row.k] = row.p.reshape(2, -1).T, row.loss.ravel()
    points[..., row.k + 1 :], loss[:, row.k + 1 :] = points[..., row.k, None], loss[:, row.k, None]  # the last run has ended
    return points, loss, row

"""Every point of every run of a batch, beside what a map shows of them: what is moved through by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array
from runs.cells import Cells, cells
from runs.descent import Descent


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
    size = int(np.prod(descent.shape))
    points = np.empty((size, 2, descent.steps + 1), dtype=np.float32)
    loss = np.empty((size, descent.steps + 1))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # as in `run`; beyond single precision a path has long left every picture
        last = 0  # the row in which the last run ended; later ones would repeat it
        for row in descent.rows():
            last = row.k
            points[..., last], loss[:, last] = row.p.reshape(2, -1).T, row.loss.ravel()
    points[..., last + 1 :], loss[:, last + 1 :] = points[..., last, None], loss[:, last, None]
    return Paths(points, loss, Cells(*(values.ravel() for values in cells(descent))))

"""What the Train page shows, as tables: the curves of all lanes, a sweep over rates, and the loss on a plane with the paths in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core import Array, N_
from export.address import Asked
from export.explored import said
from export.table import Table
from links.ratesweep import Reached, SEEDS, rates_of
from locales import speaking
from player.messages.train import network_in_words
from runs.slices import Heights, grid
from runs.training import CURVES, Progress, marks

CURVATURE = ("sharpness", "preconditioned", "negative")
MEANINGS = {
    "lane": N_("the lane's number, from 1"),
    "rule": N_("the rule, by its name in links"),
    "step": N_("how many batches have been learnt from"),
    "epoch": N_("how often the training examples have been gone through"),
    "loss": N_("the mean cross-entropy over the training examples"),
    "test_loss": N_("the mean cross-entropy over the test examples"),
    "validation_loss": N_("the mean cross-entropy over the validation examples"),
    "accuracy": N_("the share of training examples that are named right"),
    "test_accuracy": N_("the share of test examples that are named right"),
    "validation_accuracy": N_("the share of validation examples that are named right"),
    "rate": N_("the learning rate η of the step to this row"),
    "seconds": N_("the seconds of a processor that the steps took"),
    "sharpness": N_("λmax of the Hessian H of the training loss"),
    "preconditioned": N_("λmax of P⁻¹H, P as the rule divides"),
    "negative": N_("the share of H's eigenvalues below −λmax/100, about"),
    "status": N_("ok; in the last row of a lane diverged, where it did in the step after it or later, or under way, where it goes on"),
}
SWEEP = {
    "lane": MEANINGS["lane"],
    "rule": MEANINGS["rule"],
    "rate": N_("the peak learning rate η"),
    "seed": N_("the seed of the start and of the batches"),
    "validation_accuracy": MEANINGS["validation_accuracy"],
    "test_accuracy": MEANINGS["test_accuracy"],
    "accuracy": MEANINGS["accuracy"],
    "validation_loss": MEANINGS["validation_loss"],
    "status": N_("ok, diverged, or too long"),
}
PLANE = {
    "x": N_("along the first direction"),
    "y": N_("along the second direction"),
    "loss": N_("the mean cross-entropy over the training examples, of 2000 at most"),
}
PATHS = {
    "lane": MEANINGS["lane"],
    "step": MEANINGS["step"],
    "x": N_("the nearest point of the plane, along the first direction"),
    "y": N_("the same along the second direction"),
    "loss": N_("the loss at the path's own point"),
    "shown": N_("the loss at the point of the plane"),
}


def curves_of(asked: Asked, found: Mapping[int, Progress], per_epoch: int, timed: bool = True) -> Table:
    """The curves of all lanes, a row for each mark; `timed`: with the seconds, which are others every time."""
    parts = [of_lane(asked, i, its, per_epoch) for i, its in found.items()]
    names = [name for name in MEANINGS if name in parts[0] and (timed or name != "seconds")]
    return table(asked, {name: np.concatenate([part[name] for part in parts]) for name in names}, MEANINGS)


def of_lane(asked: Asked, i: int, its: Progress, per_epoch: int) -> dict[str, Array]:
    """A lane's columns, each of shape (marks so far,)."""
    n, steps = its.curves.shape[1], asked.flat["steps"]
    step, status = marks(steps)[:n], np.full(n, "ok", dtype="<U9")
    status[-1] = "diverged" if its.stopped_at >= 0 else "ok" if its.step >= steps else "under way"
    own = {"lane": np.full(n, i), "rule": np.full(n, asked.flat[f"{i}.rule"]), "step": step, "epoch": step / per_epoch}
    rows = dict(zip((*CURVES, *CURVATURE), its.curves, strict=False))
    return own | rows | {"status": status}


def sweep_of(asked: Asked, found: Sequence[Sequence[Sequence[Reached | None]]]) -> Table:
    """A sweep over rates, a row for each training that is done."""
    rows = []
    for i, lane in enumerate(found, start=1):
        for rate, seeds in zip(rates_of(asked.flat), lane, strict=True):
            for k, its in enumerate(seeds):
                if its:
                    how = "diverged" if its.diverged else "ok" if np.isfinite(its.loss) else "too long"
                    rows.append((i, asked.flat[f"{i}.rule"], rate, (asked.flat["seed"] + k) % SEEDS, *its[:4], how))
    columns = {name: np.array(column) for name, column in zip(SWEEP, zip(*rows, strict=True), strict=True)}
    return table(asked, columns, SWEEP)


def plane_of(asked: Asked, found: Heights) -> Table:
    """The loss on a grid over the plane, bottom row first; NaN where it is still to come."""
    x, y = np.meshgrid(*grid(found.window))
    return table(asked, {"x": x.ravel(), "y": y.ravel(), "loss": found.values.ravel()}, PLANE)


def paths_of(asked: Asked, found: Heights) -> Table:
    """The paths in the plane, a row for each mark."""
    lanes = range(1, asked.flat["lanes"] + 1) if asked.flat["plane"] == "all" else (asked.flat["lane"],)
    parts = []
    for i, its in zip(lanes, found.paths, strict=True):
        n = its.places.shape[1]
        x, y = its.places
        values = (np.full(n, i), marks(asked.flat["steps"])[:n], x, y, its.true, its.shown)
        parts.append(dict(zip(PATHS, values, strict=True)))
    return table(asked, {name: np.concatenate([part[name] for part in parts]) for name in PATHS}, PATHS)


def table(asked: Asked, columns: Mapping[str, Array], meanings: Mapping[str, str]) -> Table:
    with speaking(asked.flat["lang"]):
        told = said({name: meanings[name] for name in columns})
        columns = {name: column.astype(float) if column.dtype.kind == "f" else column for name, column in columns.items()}
        return Table(f"Descent Lab: {network_in_words(asked.flat)}", asked.link, asked.flat, columns, told)

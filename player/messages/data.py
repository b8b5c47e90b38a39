"""What the data panel is sent: the examples, the model whose fits it draws, and its words."""

from __future__ import annotations

from typing import Any

import numpy as np

from core import Array
from core.number import short
from links.entries import named
from locales import _
from problems import Problem
from problems.points import BOUND, MOST, SETS
from runs.race import Lane, Race

FILE = 64_000  # bytes of a file of points
RINGED = 50_000  # numbers: where the batches of all steps have more, they are not shown
NOBODY = 65_535  # in place of an example, where the last batch of an epoch is smaller


def data(race: Race) -> dict[str, Any]:
    """{"model", "gain", "classes", "axes", "points": a list for each number of a point, "window": of the panel, "own", "most", "bound", "bytes",
    "words"}; `own` where points were given and not generated.
    """
    problem = race.surface
    assert isinstance(problem, Problem)
    return {
        "model": named(problem),
        "gain": getattr(problem, "gain", 0.0),
        "classes": problem.classes,
        "axes": problem.axes,
        "points": problem.data.tolist(),
        "window": window(problem),
        "own": bool(problem.points) and problem.points not in SETS,
        "most": MOST,
        "bound": BOUND,
        "bytes": FILE,
        "words": words(problem),
    }


def window(problem: Problem) -> list[list[float]]:
    """The ranges of both axes, with room about the examples."""
    found = []
    for row in problem.data[:2]:
        low, high = float(row.min()), float(row.max())
        room = 0.12 * (high - low) or 1.0
        found.append([low - room, high + room])
    return found


def seen(race: Race, lane: Lane) -> dict[str, Any]:
    """What a lane has seen of the data: {"batch": B, "examples": N, "seen": how many examples after each step, "rows": those of each step, or None};
    nothing where the loss comes from no data.
    """
    problem = race.surface
    if not (lane.batch and isinstance(problem, Problem)):
        return {}
    surface = race.descended(lane)
    batches = surface.batches()  # pyright: ignore[reportAttributeAccessIssue]
    steps = np.arange(race.steps + 1)
    few = lane.batch < problem.count and lane.batch * race.steps <= RINGED
    return {
        "batch": lane.batch,
        "examples": problem.count,
        "seen": np.array([batches.seen(int(t)) for t in steps], dtype=np.float32),
        "rows": rows(batches, race.steps) if few else None,
    }


def rows(batches: Any, steps: int) -> Array:
    """The examples of each step; shape (steps, B)."""
    found = np.full((steps, batches.size), NOBODY, dtype=np.uint16)
    for t in range(steps):
        batch = batches.of(t + 1)
        found[t, : len(batch)] = batch
    return found


def words(problem: Problem) -> dict[str, str]:
    """The panel's words; those with {braces} are filled in by the browser."""
    return {
        "title": _("The data, and each lane's fit at this step"),
        "region": _("Data: {count} examples").format(count=problem.count),
        "hint": _("Click or tap to add a point; drag one to move it, or choose one to delete it"),
        "keys": _("Tab to the data: the arrow keys choose a point, with Shift they move it; Enter adds one, Delete removes it."),
        "epoch": _("epoch {epoch} · {seen} ex."),
        "delete": _("Delete the chosen point"),
        "class": _("Change its class"),
        "load": _("Load points from a CSV file; they stay in the link alone"),
        "cloud": _("Batch gradients around the full gradient"),
        "variance": _("Variance: measured · S²/B·(1 − B/N)"),
        "chosen": _("Point {i} of {count}: ({x}, {y})"),
        "full": _("Only {most} points can be given; here are {count}.").format(most=MOST, count="{count}"),
        "few": _("A data set needs two points."),
        "large": _("The file has {bytes} bytes; allowed are {most}.").format(most=FILE, bytes="{bytes}"),
        "number": _("Line {line}, column {column}: {value} is no number."),
        "columns": _("Line {line}: {found} columns, and {wanted} are needed."),
        "beyond": _("Line {line}, column {column}: {value} is beyond ±{most}.").format(
            most=short(BOUND), line="{line}", column="{column}", value="{value}"
        ),
        "lines": _("The file has {count} points; at most {most} can be given.").format(most=MOST, count="{count}"),
        "empty": _("There are fewer than two points in the file."),
        "loaded": _("{count} points were loaded."),
    }

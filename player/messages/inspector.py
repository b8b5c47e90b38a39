"""What the inspector is sent: its own words, and with its lane's panel the formula with places for numbers and the numbers of every step."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from core import Array, parameters
from figures import mathml, worked
from locales import _, remarked
from optimizers import Optimizer
from optimizers.base import RATE
from runs import Noisy
from runs.race import Lane, Race, descent


def inspector(i: int) -> dict[str, Any]:
    """The words around lane i's steps."""
    return {"lane": i, "words": {"region": _("Inside the steps of lane {i}").format(i=i), "close": _("Close the inspector")}}


def inspected(race: Race, i: int) -> dict[str, Any]:
    """Lane i's steps from inside."""
    lane = race.lanes[i - 1]
    shown = steps(lane, race.descended(lane), race.start, race.steps)
    rule, scalars = type(lane.rule), shown["scalars"]
    names = ["g", *(name for name in shown["shown"] if name != "g")]
    lines = worked(rule, ["p", *(name for name in names if name not in scalars)], scalars)
    symbols = {name: rule.symbol(name) for name in names}
    return shown | {
        "lines": [[mathml(remarked(line)), mathml(remarked(worked_out)) if "#" in worked_out else None] for line, worked_out in lines],
        "listed": [{"name": name, "label": mathml(latex) if latex else _(text)} for name, (latex, text) in symbols.items()],
        "arrow": arrow(rule, names),
        "words": {"step": _("step"), "arrow": _("step Δp"), "rate": _(RATE.text), "evaluations": _("gradients so far"), "moved": "Δp"},
    }


@lru_cache(maxsize=64)
def steps(lane: Lane, surface: Noisy, start: tuple[float, float], count: int) -> dict[str, Any]:
    """In double precision, coordinate first: what the rule shows of each step, and how that was before the first one."""
    trajectory = descent(lane, surface, start, count)
    p = np.array(start)
    with np.errstate(all="ignore"):  # at the start some of it has no value yet
        first = lane.rule.shown(p, np.zeros(2), lane.rule.init(p), 1, trajectory.lr[0])
        slope = surface.seen(trajectory.path[:-1].T)
    return {
        "path": doubles(trajectory.path),
        "slope": np.ascontiguousarray(slope, dtype=float),
        "rates": trajectory.lr,
        "shown": {name: doubles(rows) for name, rows in trajectory.states.items()},
        "first": {name: np.broadcast_to(np.asarray(value, dtype=float), 2).copy() for name, value in first.items()},
        "scalars": [name for name, value in first.items() if np.ndim(value) == 0],
        "parameters": {name: float(getattr(lane.rule, name)) for name in parameters(lane.rule)},
        "evaluations": lane.rule.evaluations,
    }


def doubles(rows: Array) -> Array:
    """Rows of shape (n, 2) as float64 of shape (2, n)."""
    return np.ascontiguousarray(rows.T, dtype=float)


def arrow(rule: type[Optimizer], names: list[str]) -> dict[str, Any] | None:
    """Which of the things shown is the velocity or mean gradient, whether it is drawn −η times, and what that is called."""
    for wanted in rule.arrows:
        name = wanted.removeprefix("-")
        if name in names:
            text = rule.symbol(name).text
            return {"name": name, "scaled": wanted != name, "label": f"−η{text}" if wanted != name else text}
    return None

"""A schedule's curve as SVG: the factor of the peak rate over a run, and how the schedule's first parameter changes it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from core import InputError, parameters
from optimizers.schedules import Schedule

TOTAL = 200  # steps
WIDTH, HEIGHT = 364, 150
LEFT, RIGHT, TOP, BOTTOM = 30, 8, 10, 24
PARTS = (1 / 8, 1 / 4, 1 / 2)  # of the way along the first parameter's slider: where the other values are taken


def variations(schedule: Schedule) -> tuple[str, dict[float, Schedule]]:
    """The name of the schedule's first parameter, and the schedule with other values of it, by value; "" and none where it has no parameter.

    A value that does not go with the other parameters is left out.
    """
    ranges = parameters(schedule)
    if not ranges:
        return "", {}
    name, allowed = next(iter(ranges.items()))
    stops, others = allowed.stops(), {}
    for value in (stops[int(part * len(stops))] for part in PARTS):
        try:
            others[value] = changed(schedule, name, value)
        except InputError:
            continue
    return name, {value: other for value, other in others.items() if other != schedule}


def changed(schedule: Any, name: str, value: float) -> Schedule:
    return replace(schedule, **{name: value})


@lru_cache(maxsize=64)
def rate_curve(schedule: Schedule) -> str:
    """The factor over 200 steps as an SVG in black, to be used as a mask: a bold line, and a thin one for each variation."""
    thin = "".join(line(other, 1, 0.5) for other in variations(schedule)[1].values())
    left, right, bottom = LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM
    texts = [(left - 6, TOP + 4, "1"), (left - 6, bottom + 4, "0"), (left + 4, bottom + 16, "0"), (right, bottom + 16, f"k = {TOTAL}")]
    labels = "".join(f'<text x="{x}" y="{y}">{text}</text>' for x, y, text in texts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g font-family="sans-serif" font-size="11" text-anchor="end" opacity="0.75">{labels}</g>'
        f'<path d="M{left} {TOP - 4}V{bottom}H{right}" fill="none" stroke="#000" opacity="0.3"/>{thin}{line(schedule, 2, 1)}</svg>'
    )


def line(schedule: Schedule, width: float, opacity: float) -> str:
    """The schedule's factor as a line with one point a step."""
    k = np.arange(TOTAL)
    x = LEFT + k / TOTAL * (WIDTH - LEFT - RIGHT)
    y = HEIGHT - BOTTOM - schedule(k, TOTAL) * (HEIGHT - BOTTOM - TOP)
    points = " ".join(f"{across:.1f},{down:.1f}" for across, down in zip(x, y, strict=True))
    return f'<polyline points="{points}" fill="none" stroke="#000" stroke-linejoin="round" stroke-width="{width}" opacity="{opacity}"/>'

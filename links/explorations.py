"""Maps worth seeing: each a link, and a sentence whose numbers a test works out from the runs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import parse_qsl

from core import N_
from links.explore import EXPLORE
from links.sweep import SHOWN
from links.table import Flat


class Named(NamedTuple):
    """What a map is called, and what is to be seen on it."""

    title: str
    sentence: str


@dataclass(frozen=True)
class Exploration:
    """A map worth seeing, and its link as the address bar has it."""

    name: str
    said: Named
    query: str

    @property
    def link(self) -> dict[str, str]:
        return dict(parse_qsl(self.query))

    @cached_property
    def swept(self) -> Flat:
        return swept(EXPLORE.read(self.link, "en")[0])


EXPLORATIONS = [
    Exploration(
        "momentum",
        Named(
            N_("Rate × momentum"),
            N_("After 60 steps f is lowest at η 0.132, μ 0.415; theory has the fastest setting, the cross, at η 0.134, μ 0.403."),
        ),
        "steps=60&measure=final&ax.low=0.002&ax.high=0.25",
    ),
    Exploration(
        "adam",
        Named(
            N_("Adam: rate × β₂"),
            N_(
                "Adam comes to stay at f* within 300 steps at 85 in 100 rates from η 0.01 to 10 with β₂ 0.999, "
                "at 9 with β₂ 0.953, and at none with β₂ 0.5."
            ),
        ),
        "1.rule=adam&ay=1.beta2&steps=300",
    ),
    Exploration(
        "fractal",
        Named(
            N_("The edge is a fractal"),
            N_("Off the quadratic the edge between staying and diverging is no line: counted in boxes its dimension is 1.5. Zoom in: there is more."),
        ),
        "surface=himmelblau&ax.low=0.02&ax.high=0.04&ay.low=0.2&ay.high=0.6",
    ),
    Exploration(
        "warm_up",
        Named(
            N_("Warm-up × rate"),
            N_("Without warm-up gradient descent diverges from η 0.148 on; with 20 steps of it from 0.498 on."),
        ),
        "surface=three_hump_camel&1.rule=gradient_descent&ax.low=0.05&ax.high=1.0&ay.high=40.0",
    ),
    Exploration(
        "basins",
        Named(
            N_("Basins of six minima"),
            N_(
                "Of 100 starts gradient descent finds f* from 57, momentum from 51, Adam from 94, "
                "and Newton's method from 11: from 25 it stops at a saddle or a maximum."
            ),
        ),
        "surface=six_hump_camel&view=basins&rules=gradient_descent,momentum,adam,newton",
    ),
]


def swept(flat: Flat) -> Flat:
    """What changes the runs or what is shown of them."""
    return {key: value for key, value in flat.items() if key not in SHOWN or key in ("measure", "view")}


def exploration_of(flat: Flat) -> Exploration | None:
    """The map worth seeing that these settings show."""
    now = swept(flat)
    return next((each for each in EXPLORATIONS if each.swept == now), None)

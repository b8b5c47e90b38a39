"""How a race is looked at: what changes the picture and not the runs."""

from __future__ import annotations

from dataclasses import dataclass

from core.window import Window
from links.data import parts_of, table_of
from links.lanes import common, only
from links.race import SIDES
from links.table import Flat
from links.zoom import window_of


@dataclass(frozen=True)
class Display:
    """What a person looks at of a race, and how."""

    language: str
    window: Window | None  # the part of the surface in view; None for all of it
    looks: tuple[int, ...]  # each lane's colour, from 1 on
    inspected: int  # the lane that the inspector looks into; 0 for none
    overlay: bool  # whether one large map shows all lanes
    lens: bool  # whether the curvature is shown where a run is
    charts: tuple[str, ...]  # the quantity of the left chart, and that of the right one
    speed: float
    loop: bool
    present: bool
    hidden: tuple[str, ...]  # the parts of the page that are left out
    predict: bool
    over: str  # what the charts are over: iterations, or what a lane has seen of its data
    settings: Flat  # all of them, of which the link is made

    def through_lens(self, i: int) -> bool:
        """Whether lane i is seen through the lens: on one large map only the lane that is looked into, or the first."""
        return self.lens and (not self.overlay or i == (self.inspected or 1))

    def link(self, i: int = 0) -> dict[str, str]:
        """Lane i's part of the link, or for 0 the part that belongs to no lane; the browser puts the whole together."""
        return table_of(self.settings).write(only(self.settings, f"{i}.") if i else common(self.settings))


def display_of(flat: Flat) -> Display:
    """How the settings have the race looked at."""
    lanes = range(1, flat["lanes"] + 1)
    return Display(
        language=flat["lang"],
        window=window_of(flat),
        looks=tuple(flat[f"{i}.look"] for i in lanes),
        inspected=flat["inspect"],
        overlay=bool(flat["overlay"]),
        lens=bool(flat["lens"]) and flat["view"] == "2d",
        charts=tuple(flat[f"curve.{side}"] for side in SIDES),
        speed=flat["speed"],
        loop=bool(flat["loop"]),
        present=bool(flat["present"]),
        hidden=tuple(part for part in parts_of(flat) if part in flat["hide"].split(",")),
        predict=bool(flat["predict"]),
        over=flat.get("over", "iterations"),
        settings=flat,
    )

"""How a race is looked at: what changes the picture and not the runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.window import Window
from links.lanes import common, only
from links.race import CURVES, PARTS, RACE
from links.table import Flat
from links.zoom import window_of


@dataclass(frozen=True)
class Display:
    """What a person looks at of a race, and how; with the parts of the link, of which the browser makes the whole."""

    language: str
    window: Window | None  # the part of the surface in view; None for all of it
    looks: tuple[int, ...]  # each lane's colour, from 1 on
    inspected: int  # the lane that the inspector looks into; 0 for none
    overlay: bool  # whether one large map shows all lanes
    charts: tuple[str, ...]  # the quantity of the left chart, and that of the right one
    speed: float
    loop: bool
    present: bool
    hidden: tuple[str, ...]  # the parts of the page that are left out
    predict: bool
    link: Mapping[str, str]  # the settings that belong to no lane
    links: tuple[Mapping[str, str], ...]  # each lane's settings


def display_of(flat: Flat) -> Display:
    """How the settings have the race looked at."""
    lanes = range(1, flat["lanes"] + 1)
    return Display(
        language=flat["lang"],
        window=window_of(flat),
        looks=tuple(flat[f"{i}.look"] for i in lanes),
        inspected=flat["inspect"],
        overlay=bool(flat["overlay"]),
        charts=tuple(flat[f"curve.{side}"] for side in CURVES),
        speed=flat["speed"],
        loop=bool(flat["loop"]),
        present=bool(flat["present"]),
        hidden=tuple(part for part in PARTS if part in flat["hide"].split(",")),
        predict=bool(flat["predict"]),
        link=RACE.write(common(flat)),
        links=tuple(RACE.write(only(flat, f"{i}.")) for i in lanes),
    )

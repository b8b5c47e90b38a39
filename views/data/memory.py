"""What a visit remembers of the Data page, and what of its settings holds after a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from links import Flat
from links.data import DATA, problem_of
from links.data_scenes import GROUPS
from views.race.memory import RaceMemory
from views.visit import memory_of


@dataclass
class DataMemory(RaceMemory):
    """What a visit remembers of a race on data, as of any race."""

    page = "data"
    table = DATA
    groups = GROUPS

    def fitting(self, given: Flat, before: Flat) -> Flat:
        """As for a race; and a batch that was all examples stays all of them, where there are fewer or more now."""
        fits = super().fitting(given, before)
        count = problem_of(self.table.read(fits, fits["lang"])[0]).count
        was = problem_of(before).count
        sizes = {key: value for key, value in fits.items() if key.endswith(".batch")}
        return fits | {key: count if value == was or value > count else value for key, value in sizes.items()}


def keep_points(points: Any) -> None:
    """Keep the points that a hand has made (in a callback); what is none is told as of a link."""
    own = memory()
    flat, complaints = own.table.read(own.settings | {"surface.points": points}, own.settings["lang"])
    st.session_state["surface.points"] = flat["surface.points"]
    own.complaints = complaints


def memory() -> DataMemory:
    """This visit's."""
    return memory_of(DataMemory)

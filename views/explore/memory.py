"""What a visit remembers of the Explore page, and what of its settings holds after a change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core import parameters
from links import Flat, basins
from links.axes import settings_of
from links.best import what_all_share
from links.entries import suggested, surface_of
from links.explore import AXES, EXPLORE, measures
from optimizers import OPTIMIZERS
from views.language import preferred
from views.visit import Memory, memory_of

HELD = st.session_state


@dataclass
class ExploreMemory(Memory):
    """What a visit remembers of the map."""

    page = "explore"
    table = EXPLORE

    resets: int = 0  # how often the page was set anew, each time taking the player back too

    def fitting(self, given: Flat, before: Flat) -> Flat:
        """What still holds after a change: another rule or surface brings its own parameters, and an axis that is new its own range."""
        given, dropped = basins.fitting(given, before)
        dropped |= {"1.lr"} if given["1.lr"] == suggested(before, 1) else set()
        if given["surface"] != before["surface"]:
            dropped |= {key for key in given if key.startswith("surface.")} | {"x", "y"}
            dropped |= {f"{name}.{end}" for name in AXES for end in ("low", "high")}
        elif surface_of(given).start != (usual := surface_of(before).start) and (given["x"], given["y"]) == usual:
            dropped |= {"x", "y"}
        if given["1.rule"] != before["1.rule"]:
            dropped |= {f"1.{name}" for name in parameters(OPTIMIZERS[before["1.rule"]])} - {"1.lr"}
            dropped |= {f"{name}.{end}" for name in AXES if given[name] == "1.lr" for end in ("low", "high")}
        if given["1.schedule"] != before["1.schedule"]:
            dropped |= {key for key in given if key.startswith("1.schedule.")}
        if what_all_share(given) != what_all_share(before):
            dropped |= {"profile"}  # another takes a while: a person begins it
        options = settings_of(given)
        if given["ax"] == given["ay"]:  # whoever chooses the other axis' setting exchanges both
            changed, other = ("ax", "ay") if given["ax"] != before["ax"] else ("ay", "ax")
            given = given | {other: before[changed]} | {f"{other}.{end}": before[f"{changed}.{end}"] for end in ("low", "high")}
            given |= {f"{changed}.{end}": before[f"{other}.{end}"] for end in ("low", "high")}
            dropped |= {"kept", "scrub"}
        else:
            for name in AXES:
                if given[name] not in options:
                    dropped |= {name}
                if given[name] not in options or given[name] != before[name]:
                    dropped |= {f"{name}.low", f"{name}.high", "kept"} | ({"scrub"} if name == "ax" else set())
        if given["measure"] not in measures(given):
            dropped |= {"measure"}
        return {key: value for key, value in given.items() if key not in dropped}


def memory() -> ExploreMemory:
    """This visit's."""
    return memory_of(ExploreMemory)


def show(link: dict[str, str]) -> None:
    """Set the page to a link's settings, in the language that it speaks (in a callback)."""
    own = memory()
    own.put(EXPLORE.read(link | {"lang": own.settings["lang"]}, preferred())[0])
    own.complaints = []
    own.resets += 1


def keep_view(key: str) -> None:
    """Keep the ranges of the axes, or of the first alone, that were zoomed to (in a callback)."""
    view: Any = HELD[key].view
    if view is None:
        return
    asked = {f"{name}.{end}": value for name, ends in zip(AXES, view, strict=False) for end, value in zip(("low", "high"), ends, strict=True)}
    own = memory()
    flat = EXPLORE.read(own.settings | asked, preferred())[0]
    HELD.update({name: flat[name] for name in asked})


def keep_cells(key: str) -> None:
    """Keep these cells (in a callback)."""
    cells: Any = HELD[key].kept
    if cells is not None:
        said = ";".join(",".join(repr(float(v)) for v in cell) for cell in cells)
        HELD["kept"] = EXPLORE.read(memory().settings | {"kept": said}, preferred())[0]["kept"]


def keep_table(told: Any) -> None:
    """Keep how the table of all rules is sorted, the rule that is picked out in it, and that its profile was begun (in a callback)."""
    own = memory()
    asked = {name: told[name] for name in ("sort", "1.rule", "profile") if name in told}
    flat = EXPLORE.read(own.settings | asked, preferred())[0]
    HELD.update({name: flat[name] for name in asked})


def keep_scrub(value: Any) -> None:
    """Keep the value whose run is chosen (in a callback)."""
    HELD["scrub"] = EXPLORE.read(memory().settings | {"scrub": value}, preferred())[0]["scrub"]


def keep_starts(key: str) -> None:
    """Keep the starts in view that the basins were zoomed to (in a callback)."""
    view: Any = HELD[key].view
    if view is not None:
        said = ",".join(repr(float(v)) for ends in view for v in ends)
        HELD["starts"] = EXPLORE.read(memory().settings | {"starts": said}, preferred())[0]["starts"]


def keep_rate(value: Any) -> None:
    """Keep a rate that was clicked (in a callback)."""
    HELD["1.lr"] = EXPLORE.read(memory().settings | {"1.lr": value}, preferred())[0]["1.lr"]


def start_at(key: str) -> None:
    """Start where the map of the surface was clicked (in a callback)."""
    point: Any = HELD[key].start
    if point is not None:
        HELD["x"], HELD["y"] = (float(v) for v in point)


def keep_mode(bar: str) -> None:
    """How the page is shown, as the player's bar has it (in a callback)."""
    mode: Any = HELD[bar].mode
    if mode is not None:
        HELD["present"], HELD["hide"] = int(mode["present"]), ",".join(mode["hide"])

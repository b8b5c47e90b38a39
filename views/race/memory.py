"""What a visit remembers of the race, and what of its settings holds after a change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import streamlit as st

from core import InputError, parameters
from links import Flat
from links.entries import race_of, suggested, surface_of
from links.race import RACE, usually_charted
from links.scenes import GROUPS, Scene, scene_of
from optimizers import OPTIMIZERS
from player.messages.names import names
from views.visit import Memory, memory_of


class Refused(NamedTuple):
    """A text that was typed and has no meaning, why, and the one that was in use."""

    used: str
    typed: str
    reason: InputError


@dataclass
class RaceMemory(Memory):
    """What a visit remembers of the race besides its settings."""

    page = "race"
    table = RACE
    groups: ClassVar[Mapping[str, Sequence[Scene]]] = GROUPS  # of scenes, by title

    drawn: Flat = field(default_factory=dict)  # the settings that the page shows now
    whole: bool = False  # whether the page is being drawn as a whole, and not one lane alone
    followed: dict[int, float] = field(default_factory=dict)  # the rate suggested for each lane: one that is set to it goes on following it
    refused: dict[str, Refused] = field(default_factory=dict)  # texts of the surface, by setting
    tuned: dict[tuple[object, ...], str] = field(default_factory=dict)  # how tuning ended, by what it was made for
    moves: int = 0  # how often lanes came or went, each time closing the menus
    picked: int = 0  # how often something was chosen from the menu of scenes, each time closing it
    scene: int = 0  # the number of the scene that was shown last, from 1; 0 for none
    resets: int = 0  # how often the page went back to its opening, each time taking the player back too

    def read(self) -> Flat:
        """The settings of this rerun. A rate that was the suggested one follows the suggestion; any other stays."""
        if self.arrived():
            self.refused = {}
        flat = super().read()
        self.refused = {key: refused for key, refused in self.refused.items() if key in flat}
        self.followed = {i: suggested(flat, i) for i in range(1, flat["lanes"] + 1)}
        if scene := scene_of(flat, self.scenes):
            self.scene = self.scenes.index(scene) + 1
        return flat

    @property
    def scenes(self) -> list[Scene]:
        """All of them, in order."""
        return [scene for group in self.groups.values() for scene in group]

    def fitting(self, given: Flat, before: Flat) -> Flat:
        """What still holds after a change: a new surface brings its own parameters and start, a new rule its own hyperparameters."""
        dropped = {f"{i}.lr" for i in range(1, before["lanes"] + 1) if given.get(f"{i}.lr") == self.followed.get(i)}
        dropped |= {f"curve.{side}" for side, quantity in usually_charted(before).items() if given.get(f"curve.{side}") == quantity}
        if given["surface"] != before["surface"]:
            dropped |= {key for key in given if key.startswith(("surface.", "zoom"))} | {"x", "y"}
        elif surface_of(given).start != (usual := surface_of(before).start) and (given["x"], given["y"]) == usual:
            dropped |= {"x", "y"}  # a start that nobody chose follows the surface
        for i in range(1, before["lanes"] + 1):
            if given[f"{i}.rule"] != before[f"{i}.rule"]:
                dropped |= {f"{i}.{name}" for name in parameters(OPTIMIZERS[before[f"{i}.rule"]])} - {f"{i}.lr"}
            if given[f"{i}.schedule"] != before[f"{i}.schedule"]:
                dropped |= {key for key in given if key.startswith(f"{i}.schedule.")}
        return {key: value for key, value in given.items() if key not in dropped}

    def put(self, flat: Flat) -> None:
        """Replace all settings (in a callback); menus close."""
        super().put(flat)
        self.refused = {}
        self.moves += 1

    def settle(self) -> None:
        """Remember what the page shows now, and write it to the address bar."""
        self.to_address()
        self.drawn = self.settings


def memory() -> RaceMemory:
    """This visit's, of the page with lanes that it is at."""
    return memory_of(st.session_state.get("with_lanes", RaceMemory))


@contextmanager
def whole_race(kind: type[RaceMemory] = RaceMemory) -> Iterator[Flat]:
    """The settings while the whole page is drawn, the Race page or another one with lanes; then they go to the address bar."""
    st.session_state.with_lanes = kind
    own = memory()
    own.whole = True
    try:
        yield own.read()
        own.settle()
    finally:
        own.whole = False


def others(names: list[str], i: int) -> list[str]:
    """What all lanes but lane i are called."""
    return [*names[: i - 1], *names[i:]]


def of_lane(i: int) -> Flat:
    """The settings while lane i is drawn. Where it reruns alone and more than its own have changed, or f* or the scene has, all is run again."""
    own = memory()
    if own.whole:
        return own.settings
    before, flat = own.drawn, own.read()
    changed = {key for key in before.keys() | flat.keys() if before.get(key) != flat.get(key)}
    races = race_of(before), race_of(flat)
    known = [(race.surface, race.deeper, others(names(race), i)) for race in races]  # a lane may lead to a deeper minimum, or rename others
    told = [scene_of(settings, own.scenes) for settings in (before, flat)]
    if known[0] != known[1] or told[0] != told[1] or f"{i}.rule" in changed or not all(key.startswith(f"{i}.") for key in changed):
        st.rerun()
    own.settle()
    return flat

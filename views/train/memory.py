"""What a visit remembers of the Train page, what of its settings holds after a change, and what changes several of them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import streamlit as st

from core import parameters
from links import Flat
from links.lanes import MOST_LANES, free_look, lanes_of, with_lanes
from links.train import TRAIN, TRAINERS, good_rate, trainers, without_matrices
from views.language import preferred
from views.visit import Memory, memory_of

HELD = st.session_state
INSTEAD = "adamw"  # of a rule for matrices, in a network that has lost its hidden ones


@dataclass
class TrainMemory(Memory):
    """What a visit remembers of the trainings."""

    page = "train"
    table = TRAIN

    resets: int = 0  # how often the page was set anew

    def fitting(self, given: Flat, before: Flat) -> Flat:
        """What still holds after a change: another rule brings its own parameters and rate, another schedule its own parameters."""
        dropped: set[str] = set()
        for i in range(1, before["lanes"] + 1):
            if (name := given[f"{i}.rule"]) not in trainers(given):
                given[f"{i}.rule"] = INSTEAD
                self.complaints = [without_matrices(given, f"{i}.rule", name, INSTEAD)]
            if given[f"{i}.rule"] != before[f"{i}.rule"]:
                dropped |= {f"{i}.{name}" for name in parameters(TRAINERS[before[f"{i}.rule"]])}
            if given[f"{i}.schedule"] != before[f"{i}.schedule"]:
                dropped |= {key for key in given if key.startswith(f"{i}.schedule.")}
        return {key: value for key, value in given.items() if key not in dropped}


def memory() -> TrainMemory:
    """This visit's."""
    return memory_of(TrainMemory)


def show(link: dict[str, str]) -> None:
    """Set the page to a link's settings, in the language that it speaks (in a callback)."""
    own = memory()
    own.put(TRAIN.read(link | {"lang": own.settings["lang"]}, preferred())[0])
    own.complaints = []
    own.resets += 1


def add_lane() -> None:
    """A new lane with the next rule in line, which is then the one that is set (in a callback)."""
    own = memory()
    count = min(own.settings["lanes"] + 1, MOST_LANES)
    more = own.settings | {"lanes": count, "lane": count, f"{count}.look": free_look(own.settings)}
    own.put(TRAIN.read(more, preferred())[0])


def duplicate_lane(i: int) -> None:
    """The same lane once more, right beside it (in a callback)."""
    own = memory()
    lanes = lanes_of(own.settings)
    own.put(with_lanes(own.settings | {"lane": i + 1}, [*lanes[:i], lanes[i - 1] | {"look": free_look(own.settings)}, *lanes[i:]]))


def remove_lane(i: int) -> None:
    """The other lanes without lane i (in a callback)."""
    own = memory()
    lanes = lanes_of(own.settings)
    left = lanes[: i - 1] + lanes[i:]
    own.put(with_lanes(own.settings | {"lane": min(own.settings["lane"], len(left))}, left))


def use_good_rate(i: int) -> None:
    """Let lane i have the rate that suits its rule (in a callback)."""
    HELD[f"{i}.lr"] = good_rate(memory().settings[f"{i}.rule"])


def keep_lane(number: Any) -> None:
    """Set and look at this lane (in a callback)."""
    HELD["lane"] = TRAIN.read(memory().settings | {"lane": number}, preferred())[0]["lane"]


def keep_curve(name: Any) -> None:
    """Have the chart in the middle show this (in a callback)."""
    HELD["curve"] = TRAIN.read(memory().settings | {"curve": name}, preferred())[0]["curve"]


def keep_rates(rates: Any) -> None:
    """Let lanes have these rates, by their numbers (in a callback)."""
    own = memory().settings
    given = TRAIN.read(own | {f"{i}.lr": rate for i, rate in dict(rates).items()}, preferred())[0]
    for i in range(1, own["lanes"] + 1):
        HELD[f"{i}.lr"] = given[f"{i}.lr"]


def keep_moment(part: Any) -> None:
    """Look at this part of the training, 0 to 1 (in a callback)."""
    HELD["moment"] = TRAIN.read(memory().settings | {"moment": part}, preferred())[0]["moment"]


def keep_mode(bar: str) -> None:
    """How the page is shown, as the player's bar has it (in a callback)."""
    mode: Any = HELD[bar].mode
    if mode is not None:
        HELD["present"], HELD["hide"] = int(mode["present"]), ",".join(mode["hide"])

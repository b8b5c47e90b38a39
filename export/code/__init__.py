"""A lane as code that runs by itself, for a lecture or a notebook."""

from __future__ import annotations

from core import InputError, N_
from core.number import exact
from export.address import Asked
from export.code.program import LIBRARIES, program
from links.entries import named, race_of
from runs.race import Race

__all__ = ["TITLES", "code", "file", "race_of_lanes"]

TITLES = {"numpy": "NumPy", "torch": "PyTorch", "optax": "Optax"}


def race_of_lanes(asked: Asked) -> Race:
    """The race that a link asks for; on the Explore page that of its one lane. Raises InputError for a page without lanes on a surface."""
    if asked.page == "train":
        raise InputError(N_("The training of a network has no program; the lanes of the Race, Data and Explore pages have."))
    return race_of({"lanes": 1, "many": 0} | asked.flat)


def code(asked: Asked, lane: int, library: str) -> str:
    """Lane 1, 2, … as a program in "numpy", "torch" or "optax"; raises InputError where the link has no such lane, or for another library."""
    race = race_of_lanes(asked)
    if not 1 <= lane <= len(race.lanes):
        raise InputError(N_("{name} = {value}: allowed is {allowed}."), name="lane", value=lane, allowed=f"1, … {len(race.lanes)}")
    if library not in LIBRARIES:
        raise InputError(N_("{name} = {value}: allowed is {allowed}."), name="library", value=library, allowed=", ".join(LIBRARIES))
    chosen = race.lanes[lane - 1]
    x, y = map(exact, race.start)
    return program(race, chosen, library, f"{chosen.rule.title} on {race.surface.title}: {race.steps} steps from ({x}, {y}).\n\n{asked.link}")


def file(asked: Asked, lane: int, library: str) -> str:
    """A name for the program's file."""
    race = race_of_lanes(asked)
    return f"{named(race.surface)}_{named(race.lanes[lane - 1].rule)}_{library}.py"

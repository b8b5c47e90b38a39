"""What the Data page's address may hold: a race on a loss that comes from data, in which each lane has its batch size."""

from __future__ import annotations

from core import N_, Range
from links.entries import surface_of
from links.race import COUNT, RACE, SEED, WITH_LANES, is_followed, remembered, take_lane, take_look, take_place
from links.race import PARTS as RACE_PARTS
from links.reader import Reader
from links.table import Flat, Table
from locales import LANGUAGES
from problems import PROBLEMS, Problem

SURFACE = "linear_regression"
RULES = ("gradient_descent", "gradient_descent", "gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
BATCH = 20
BATCHES = (1, BATCH, 0)  # of the first lanes at the opening, 0 for all examples; those that are added have the second one
LANES = 3
OVER = {"iterations": N_("Iterations"), "epochs": N_("Epochs"), "examples": N_("Examples")}  # what the charts are over
PARTS = ("top", "surface", "data", "controls", "titles", "verdicts", "readout", "minima", "curves", "bar")  # of the page, that a link can leave out


def take(reader: Reader, language: str) -> None:
    """Take every setting; the data before all that follow them."""
    reader.choice("lang", language, LANGUAGES)
    take_problem(reader)
    take_place(reader, 100)
    reader.switch("anew")
    reader.number("seed", 0, SEED)
    reader.switch("many")
    reader.number("lanes", LANES, COUNT)
    for i in range(1, reader.flat["lanes"] + 1):
        take_lane(reader, i, RULES[i - 1])
        take_batch(reader, i)
    reader.choice("over", "iterations", OVER)
    take_look(reader, PARTS)


def take_problem(reader: Reader) -> None:
    """The model and its data; points that are of another kind than the model's are no points."""
    cls = reader.entry("surface", "surface.", SURFACE, PROBLEMS)
    try:
        surface_of(reader.flat)
    except ValueError as reason:
        reader.complaints.append(reason)  # pyright: ignore[reportArgumentType]
        reader.flat["surface.points"] = cls.points


def take_batch(reader: Reader, i: int) -> None:
    """Lane i's batch size, of at most all examples."""
    count = problem_of(reader.flat).count
    usual = (BATCHES[i - 1] if i <= len(BATCHES) else BATCH) or count
    reader.number(f"{i}.batch", min(usual, count), sizes(count))


def problem_of(flat: Flat) -> Problem:
    """The problem that the table describes."""
    surface = surface_of(flat)
    assert isinstance(surface, Problem)
    return surface


def sizes(count: int) -> Range:
    """The batch sizes that N examples allow."""
    return Range(
        1,
        count,
        log=True,
        whole=True,
        within=f"[1, {count}]",
        label=N_("Batch size B"),
        help=N_(
            "How many examples each step looks at: 1 is one sample at a time, N the full batch, all between are mini-batches, which papers call SGD "
            "too. Powers of two are a habit: memory is cut that way, and learning does not mind."
        ),
    )


def stops(count: int) -> list[float]:
    """The batch sizes that a slider stops at: powers of two, twenty, and all."""
    return sorted({*(2**k for k in range(count.bit_length()) if 2**k <= count), min(BATCH, count), count})


def is_data(flat: Flat) -> bool:
    """Whether these are the settings of a race on data."""
    return flat.get("surface") in PROBLEMS


def table_of(flat: Flat) -> Table:
    """The table of the page with lanes whose settings these are."""
    return DATA if is_data(flat) else RACE


def parts_of(flat: Flat) -> tuple[str, ...]:
    """The parts of their page that a link can leave out."""
    return PARTS if is_data(flat) else RACE_PARTS


def usual(flat: Flat, language: str) -> dict[str, str | None]:
    """Each setting's text that the address bar leaves out, for these settings that others follow."""
    return remembered("data", frozenset((key, flat[key]) for key in flat if is_followed(key)), language)


DATA = Table(take, usual, passing=frozenset({"at", "play"}))
WITH_LANES["data"] = DATA

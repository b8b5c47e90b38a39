"""From the settings of the Train page to what is trained, and a slice of a training at a time, which any process can do."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from core import Array, InputError, N_
from links.entries import lane_of
from links.table import Flat
from links.train import OWN, TRAIN, widths_of
from optimizers.schedules import Schedule
from optimizers.schedules.constant import Constant
from problems.batches import Batches
from problems.networks import Perceptron, Split, start
from problems.networks.digits import digits, folder_named, large
from runs.epochs import PerEpoch
from runs.sharpness import edge
from runs.training import Progress, Training

COMMON = ("data", "hidden", "activation", "start", "decay", "batch", "steps", "seed", "counted", "sharp")  # what every lane's training hangs on
PATH = "path"  # in a key: the training keeps its path
LARGEST = 80_000  # weights of a network that keeps it: 32 MB
WRONG = 40  # wrong digits that are shown at most


class Seen(NamedTuple):
    """What a lane's network looks like: the first layer's weights (neurons, height, width), and of the wrong test examples how many there are, the
    first of them (n, height, width), what they are and what they are taken for (n,).
    """

    weights: Array
    errors: int
    wrong: Array
    labels: Array
    taken: Array


class Slice(NamedTuple):
    """How far a training is, what its network looks like, where that was asked for, how many batches an epoch has, and how many test examples there
    are.
    """

    progress: Progress
    seen: Seen | None
    per_epoch: int
    tests: int


def data_of(flat: Flat) -> Split:
    """The examples that the settings name; raises InputError where those of a folder cannot be read."""
    folder = folder_named()
    return large(folder) if flat["data"] == OWN and folder else digits()


def what_is_trained(flat: Flat, i: int) -> tuple[tuple[str, Any], ...]:
    """All that lane i's training hangs on, as a key; equal trainings of different lanes have the same."""
    lane = {key[len(f"{i}.") :]: value for key, value in flat.items() if key.startswith(f"{i}.") and not key.endswith(".look")}
    return tuple(sorted((lane | {key: flat[key] for key in COMMON}).items()))


@lru_cache(maxsize=16)
def training(key: tuple[tuple[str, Any], ...]) -> Training:
    """The training that such a key describes. Raises InputError for the path of a large network."""
    flat = dict(key)
    keeps = bool(flat.pop(PATH, False))
    own = {key if key in COMMON else f"1.{key}": value for key, value in flat.items()}
    split = data_of(flat)
    per_epoch = Batches(examples=len(split.training), size=min(flat["batch"], len(split.training)), seed=flat["seed"])
    network = Perceptron(split.training, widths_of(flat), flat["activation"], per_epoch, flat["decay"])
    if keeps and network.coordinates > LARGEST:
        raise InputError(N_("The network has {n} weights: a plane is worked out for {most} at most."), n=network.coordinates, most=LARGEST)
    lane = lane_of(own | {"1.quiet": 0}, 1)
    schedule: Schedule = PerEpoch(lane.schedule, per_epoch.per_epoch) if flat["counted"] == "epochs" else lane.schedule
    begin, sharp = start(network, flat["start"], flat["seed"]), bool(flat["sharp"])
    more = {"keeps_path": keeps, "sharp": sharp, "validation": split.validation, "plateau": lane.plateau}
    return Training(lane.rule, network, split.test, begin, flat["steps"], schedule, **more)


def advanced(key: tuple[tuple[str, Any], ...], progress: Progress | None, seconds: float, looks: bool) -> Slice:
    """A slice of the training, from its beginning where there is no progress yet, and what the network then looks like, where that `looks`."""
    own = training(key)
    progress = own.advance(progress or own.begin(), seconds)
    assert own.network.batches
    look = seen(own, progress, data_of(dict(key)).picture) if looks else None
    return Slice(progress, look, own.network.batches.per_epoch, len(own.test))


def seen(own: Training, progress: Progress, picture: tuple[int, int]) -> Seen:
    """What a network looks like, and which of the test examples it gets wrong."""
    network, test = own.network, own.test
    first = progress.p[network.places[0]].reshape(-1, *picture)
    with np.errstate(over="ignore", invalid="ignore"):
        taken = network.logits(progress.p, test.inputs).argmax(axis=-1)
    wrong = np.flatnonzero(taken != test.labels)
    shown = wrong[:WRONG]
    return Seen(first, len(wrong), test.inputs[shown].reshape(-1, *picture), test.labels[shown], taken[shown])


def edge_of(flat: Flat, i: int, preconditioned: bool = False) -> float | None:
    """The sharpness above which lane i's steps are unstable, by theory: for the full batch at a constant rate, and rules of which it is known."""
    lane = lane_of(flat | {f"{i}.quiet": 0}, i)
    if not flat["sharp"] or flat["batch"] < len(data_of(flat).training) or not isinstance(lane.schedule, Constant) or lane.plateau:
        return None
    return edge(lane.rule, preconditioned)


def read(link: Any, language: str = "en") -> Flat:
    """The settings that a link describes."""
    return TRAIN.read(dict(link), language)[0]

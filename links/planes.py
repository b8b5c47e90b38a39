"""From the settings of the Train page to a plane through the loss, with the paths of one lane or of all in it: what any process can do of it."""

from __future__ import annotations

from typing import Any

from core import Array
from links.table import Flat
from links.trained import PATH, training, what_is_trained
from runs.slices import Heights, begun, more

Key = tuple[tuple[str, Any], ...]


def trained_for(flat: Flat) -> tuple[Key, ...]:
    """The trainings whose paths the plane shows: those of all lanes, or that of the one that is looked at."""
    lanes = range(1, flat["lanes"] + 1) if flat["plane"] == "all" else (flat["lane"],)
    return tuple(path_of(flat, i) for i in lanes)


def path_of(flat: Flat, i: int) -> Key:
    """Lane i's training, which keeps its path, and for which no curvature is measured."""
    return tuple(sorted((dict(what_is_trained(flat, i)) | {"sharp": 0, PATH: 1}).items()))


def what_is_sliced(flat: Flat) -> tuple[Any, ...]:
    """All that the heights hang on, as a key."""
    return trained_for(flat), flat["plane"], flat["plane.seed"] if flat["plane"] == "random" else 0


def laid(keys: tuple[Key, ...], paths: list[Array], kind: str, seed: int) -> Heights:
    """The plane of these trainings' paths. Raises InputError where there is none."""
    network = training(keys[0]).network
    return begun(kind, network, [each.astype(network.examples.inputs.dtype) for each in paths], seed)


def filled(keys: tuple[Key, ...], made: Heights, seconds: float) -> Heights:
    """The same with more of its heights."""
    return more(made, training(keys[0]).network, seconds)

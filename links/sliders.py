"""The sliders of a lane whose path follows the hand: which settings they are for, and where they stop."""

from __future__ import annotations

from core import Range, parameters
from links.race import WARMUP
from links.table import Flat
from optimizers import OPTIMIZERS


def range_of(flat: Flat, i: int, name: str) -> Range | None:
    """The range of lane i's setting `name`: its warm-up, or a parameter of its rule that is not in a menu. None where it has no such slider."""
    if name == "warmup":
        return WARMUP
    allowed = parameters(OPTIMIZERS[flat[f"{i}.rule"]]).get(name)
    return None if allowed is None or allowed.rare else allowed


def stops_with(value: float, stops: list[float]) -> list[float]:
    """The stops in order, with the value among them."""
    return stops if value in stops else sorted([*stops, value])

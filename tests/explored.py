"""A map of the Explore page without a browser."""

from __future__ import annotations

from typing import Any

from links import Flat
from links.axes import axes_of
from links.explore import EXPLORE
from links.sweep import descent
from links.sweep import map_of as runs_of
from player.messages.sweep import mapped
from runs.cells import Cells, cells
from tests.test_player import unpacked


def settings(link: str = "") -> Flat:
    """The settings of a link, of which nothing is ignored."""
    flat, complaints = EXPLORE.read_link(link, "en")
    assert complaints == []
    return flat


def cells_of(flat: Flat, n: int) -> Cells:
    return cells(runs_of(flat, n))


def rows_of(flat: Flat, rows: list[int]) -> Cells:
    """These rows of the map of 200 × 200 cells."""
    x, y = axes_of(flat)
    return cells(descent(flat, (x, x.values(200)), (y, y.values(200)[rows])))


def map_of(link: str = "", n: int = 40) -> dict[str, Any]:
    """The map as the browser unpacks it."""
    flat = settings(link)
    return unpacked(mapped(flat, n, cells_of(flat, n)))["map"]

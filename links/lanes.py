"""The part of the table that belongs to each lane, under keys that begin with its number."""

from __future__ import annotations

from links.table import Flat

MOST_LANES = 8


def only(flat: Flat, prefix: str) -> Flat:
    """The settings whose keys begin so."""
    return {key: value for key, value in flat.items() if key.startswith(prefix)}


def common(flat: Flat) -> Flat:
    """The settings that belong to no lane."""
    return {key: value for key, value in flat.items() if not key[0].isdigit()}


def lanes_of(flat: Flat) -> list[Flat]:
    """Each lane's settings without its number."""
    return [{key.partition(".")[2]: value for key, value in only(flat, f"{i}.").items()} for i in range(1, flat["lanes"] + 1)]


def with_lanes(flat: Flat, lanes: list[Flat]) -> Flat:
    """The table with these lanes instead of its own."""
    return common(flat) | {"lanes": len(lanes)} | {f"{i}.{key}": value for i, lane in enumerate(lanes, start=1) for key, value in lane.items()}


def free_look(flat: Flat) -> int:
    """The first colour that no lane has: a lane keeps its own when others come and go."""
    taken = {lane["look"] for lane in lanes_of(flat)}
    return min(set(range(1, MOST_LANES + 1)) - taken, default=1)

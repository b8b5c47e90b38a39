"""Maps of runs as they are made: for a slice of time each, between other people's, in a process that remembers them."""

from __future__ import annotations

import os
import time
from collections import OrderedDict, deque
from collections.abc import Mapping

from links import Flat
from links.axes import FINE
from links.explore import EXPLORE
from links.sweep import map_of, what_is_swept
from locales import speaking
from player.messages.sweep import joined, mapped
from runs.cells import Cells, cells
from runs.compiled import usable
from runs.compiled.cache import load

COARSE = 40  # cells along each axis of the map that comes at once
SLICE = 0.08  # seconds: a map that takes no longer comes fine at once
PACES = {True: 4e-9, False: 5e-8}  # seconds a run and step that are expected of a kernel, and of NumPy
SEEN = 4  # slices by whose fastest one is known how long the next one takes
THREADS = min(2, os.cpu_count() or 1)  # for a kernel, which Python's lock does not hold up
KEPT = 24  # maps, of 1.4 MB at most; more than are under way at a time, or none would ever be done

known: OrderedDict[object, list[Cells]] = OrderedDict()  # the parts of each map, bottom rows first
paces: dict[object, deque[float]] = {}


def ready() -> None:
    """What the first map would wait for is loaded: this module, and Numba."""
    load()


def advance(link: Mapping[str, str], n: int, others: int) -> bytes | None:
    """A slice of time for the map of n × n cells that a link describes; the message once it is done, else None: ask again.

    n = 0 leaves it to how long the map takes: as fine as it can be at once, while so many others wait for theirs.
    """
    flat = EXPLORE.read(dict(link), "en")[0]
    n = n or at_once(flat, others)
    made, done = so_far(flat, n)
    if done < n:
        made.append(part(flat, n, slice(done, min(done + rows_of(flat, n), n))))
    if sum(len(each.steps) for each in made) < n:
        return None
    made[:] = [joined(made)] if len(made) > 1 else made
    with speaking(flat["lang"]):
        return mapped(flat, n, made[0])


def at_once(flat: Flat, others: int) -> int:
    """How many cells along each axis a map can have that comes in one slice, shared with so many others."""
    return FINE if so_far(flat, FINE)[1] == FINE or rows_of(flat, FINE) >= FINE * (1 + others) else COARSE


def so_far(flat: Flat, n: int) -> tuple[list[Cells], int]:
    """The parts of a map that are made, and how many rows they have together."""
    key = (n, what_is_swept(flat))
    made = known.setdefault(key, [])
    known.move_to_end(key)
    while len(known) > KEPT:
        known.popitem(last=False)
    return made, sum(len(each.steps) for each in made)


def part(flat: Flat, n: int, rows: slice) -> Cells:
    """The cells of these rows; how long they take is remembered."""
    whole, compiled = map_of(flat, n), by_kernel(flat)
    begun = time.perf_counter()
    found = cells(whole.part((rows, slice(0, n))), compiled=compiled, threads=THREADS if compiled else 1)
    took = time.perf_counter() - begun
    paces.setdefault(kind(flat, n, compiled), deque(maxlen=SEEN)).append(took / found.steps.size / flat["steps"])
    return found


def rows_of(flat: Flat, n: int) -> int:
    """How many rows of n runs fit into a slice of time."""
    compiled = by_kernel(flat)
    pace = min(paces.get(kind(flat, n, compiled), [PACES[compiled]]))
    return max(int(SLICE / (pace * n * flat["steps"])), 1)


def by_kernel(flat: Flat) -> bool:
    """Whether there is a kernel for the map's runs by now; from the first time on that it is asked for, one is compiled in the background."""
    return not usable(map_of(flat, FINE), None)


def kind(flat: Flat, n: int, compiled: bool) -> object:
    """All on which the time for a run and step hangs, about."""
    return n, compiled, flat["surface"], flat["1.rule"]

"""Maps of runs as they are made: for a slice of time each, between other people's, in a process that remembers them."""

from __future__ import annotations

import os
import time
from collections import OrderedDict, deque
from collections.abc import Mapping
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from functools import partial

from links import Flat
from links.axes import FINE
from links.explore import EXPLORE
from links.sweep import map_of, what_is_swept
from locales import _, speaking
from player.messages.sweep import joined, mapped
from runs.cells import Cells, cells
from runs.cluster import cluster
from runs.compiled import usable
from runs.compiled.cache import load
from runs.descent import Descent

COARSE = 40  # cells along each axis of the map that comes at once
SLICE = 0.08  # seconds: a map that takes no longer comes fine at once
PACES = {True: 4e-9, False: 1e-7}  # seconds a run and step that are expected of a kernel, and of NumPy
SEEN = 4  # slices by whose fastest one is known how long the next one takes
THREADS = min(2, os.cpu_count() or 1)  # for a kernel, which Python's lock does not hold up
KEPT = 24  # maps, of 1.4 MB at most; more than are under way at a time, or none would ever be done
FAR = 12  # slices: a map that takes longer goes to a cluster, where there is one


@dataclass
class Made:
    """What there is of a map: its parts, bottom rows first, what a cluster works on, and the address of one that could not be reached."""

    parts: list[Cells]
    far: Future[Cells] | None = None
    unreached: str = ""

    @property
    def rows(self) -> int:
        return sum(len(each.steps) for each in self.parts)


known: OrderedDict[object, Made] = OrderedDict()
paces: dict[object, deque[float]] = {}


def ready() -> None:
    """What the first map would wait for is loaded: this module, and Numba; and the cluster is sought."""
    if where := cluster():
        where.seek()
    load()


def at_hand(link: Mapping[str, str]) -> bytes | None:
    """The coarse map that a link describes, made here and now without a kernel; None where that would take too long."""
    flat = EXPLORE.read(dict(link), "en")[0]
    if COARSE * COARSE * flat["steps"] * PACES[False] > SLICE:
        return None
    with speaking(flat["lang"]):
        return mapped(flat, COARSE, cells(map_of(flat, COARSE)))


def advance(link: Mapping[str, str], n: int, others: int) -> bytes | None:
    """A slice of time for the map of n × n cells that a link describes; the message once it is done, else None: ask again.

    n = 0 leaves it to how long the map takes: as fine as it can be at once, while so many others wait for theirs.
    """
    flat = EXPLORE.read(dict(link), "en")[0]
    n = n or at_once(flat, others)
    made = so_far(flat, n)
    if made.rows < n:
        work(made, flat, n)
    if made.rows < n:
        return None
    made.parts = [joined(made.parts)] if len(made.parts) > 1 else made.parts
    with speaking(flat["lang"]):
        unreached = _("The Dask cluster at {address} cannot be reached: these runs were made on this server.").format(address=made.unreached)
        return mapped(flat, n, made.parts[0], unreached if made.unreached else "")


def work(made: Made, flat: Flat, n: int) -> None:
    """Do the next part of a map; or wait for a cluster that does the whole of it, for a slice of time."""
    where, large = cluster(), FAR * rows_of(flat, n) < n
    if where and large and not made.far and not made.parts:
        made.far = where.begun(partial(given_away, map_of(flat, n), by_kernel(flat)))
    if where and made.far:
        wait([made.far], SLICE)
        if not made.far.done():
            return
        try:
            made.parts.append(made.far.result())
            return
        except Exception as problem:  # whatever may happen on other machines
            where.lost(problem)
            made.far = None
    if where and large and where.lost_at is not None:
        made.unreached = where.address
    made.parts.append(part(flat, n, slice(made.rows, min(made.rows + rows_of(flat, n), n))))


def given_away(whole: Descent, compiled: bool, executor: Executor) -> Cells:
    return cells(whole, compiled=compiled, executor=executor)


def at_once(flat: Flat, others: int) -> int:
    """How many cells along each axis a map can have that comes in one slice, shared with so many others."""
    return FINE if so_far(flat, FINE).rows == FINE or rows_of(flat, FINE) >= FINE * (1 + others) else COARSE


def so_far(flat: Flat, n: int) -> Made:
    """What there is of a map."""
    key = (n, what_is_swept(flat))
    made = known.setdefault(key, Made([]))
    known.move_to_end(key)
    while len(known) > KEPT:
        known.popitem(last=False)
    return made


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

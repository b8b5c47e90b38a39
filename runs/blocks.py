"""A batch in blocks that fit the cache, worked on by threads or by the workers of an executor."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from math import prod

import numpy as np

from core import Array, InputError, N_
from runs.descent import Box, Descent

BLOCK = 10_000  # runs: an array of their points in two coordinates has 160 kB, so that all that a step touches stays in a core's cache of 1–2 MB
HEAP = 2_000_000  # numbers, 16 MB
TASKS = 64  # for an executor, about: each costs a message

Work = Callable[[Descent], Array]  # something of each run, of the descent's shape


def folded(descent: Descent, work: Work, threads: int = 1, executor: Executor | None = None) -> Array:
    """What `work` makes of each block of the descent, put together; of the batch's shape."""
    if isinstance(threads, bool) or not isinstance(threads, (int, np.integer)) or threads < 1:
        raise InputError(N_("{name} = {value}: allowed is a whole number in {within}."), name="threads", value=repr(threads), within="[1, ∞)")
    kept = 0 if descent.surface.at(1) is descent.surface else 1  # noise is drawn for the whole last axis at once
    box = tuple(slice(0, n) for n in descent.shape)
    boxes = blocks(box, BLOCK if executor is None else max(BLOCK, prod(descent.shape) // TASKS), kept)
    parts = [descent.part(b) for b in boxes]  # a list: Dask takes no iterator
    if executor is not None:
        return assembled(descent.shape, boxes, executor.map(partial(folded, work=work), parts))
    np.empty(HEAP)  # never touched: having freed so large a block once, glibc keeps the memory of a step's arrays for the next one (10 % of the time)
    if threads == 1:
        return assembled(descent.shape, boxes, map(work, parts))
    with ThreadPoolExecutor(threads) as pool:
        return assembled(descent.shape, boxes, pool.map(work, parts))


def assembled(shape: tuple[int, ...], boxes: list[Box], results: Iterable[Array]) -> Array:
    """The array of all results, each in its place."""
    parts = list(results)
    whole = np.empty(shape, parts[0].dtype)
    for box, part in zip(boxes, parts, strict=True):
        whole[box] = part
    return whole


def blocks(box: Box, limit: int, kept: int = 0) -> list[Box]:
    """The box halved along its first axes until no part has more than `limit` runs; the last `kept` axes are never cut.

    First axes first, so that a column of rates stays a column and a row of momenta a row: what depends on one of them alone is worked out for
    few. A part is cut as it would be if it were the whole, so that it makes no difference who cuts it.
    """
    sizes = [s.stop - s.start for s in box]
    axis = next((i for i, n in enumerate(sizes[: len(sizes) - kept]) if n > 1), None)
    if axis is None or prod(sizes) <= limit:
        return [box]
    middle = box[axis].start + sizes[axis] // 2
    halves = (slice(box[axis].start, middle), slice(middle, box[axis].stop))
    return [part for half in halves for part in blocks((*box[:axis], half, *box[axis + 1 :]), limit, kept)]

"""Which kernel there is for a rule on a surface: compiled in the background, one at a time, and the one asked for last comes first."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields
from importlib.util import find_spec
from threading import Condition, Lock, Thread
from typing import Any

import numpy as np

from core import Entry, parameters
from runs.arguments import batches
from runs.aside import Aside
from runs.compiled import cache
from runs.compiled.cache import COMPILING, kernel_of
from runs.compiled.program import Program, parted, program
from runs.compiled.source import source
from runs.compiled.trace import Untraceable
from runs.descent import Descent

KEPT = 200  # kernels in memory, and programs
WAITING = 8  # kernels that are asked for and not begun; older ones are forgotten


@dataclass(frozen=True)
class Compiled:
    """A program, and the function that runs it."""

    program: Program
    run: Callable[..., None]


@dataclass(frozen=True)
class Traced:
    """A program and its text, or why there is none."""

    program: Program | None
    text: str


traces: OrderedDict[Any, Traced] = OrderedDict()
kernels: OrderedDict[str, Callable[..., None] | str] = OrderedDict()  # or why it could not be compiled
wanted: list[str] = []  # texts; the last one is next
under_way: set[str] = set()
awaited: set[str] = set()  # texts whose kernels somebody waits for
changed = Condition(Lock())
compiler = Aside(19)  # a process while there is something to compile; whoever computes in NumPy meanwhile comes first


def kernel_for(descent: Descent, *, begin: bool, wait: bool) -> Compiled | str:
    """The kernel for these runs, or why there is none now; `begin` has it compiled in the background where it is not ready, `wait` waits for it."""
    if find_spec("numba") is None:
        return "Numba is not installed"
    traced = trace(descent)
    if traced.program is None:
        return traced.text
    with changed:
        while traced.text not in kernels:
            if not begin:
                return "it is not compiled, and too few runs and steps to be worth it"
            if traced.text not in under_way:
                wanted[:] = [*(text for text in wanted[1 - WAITING :] if text != traced.text), traced.text]
                Thread(target=work, daemon=True, name="kernels").start()
            if not wait:
                return "it is being compiled"
            awaited.add(traced.text)
            changed.wait()
        kernels.move_to_end(traced.text)
        found = kernels[traced.text]
    return found if isinstance(found, str) else Compiled(traced.program, found)


def work() -> None:
    """Compile what was asked for last, unless another thread is at it already; then what is left."""
    while True:
        with changed:
            if not under_way and not wanted:
                compiler.end()
            if under_way or not wanted:
                return
            text = wanted.pop()
            under_way.add(text)
            waited_for = text in awaited
        try:
            if not waited_for:
                prepared(text)
            made: Callable[..., None] | str = kernel_of(text)
        except Exception as problem:  # of the disk, or Numba's
            made = f"{type(problem).__name__}: {problem}"
        with changed:
            under_way.discard(text)
            awaited.discard(text)
            kernels[text] = made
            while len(kernels) > KEPT:
                kernels.popitem(last=False)
            changed.notify_all()


def prepared(text: str) -> None:
    """Have another process compile this into the folder of kernels, while this one goes on.

    Numba holds Python's lock. NumPy lets go of it in each operation, and would wait for it each time: a sweep of 0.3 s takes as long as the compiler.
    """
    with suppress(Exception):  # then it is compiled here
        if not cache.kept(text):
            compiler.do(cache.prepare, text, cache.folder())


def before_fork() -> None:
    """A process is forked while nothing is half compiled: its copy of this one would wait for ever for the thread that was at it."""
    COMPILING.acquire()
    changed.acquire()


def after_fork() -> None:
    changed.release()
    COMPILING.release()


def after_fork_in_child() -> None:
    under_way.clear()
    wanted.clear()
    after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=before_fork, after_in_parent=after_fork, after_in_child=after_fork_in_child)


def trace(descent: Descent) -> Traced:
    """The program of these runs, remembered."""
    own_factor = bool(batches(descent.schedule))
    try:
        quiet, noise = parted(descent.surface)
        key = (shape_of(descent.optimizer), shape_of(quiet), own_factor, noise)
        hash(key)
    except Untraceable as problem:
        return Traced(None, str(problem))
    except TypeError:  # a field that is no parameter and cannot be remembered
        return traced(descent, own_factor)
    with changed:
        found = traces.get(key)
    if found is None:
        found = traced(descent, own_factor)
        with changed:
            traces[key] = found
            while len(traces) > KEPT:
                traces.popitem(last=False)
    return found


def traced(descent: Descent, own_factor: bool) -> Traced:
    try:
        found = program(descent.optimizer, descent.surface, own_factor)
        return Traced(found, source(found))
    except Untraceable as problem:
        return Traced(None, str(problem))


def shape_of(entry: Entry) -> tuple[Any, ...]:
    """All on which the program hangs: the class, which parameters are arrays, and the values of what is no parameter."""
    known = parameters(entry)
    values = {f.name: getattr(entry, f.name) for f in fields(entry)}
    return (type(entry), *(isinstance(value, np.ndarray) if name in known else value for name, value in values.items()))

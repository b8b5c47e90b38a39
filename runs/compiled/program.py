"""A step of a rule on a surface as a straight-line program."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np

from core import Array, Entry, parameters
from landscapes import Objective
from optimizers import Optimizer
from runs.compiled.trace import Graph, Node, Scalar, Untraceable, nodes, operation
from runs.gusts import Gusts
from runs.noise import Noisy, NoisyObjective

SIZES = "noise.sizes"  # the input that is the σ of each run


@dataclass(frozen=True)
class Program:
    """What a step t ≥ 2 makes of a run's numbers.

    `outputs`: the next point, the next state leaf by leaf, and the loss there; `carried`: the inputs in whose place they come, the loss aside.
    `leaves`: the shapes of the state's arrays in a single run. `settings` and `swept`: the names of the parameters that all runs share, and of
    those that each has of its own. `streams`: the inputs that differ from step to step.
    """

    carried: tuple[Node, ...]
    outputs: tuple[Scalar, ...]
    leaves: tuple[tuple[int, ...], ...]
    settings: tuple[str, ...]
    swept: tuple[str, ...]
    streams: tuple[Node, ...]
    coordinates: int


class Seen:
    """A surface as the traced step sees it: everything it answers is an array of nodes, and its gradient has the step's noise in it."""

    def __init__(self, surface: Objective, noise: Any) -> None:
        self.surface, self.noise = surface, noise

    def value(self, p: Any) -> Any:
        return nodes(self.surface.value(p))

    def gradient(self, p: Any) -> Any:
        g = spread(self.surface.gradient(p), np.shape(p))
        return g if self.noise is None else g + self.noise

    def hessian(self, p: Any) -> Any:
        return spread(self.surface.hessian(p), 2 * np.shape(p))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.surface, name)


def program(optimizer: Optimizer, surface: Objective, own_factor: bool) -> Program:
    """The step of this rule on this surface, of whose parameters the arrays are swept; raises Untraceable.

    `own_factor`: whether the schedule's factor differs from run to run.
    """
    graph, count = Graph(), surface.coordinates
    quiet, whose = parted(surface)
    noise = None
    streams = [graph.input("factor", moves=True, own=own_factor)]
    if whose != "none":
        streams += [graph.input(f"noise {i}", moves=True, own=whose == "own") for i in range(count)]
        noise = nodes(streams[1:])
    if whose == "sized":
        noise = noise * graph.input(SIZES, moves=False, own=True)
    rule = symbolic(optimizer, "rule", graph)
    ground = symbolic(quiet, "surface", graph)
    template = optimizer.init(np.zeros(count))
    leaves = tuple(np.shape(leaf) for leaf in parts(template))
    p = inputs(graph, "p", (count,))
    state = [inputs(graph, f"state {i}", shape) for i, shape in enumerate(leaves)]
    carried = (*p, *(node for leaf in state for node in leaf.flat))
    state = [each_true(leaf) if np.asarray(old).dtype == bool else leaf for leaf, old in zip(state, parts(template), strict=True)]
    t = graph.input("t", moves=True, own=False)
    try:
        new, left = rule.step(Seen(ground, noise), p, together(template, state), t, rule.lr * streams[0])
        outputs = [*spread(new, (count,))]
        for leaf, shape in zip(parts(left), leaves, strict=True):
            outputs += [*spread(leaf, shape).flat]
        outputs.append(nodes(ground.value(nodes(outputs[:count])))[()])
    except Untraceable:
        raise
    except Exception as problem:  # whatever a file does that was written for arrays of numbers
        raise Untraceable(f"{type(problem).__name__}: {problem}") from problem
    if not all(isinstance(value, (Node, float, bool, int)) for value in outputs):
        raise Untraceable("a step's result is no number")
    values = numbers_of(optimizer, surface)
    swept = tuple(name for name, value in values.items() if isinstance(value, np.ndarray))
    settings = tuple(name for name in values if name not in swept)
    return Program(carried, tuple(outputs), leaves, settings, swept, tuple(streams), count)


def parted(surface: Objective) -> tuple[Objective, Literal["none", "shared", "sized", "own"]]:
    """The surface without its noise, and whose that is; raises Untraceable for one that changes from step to step in another way.

    Noise that is sized is shared, times a number that each run has of its own.
    """
    inner: Any = surface
    noisy = type(surface) in (Noisy, NoisyObjective, Gusts)
    quiet = inner.surface if noisy else surface
    if type(quiet).at is not Objective.at:
        raise Untraceable(f"{type(quiet).__name__} is another one at each step")
    if type(surface) is Gusts:
        return quiet, "sized"
    return quiet, "none" if not noisy or not inner.sigma else "shared" if inner.runs is None else "own"


def symbolic(entry: Any, prefix: str, graph: Graph) -> Any:
    """The entry with a node in place of each of its parameters."""
    known = parameters(entry)
    twin = copy(entry)
    for f in fields(entry):
        value = getattr(entry, f.name)
        if f.name in known:
            vars(twin)[f.name] = graph.input(f"{prefix}.{f.name}", moves=False, own=isinstance(value, np.ndarray))
        elif isinstance(value, (np.ndarray, Entry)):
            raise Untraceable(f"{f.name} is no parameter")
    return twin


def numbers_of(optimizer: Optimizer, surface: Objective) -> dict[str, Any]:
    """The values of all that is given once for a run, by the names of the inputs they are."""
    found = settings_of(optimizer, "rule") | settings_of(parted(surface)[0], "surface")
    return found | {SIZES: surface.sizes} if isinstance(surface, Gusts) else found


def settings_of(entry: Entry, prefix: str) -> dict[str, Any]:
    """The values of the parameters by the names of the inputs they are."""
    return {f"{prefix}.{name}": getattr(entry, name) for name in parameters(entry)}


def parts(state: Any) -> tuple[Any, ...]:
    """The arrays of a rule's state, which is (), an array or a NamedTuple."""
    return state if isinstance(state, tuple) else (state,)


def together(template: Any, leaves: list[Any]) -> Any:
    """These arrays as a state of the template's kind."""
    return leaves[0] if not isinstance(template, tuple) else type(template)(*leaves) if leaves else ()


def inputs(graph: Graph, name: str, shape: tuple[int, ...]) -> Array:
    if not shape:
        raise Untraceable("its state holds a single number, which has no axis for runs")
    return nodes([graph.input(f"{name}, {i}", moves=True, own=True, met=True) for i in range(int(np.prod(shape)))]).reshape(shape)


def each_true(leaf: Array) -> Any:
    """An array that was true or false, and is carried as 1 and 0."""
    return nodes([operation("not_equal", node, 0.0) for node in leaf.flat]).reshape(leaf.shape)


def spread(values: Any, shape: tuple[int, ...]) -> Any:
    """Nodes and numbers as an array of this shape."""
    return np.broadcast_to(nodes(values), shape, subok=True)

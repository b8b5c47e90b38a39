"""What is done to the numbers of one run is written down: rule and surface are called once, with objects in place of numbers.

A `Node` stands for a number, `Nodes` for an array of them. Both answer NumPy's own protocols (`__array_ufunc__`, `__array_function__`) and the
operators, so that a file that is written as its equations is traced as it stands. What comes back is a straight-line program: no loop, no branch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

Scalar = Any  # a Node, or a Python number where it is known while tracing

COMPARISONS = ("greater", "greater_equal", "less", "less_equal", "equal", "not_equal")
TESTS = ("isnan", "isfinite", "isinf")
LOGIC = ("logical_and", "logical_or", "logical_not", "logical_xor")
BITWISE = {"bitwise_and": "logical_and", "bitwise_or": "logical_or", "invert": "logical_not", "bitwise_xor": "logical_xor"}
FUNCTIONS = (
    "sqrt", "exp", "expm1", "exp2", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "arctan2", "sinh", "cosh",
    "tanh", "arcsinh", "arccosh", "arctanh", "hypot", "floor", "ceil", "remainder", "deg2rad", "rad2deg",
)  # fmt: skip
ARITHMETIC = ("add", "subtract", "multiply", "divide", "power", "negative", "absolute", "sign", "maximum", "minimum")
KNOWN = {*COMPARISONS, *TESTS, *LOGIC, *FUNCTIONS, *ARITHMETIC}
SAME = {"float_power": "power", "fabs": "absolute", "radians": "deg2rad", "degrees": "rad2deg", "mod": "remainder"}
TRUTHS = {*COMPARISONS, *TESTS, *LOGIC}


class Untraceable(Exception):
    """This rule on this surface is no straight-line program; says why."""


class Graph:
    """All nodes of a program in the order in which they are worked out, each written down once."""

    def __init__(self) -> None:
        self.nodes: dict[tuple[Any, ...], Node] = {}

    def input(self, name: str, *, moves: bool, own: bool, met: bool = False) -> Node:
        """A number that the program is given: one that `moves` differs from step to step, one of its `own` differs from run to run.

        What is `met` on the way hangs on where the run is; anything else is known before it.
        """
        return self.nodes.setdefault(("input", name), Node(self, "input", (name,), moves, own, met))

    def node(self, op: str, *args: Scalar) -> Node:
        key = (op, *(id(a) if isinstance(a, Node) else (type(a).__name__, float(a).hex()) for a in args))
        if key not in self.nodes:
            given = [a for a in args if isinstance(a, Node)]
            moves, own, met = (any(getattr(a, name) for a in given) for name in ("moves", "own", "met"))
            self.nodes[key] = Node(self, op, args, op == "running" or moves, own, met)
        return self.nodes[key]


class Node(NDArrayOperatorsMixin):
    """A number of one run: an operation on others. It has no truth value, because runs differ in it."""

    def __init__(self, graph: Graph, op: str, args: tuple[Any, ...], moves: bool, own: bool, met: bool) -> None:
        self.graph, self.op, self.args, self.moves, self.own, self.met = graph, op, args, moves, own, met

    def __hash__(self) -> int:  # which a class with `==` of its own has to say
        return id(self)

    @property
    def truth(self) -> bool:
        """Whether it is true or false, and no number."""
        return self.op in TRUTHS or (self.op == "where" and all(truth(a) for a in self.args[1:]))

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        return worked_out(ufunc, method, inputs, options)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, options: Any) -> Any:
        return called(function, *within(args), **within(options))

    def __bool__(self) -> bool:
        raise Untraceable("it asks whether a number that runs differ in is true")

    def __float__(self) -> float:
        raise Untraceable("it asks for a number that runs differ in")

    __int__: Any = __float__


class Nodes(np.ndarray[Any, Any]):
    """An array of nodes and numbers; a NumPy array of objects in all else: shapes, indices, axes."""

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        return worked_out(ufunc, method, inputs, options)

    def __array_function__(self, function: Callable[..., Any], types: Any, args: Any, options: Any) -> Any:  # pyright: ignore
        return called(function, *args, **options)


def nodes(values: Any) -> Nodes:
    """Nodes and numbers in nested lists or arrays as one array."""
    whole = np.array(values, dtype=object)
    if any(isinstance(value, np.ndarray) for value in whole.flat):
        whole = np.frompyfunc(bare, 1, 1)(whole)
    return np.asarray(whole, dtype=object).view(Nodes)


def bare(value: Any) -> Scalar:
    """What is in an array of no axes, which NumPy leaves in an array of objects."""
    return value[()] if isinstance(value, np.ndarray) else value


def within(values: Any) -> Any:
    """The same arguments with an array of no axes in place of each node."""
    if isinstance(values, Node):
        return nodes(values)
    if isinstance(values, (list, tuple)):
        return type(values)(within(v) for v in values)
    return {name: within(v) for name, v in values.items()} if isinstance(values, dict) else values


def called(function: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """What a NumPy function that is no ufunc makes of arrays of nodes; most of them only move objects about."""
    if function is np.where and len(args) == 3 and not options:
        return each(chosen, args)
    return np.ndarray.__array_function__(nodes([]), function, (Nodes,), args, options)


def worked_out(ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """What a ufunc makes of arrays of nodes."""
    name = BITWISE.get(ufunc.__name__, SAME.get(ufunc.__name__, ufunc.__name__))
    if method == "reduce" and ufunc.nin == 2:
        return reduced(lambda a, b: operation(name, a, b), inputs[0], **options)
    if method != "__call__" or any(value is not None for value in options.values()):
        raise Untraceable(f"it calls numpy.{ufunc.__name__} in a way that is not traced")
    if name == "square":
        return each(lambda a: operation("multiply", a, a), inputs)
    if name == "reciprocal":
        return each(lambda a: operation("divide", 1.0, a), inputs)
    if name == "positive":
        return each(lambda a: a, inputs)
    if name == "clip":
        return each(lambda a, low, high: operation("minimum", operation("maximum", a, low), high), inputs)
    if name not in KNOWN:
        raise Untraceable(f"numpy.{ufunc.__name__} is not traced")
    return each(lambda *args: operation(name, *args), inputs)


def each(of: Callable[..., Scalar], inputs: Any) -> Any:
    """The function of scalars at each place of the arrays, broadcast; a node where none of them is an array."""
    arrays = [np.asarray(given, dtype=object) for given in inputs]
    along = np.broadcast(*arrays) if len(arrays) > 1 else np.broadcast(arrays[0])
    results = [of(*map(bare, args)) for args in along]
    if not any(isinstance(given, np.ndarray) for given in inputs):
        return results[0]
    whole = np.empty(len(results), dtype=object)
    whole[:] = results
    return whole.reshape(along.shape).view(Nodes)


def reduced(of: Callable[[Any, Any], Scalar], array: Any, axis: Any = 0, keepdims: bool = False, **options: Any) -> Any:
    """The function of two folded along an axis, or along all; an array, of no axes where none is left."""
    if not isinstance(axis, (int, type(None))) or any(value not in (None, True) for name, value in options.items() if name != "initial"):
        raise Untraceable("it sums or folds an array in a way that is not traced")
    rows = np.moveaxis(array, axis, 0) if axis is not None else np.reshape(array, (-1,))
    first = [options["initial"]] if options.get("initial") is not None else []
    total = reduce(lambda a, b: each(of, (a, b)), [*first, *(rows[i, ...] for i in range(len(rows)))])
    return np.expand_dims(total, axis if axis is not None else tuple(range(np.ndim(array)))) if keepdims else total


def operation(name: str, *args: Scalar) -> Scalar:
    """One operation on numbers of one run."""
    graph = next((a.graph for a in args if isinstance(a, Node)), None)
    args = tuple(a if isinstance(a, (Node, bool)) else bool(a) if isinstance(a, np.bool_) else float(a) for a in args)
    if graph is None:
        with np.errstate(all="ignore"):
            value = getattr(np, name)(*args)
        return bool(value) if isinstance(value, np.bool_) else float(value)
    if name in LOGIC and not all(truth(a) for a in args):
        raise Untraceable("it combines numbers as if they were true or false")
    if name == "power":
        return power(graph, *args)
    if name == "divide" and isinstance(args[1], Node) and not args[1].met and getattr(args[0], "met", False):
        return graph.node("multiply", args[0], graph.node("divide", 1.0, args[1]))  # once a step, or for both coordinates, and not for each
    if name in COMPARISONS and (known := later(name, *args)) is not None:
        return known
    return graph.node(name, *args)


def truth(value: Scalar) -> bool:
    return value.truth if isinstance(value, Node) else isinstance(value, bool)


def chosen(condition: Scalar, a: Scalar, b: Scalar) -> Scalar:
    """`a` where the condition holds, else `b`."""
    if not isinstance(condition, Node):
        return a if condition else b
    return condition.graph.node("where", condition, *(v if isinstance(v, (Node, bool)) else float(v) for v in (a, b)))


def is_step(value: Scalar) -> bool:
    """Whether this is t, the number of the step."""
    return isinstance(value, Node) and value.op == "input" and value.args == ("t",)


def later(name: str, a: Scalar, b: Scalar) -> bool | None:
    """How t compares with a number up to 1: the program begins at t = 2, and the first step is made without it. None for all else."""
    if is_step(a) and isinstance(b, float) and b <= 1:
        return bool(getattr(np, name)(2.0, b))
    if is_step(b) and isinstance(a, float) and a <= 1:
        return bool(getattr(np, name)(a, 2.0))
    return None


def power(graph: Graph, base: Scalar, exponent: Scalar) -> Scalar:
    """baseᵉ, by multiplication where the exponent is a small whole number, and as a running product where it is linear in t."""
    if not isinstance(exponent, Node):
        if exponent == 0.5:
            return graph.node("sqrt", base)
        if exponent in (1.0, 2.0, 3.0):
            return reduce(lambda a, b: operation("multiply", a, b), [base] * int(exponent))
    elif exponent.moves and not (isinstance(base, Node) and base.moves):
        if is_step(exponent):
            return graph.node("running", base)
        first, *rest = exponent.args
        if exponent.op in ("add", "subtract") and is_step(first):
            return operation("multiply", graph.node("running", base), operation("power", base, operation(exponent.op, 0.0, rest[0])))
        if exponent.op == "multiply":
            for moving, still in (exponent.args, exponent.args[::-1]):
                if isinstance(moving, Node) and moving.moves and not (isinstance(still, Node) and still.moves):
                    return operation("power", operation("power", base, still), moving)
    return graph.node("power", base, exponent)

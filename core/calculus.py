"""A formula's value, gradient, Hessian and LaTeX: its tree becomes a list of operations, which are worked out one after the other on jets."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from core.formula import Node, parse
from core.jet import FUNCTIONS, Jet, Operation, operation, power_of
from core.latex import latex
from core.parameter import Array


class Calculus:
    """A formula that can be evaluated, with its derivatives, at points of shape (2, *batch). Where it has no real value, all of them are NaN."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self.steps: list[tuple[Operation | None, tuple[int, ...], Jet]] = []  # an operation and the places of its operands, or a constant
        self.result = self.add(tree)

    def add(self, node: Node) -> int:
        """Append the operations that this node needs; returns the place of its result. Place 0 holds x and place 1 holds y."""
        if node.op in ("x", "y"):
            return "xy".index(node.op)
        if node.value is not None:
            self.steps.append((None, (), Jet(np.float64(node.value))))
        elif node.op == "^" and node.args[0].op == "e":
            self.steps.append((FUNCTIONS["exp"], (self.add(node.args[1]),), Jet(0.0)))
        elif node.op == "^" and (n := node.args[1].value) is not None:
            self.steps.append((power_of(n), (self.add(node.args[0]),), Jet(0.0)))
        else:
            operands = tuple(map(self.add, node.args))
            self.steps.append((operation(node.op, len(operands)), operands, Jet(0.0)))
        return len(self.steps) + 1

    def jet(self, p: Array, order: int) -> Jet:
        """The value at the points p, with slopes (order 1) and second derivatives (order 2)."""
        x, y = p
        jets = [Jet(x, 1.0 if order else None), Jet(y, None, 1.0 if order else None)]
        with np.errstate(all="ignore"):  # the edge of where a formula has a meaning is no error: the map has a gap there
            for step, operands, constant in self.steps:
                jets.append(step(order, *[jets[i] for i in operands]) if step else constant)
        return jets[self.result]

    def value(self, p: Array) -> Array:
        """Shape (*batch)."""
        p = numbers(p)
        return filled(self.jet(p, 0), [0], p)[0]

    def gradient(self, p: Array) -> Array:
        """Shape (2, *batch)."""
        p = numbers(p)
        return filled(self.jet(p, 1), [1, 2], p)

    def hessian(self, p: Array) -> Array:
        """Shape (2, 2, *batch)."""
        p = numbers(p)
        xx, xy, yy = filled(self.jet(p, 2), [3, 4, 5], p)
        return np.array([[xx, xy], [xy, yy]])

    @cached_property
    def latex(self) -> str:
        return latex(self.tree)


def numbers(p: Any) -> Array:
    """The points as an array of floats, or of objects that stand for numbers."""
    return p if isinstance(p, np.ndarray) and p.dtype == object else np.asarray(p, dtype=float)


def filled(jet: Jet, parts: list[int], p: Array) -> Array:
    """These parts of a jet, by their place in it, as an array of shape (len(parts), *batch); NaN wherever the jet's value is."""
    rows = np.zeros_like(p, shape=(len(parts), *p.shape[1:]))
    for row, part in enumerate(parts):
        if jet[part] is not None:
            rows[row] = jet[part]
    return np.where(np.isnan(jet.f), np.nan, rows)


@lru_cache(maxsize=128)
def calculus(text: str) -> Calculus:
    """A typed formula, parsed once for everybody; raises FormulaError."""
    return Calculus(parse(text))

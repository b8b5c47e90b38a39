"""The expression of an operation, as the text of a kernel has it: with NumPy's answers for NaN, and no branch where a choice will do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from runs.compiled.trace import Node, Scalar

INFIX = {
    "add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**", "greater": ">", "greater_equal": ">=", "less": "<",
    "less_equal": "<=", "equal": "==", "not_equal": "!=", "logical_and": "&", "logical_or": "|", "logical_xor": "!=",
}  # fmt: skip
WRITTEN = {
    "where": "{1} if {0} else {2}",
    "absolute": "abs({0})",
    "negative": "-{0}",
    "maximum": "({0} if {0} >= {1} else {1}) if {0} == {0} else {0}",
    "minimum": "({0} if {0} <= {1} else {1}) if {0} == {0} else {0}",
    "sign": "1.0 if {0} > 0.0 else (-1.0 if {0} < 0.0 else (0.0 if {0} == 0.0 else {0}))",
    "isnan": "{0} != {0}",
    "isfinite": "abs({0}) < np.inf",
    "isinf": "abs({0}) == np.inf",
    "logical_not": "not {0}",
}
TRUE_OPERANDS = ("logical_and", "logical_or", "logical_xor", "logical_not")

Names = Mapping[Node, str]


def reference(value: Scalar, names: Names) -> str:
    """The name of a node, or a number."""
    if isinstance(value, Node):
        return names[value]
    return repr(value) if isinstance(value, bool) or np.isfinite(value) else f"(-np.{-value})" if value < 0 else f"np.{value}"


def number(value: Scalar, names: Names) -> str:
    """A reference to a number, or to a truth value as 1 or 0."""
    true = value.truth if isinstance(value, Node) else isinstance(value, bool)
    return f"(1.0 if {reference(value, names)} else 0.0)" if true else reference(value, names)


def formula(node: Node, names: Names) -> str:
    """The expression of an operation on others."""
    if node.op in TRUE_OPERANDS:
        args = [reference(a, names) for a in node.args]
    elif node.op == "where":
        condition, *values = node.args
        asked = reference(condition, names) if condition.truth else f"({reference(condition, names)} != 0.0)"
        args = [asked, *(reference(a, names) if node.truth else number(a, names) for a in values)]
    else:
        args = [number(a, names) for a in node.args]
    if node.op in INFIX:
        return f" {INFIX[node.op]} ".join(args)
    return WRITTEN[node.op].format(*args) if node.op in WRITTEN else f"np.{node.op}({', '.join(args)})"

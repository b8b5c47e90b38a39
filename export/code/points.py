"""Which names of a function stand for points or for what was worked out of them, and which for plain numbers: libraries ask for the difference."""

from __future__ import annotations

import ast

PLAIN = ("shape", "ndim", "size")  # of an array: numbers
MADE = ("eye", "zeros", "ones")  # arrays that are computed with as points are


def pointed(function: ast.FunctionDef, arguments: set[str]) -> set[str]:
    """The names in a function that hang on these arguments."""
    names = set(arguments)
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and has(node.value, names):
            pairs = [(target, node.value) for target in node.targets]
            while pairs:
                target, value = pairs.pop()
                if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
                    pairs += zip(target.elts, value.elts, strict=True)
                elif has(value, names):
                    names |= {n.id for n in ast.walk(target) if isinstance(n, ast.Name)}
    return names


def has(node: ast.AST, names: set[str]) -> bool:
    """Whether an expression hangs on these names, by more than the shape of an array."""
    if isinstance(node, ast.Attribute) and node.attr in PLAIN:
        return False
    if isinstance(node, ast.Call):
        if called(node) == "len":
            return False
        if called(node) in MADE or ast.unparse(node.func).startswith("surface."):
            return True
    if isinstance(node, ast.Name):
        return node.id in names
    return any(has(part, names) for part in ast.iter_child_nodes(node))


def called(call: ast.Call) -> str | None:
    """The name of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", None))

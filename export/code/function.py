"""A method or a function on its way into a program."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import Any

OPTION = "weight_decay"  # a term that is left out where it is 0


@dataclass
class Function:
    """A method or a function on its way into a program, and which of its arguments are points or hang on them."""

    text: str
    tree: ast.FunctionDef
    space: dict[str, Any]
    points: set[str] = field(default_factory=set)

    @property
    def arguments(self) -> list[str]:
        return [a.arg for a in self.tree.args.args if a.arg not in ("self", "surface")]

    @property
    def own(self) -> set[str]:
        """The names that it gives values to."""
        return {*self.arguments, *(n.id for n in ast.walk(self.tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))}


def of_self(node: ast.Attribute) -> bool:
    """Whether this is something of `self`."""
    return isinstance(node.value, ast.Name) and node.value.id == "self"

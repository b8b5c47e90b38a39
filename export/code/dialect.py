"""NumPy, PyTorch and JAX: what they call the same thing."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from export.code.points import called, has

OF_TORCH = {"array": "stack", "absolute": "abs", "power": "pow"}  # what PyTorch calls otherwise
CLAMPS = {"maximum": "min", "minimum": "max"}  # of a tensor and a number: PyTorch's have tensors alone


@dataclass(frozen=True)
class Dialect:
    """A library by its name on the page, and the module that has NumPy's functions in it, of arrays that it can differentiate."""

    name: str
    module: str

    @property
    def copy(self) -> str:
        """What an array's copy is called."""
        return "clone" if self.module == "torch" else "copy"

    def call(self, node: ast.Call, points: set[str], write: Callable[[ast.AST], str]) -> str | None:
        """A call of NumPy's with points among its arguments; None where it is written as it stands."""
        if self.module == "np" or not has(node, points):
            return None
        name = called(node) or ""
        given = [write(arg) for arg in node.args] + [f"{k.arg}={write(k.value)}" for k in node.keywords]
        if self.module != "torch":
            return f"{self.module}.{name}({', '.join(given)})"
        plain = [i for i, arg in enumerate(node.args) if not has(arg, points)]
        if name in CLAMPS and plain:
            return f"torch.clamp({given[1 - plain[0]]}, {CLAMPS[name]}={given[plain[0]]})"
        if name == "where" and not has(node.args[0], points):
            given[0] = f"torch.tensor({given[0]})"
        return f"torch.{OF_TORCH.get(name, name)}({', '.join(given)})"


NUMPY, TORCH, JAX = Dialect("numpy", "np"), Dialect("torch", "torch"), Dialect("optax", "jnp")

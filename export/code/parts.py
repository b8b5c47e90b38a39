"""A program on its way: parts, each with a comment above it, then constants, functions and lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from core import Entry
from export.code.dialect import Dialect
from export.code.equation import lines

# What a program calls by these names, and what no entry's field may be called in it.
LIBRARIES = {"np", "torch", "jax", "jnp", "optax", "namedtuple", "math"}
OURS = {
    "p",
    "t",
    "x",
    "y",
    "lr",
    "steps",
    "path",
    "state",
    "rule",
    "schedule",
    "rates",
    "data",
    "value",
    "gradient",
    "hessian",
    "noise",
    "batch",
    "rows",
}
OWN = {"factor", "init", "step", "size", "seed", "sigma", "rounded", "rng", "update", "losses", "slopes", "bends", "generated"}


@dataclass
class Parts:
    """The parts so far, and the names that they have taken."""

    dialect: Dialect
    taken: set[str] = field(default_factory=lambda: LIBRARIES | OURS | OWN)
    texts: list[str] = field(default_factory=list)

    def add(self, comment: str, values: list[str], functions: list[str] | str, after: list[str] | None = None) -> None:
        """Add a part: a comment, constants, functions, and what is done `after` them."""
        functions = [functions] if isinstance(functions, str) else functions
        head = "\n".join([*(f"# {line}" for line in comment.splitlines()), *values])
        if functions and not values:  # the comment stands right above the first one
            head, functions = f"{head}\n{functions[0]}", functions[1:]
        if after and not functions:
            head, after = "\n".join([head, *after]), None
        self.texts += [head, *functions, *(["\n".join(after)] if after else [])]

    def heading(self, entry: Entry) -> str:
        """An entry's name, where it is from, and its equations: the comment above its part."""
        return "\n".join([f"{entry.title}: {entry.reference}", *(f"    {line}" for line in lines(entry.formula))])

    def tensor(self, numbers: str) -> str:
        """An expression of NumPy's numbers as the library takes it."""
        return f"torch.tensor({numbers})" if self.dialect.module == "torch" else numbers

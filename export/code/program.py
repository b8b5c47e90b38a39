"""A lane of a race as a program that runs by itself: in plain NumPy, in PyTorch or in Optax, and its path is the lane's."""

from __future__ import annotations

from export.code.dialect import Dialect, JAX, NUMPY, TORCH
from export.code.loops import by_hand, filled, with_optax, with_torch
from export.code.parts import Parts
from export.code.source import Section, literal
from export.code.surfaces import surface
from optimizers.schedules import Schedule
from optimizers.schedules.constant import Constant
from runs.race import Lane, Race

LIBRARIES: dict[str, Dialect] = {"numpy": NUMPY, "torch": TORCH, "optax": JAX}
IMPORTS = {
    "numpy": ["import numpy as np"],
    "torch": ["import numpy as np", "import torch", "", "torch.set_default_dtype(torch.float64)"],
    "optax": ["import jax", "import jax.numpy as jnp", "import numpy as np", "import optax", "", 'jax.config.update("jax_enable_x64", True)'],
}


def program(race: Race, lane: Lane, library: str, about: str) -> str:
    """The lane as a program in "numpy", "torch" or "optax", which ends with all its points in the list `path`; `about` is its first lines."""
    parts, rule = Parts(LIBRARIES[library]), lane.rule
    template = vars(type(rule)).get(library)  # its own: another form of a rule is not what its parent is in a library
    asked = surface(parts, race, lane, by_hand=template is None)
    scheduled = not isinstance(lane.schedule, Constant)
    if scheduled:
        add_schedule(parts, lane.schedule)
    if template is None:
        section = Section(rule, "rule", parts.taken, parts.dialect, asked)
        section.need("init", "p")
        section.need("step", "p", "state")
        values, functions = section.written()
        lines = by_hand(race.start, scheduled, parts.dialect)
        parts.add(parts.heading(rule), [f"lr = {literal(rule.lr)}", *values], functions, lines)
    else:
        noisy, batched = "noisy" in asked["gradient"], "batch" in asked["gradient"]
        if library == "torch":
            lines = with_torch(filled(template, rule), race.start, scheduled, noisy, batched)
        else:
            made = filled(template, rule, "lambda k: rates[k]" if scheduled else None)
            lines = with_optax(made, race.start, rule.lr, scheduled, noisy, batched)
        parts.add(parts.heading(rule), [], [], lines)
    code = "\n\n".join(parts.texts)
    return "\n".join([f'"""{about}\n"""', "", *imports(library, code), "", f"steps = {race.steps}", "", code, ""])


def add_schedule(parts: Parts, schedule: Schedule) -> None:
    """The factor of the rate after k steps."""
    section = Section(schedule, "schedule", parts.taken, NUMPY)
    section.need("__call__", called="factor")
    parts.add(parts.heading(schedule), *section.written())


def imports(library: str, code: str) -> list[str]:
    """What the code asks for."""
    lines = [line for line in IMPORTS[library] if line != "import numpy as np" or "np." in code.replace("jnp.", "") or library == "numpy"]
    lines = [line for line in lines if line != "import optax" or "optax." in code]
    return (["from collections import namedtuple", ""] if "namedtuple(" in code else []) + lines

"""What is descended, in the lines of a program: its value, its derivatives, and what a step sees of them."""

from __future__ import annotations

from export.code.data import batches, examples
from export.code.dialect import NUMPY
from export.code.formula import typed
from export.code.parts import Parts
from export.code.source import Section
from landscapes import Landscape
from landscapes.custom import Custom
from problems import Problem
from runs.race import Lane, Race

Asked = dict[str, str]  # how a step asks for the gradient and for the Hessian
EXACT = {"gradient": "gradient({at})", "hessian": "hessian({at})"}
DIFFERENTIATED = {
    "torch": ["gradient = torch.func.grad(value)", "hessian = torch.func.hessian(value)"],
    "jnp": ["gradient = jax.jit(jax.grad(value))", "hessian = jax.jit(jax.hessian(value))"],
}
MEANS = {"losses": "", "slopes": "axis=1", "bends": "axis=2"}


def surface(parts: Parts, race: Race, lane: Lane, by_hand: bool) -> Asked:
    """Write the surface down as the lane descends it, with derivatives where the rule is written out `by_hand`; returns how a step asks for these."""
    if isinstance(race.surface, Problem):
        return problem(parts, race, race.surface, lane, by_hand)
    dialect, count = parts.dialect, 2 if lane.rule.hessians else 1
    if isinstance(race.surface, Custom):
        values, functions = [], typed(race.surface.text, dialect, lane.rule.hessians)
    else:
        section = Section(race.surface, "surface", parts.taken, dialect, EXACT)
        for name in ("value", "gradient", "hessian")[: count + 1 if dialect is NUMPY else 1]:
            section.need(name, "p")
        values, functions = section.written()
    derived = DIFFERENTIATED[dialect.module][:count] if dialect is not NUMPY and (by_hand or dialect.module == "jnp") else []
    parts.add(parts.heading(race.surface), values, functions, derived)
    moves, random = type(race.surface).at is not Landscape.at, bool(race.noise) and not lane.quiet
    if not moves and not random:
        return EXACT
    if moves:
        section = Section(race.surface, "step", parts.taken, NUMPY)
        section.need("tilt")
        parts.add("What the gradient of step t has beside the mean one", *section.written())
    added = [*(["tilt(t)"] if moves else []), *(["sigma * np.random.default_rng((seed, t)).standard_normal(2)"] if random else [])]
    drawn = f"def noise(t):\n    return {' + '.join(added)}"
    noisy = f"def noisy_gradient(p, t):\n    return gradient(p) + {parts.tensor('noise(t)')}"
    values = [f"sigma, seed = {race.noise!r}, {race.seed}"] if random else []
    parts.add(
        "What is added to the gradient of step t" if moves else "The noise in the gradient of step t", values, [drawn, noisy] if by_hand else [drawn]
    )
    return EXACT | {"gradient": "noisy_gradient({at}, t)"}


def problem(parts: Parts, race: Race, data: Problem, lane: Lane, by_hand: bool) -> Asked:
    """The same for a loss over data."""
    dialect, count, full = parts.dialect, 2 if lane.rule.hessians else 1, not lane.batch or lane.batch >= data.count
    values, functions, lines = examples(data, parts.taken, dialect)
    parts.add(f"{data.count} examples", values, functions, lines)
    section = Section(data, "surface", parts.taken, dialect, EXACT)
    for name in ("losses", "slopes", "bends")[: count + 1 if dialect is NUMPY else 1]:
        section.need(name, "p", "x", "y")
    values, functions = section.written()
    rows = "x[:, rows], y[rows]" if data.classes else "x[rows], y[rows]"
    derived = []
    if dialect is NUMPY:
        functions.append("def value(p):\n    return losses(p, x, y).mean()")
        for name, each, axis in [("gradient", "slopes", 1), ("hessian", "bends", 2)][:count]:
            if full:
                functions.append(f"def {name}(p):\n    return {each}(p, x, y).mean(axis={axis})")
            else:
                functions.append(f"def batch_{name}(p, t):\n    rows = batch(t)\n    return {each}(p, {rows}).mean(axis={axis})")
    else:
        functions.append(f"def value(p, rows=slice(None)):\n    return losses(p, {rows}).mean()")
        if by_hand or dialect.module == "jnp":
            derived = DIFFERENTIATED[dialect.module][:count]
            names = ("gradient", "hessian")[: 0 if full or not by_hand else count]
            functions += [f"def batch_{name}(p, t):\n    return {name}(p, batch(t))" for name in names]
    if not full:
        parts.add("The examples that step t sees", *batches(race, lane, data.count))
    parts.add(parts.heading(data), values, functions, derived)
    return EXACT if full else {name: f"batch_{name}({{at}}, t)" for name in EXACT}

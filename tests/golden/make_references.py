"""Reference trajectories in float64 for every rule under every schedule, made without this program.

`python tests/golden/make_references.py` rewrites references.npz. It needs torch, optax, jax and numpy; the tests need only the file.
Where a number comes from is its "source" in the file's meta:

- "torch": torch.optim and torch.optim.lr_scheduler with autograd's gradients, for all that they have;
- "optax": AdaBelief, Yogi and Lion, which PyTorch lacks, at PyTorch's rates and with JAX's gradients;
- "second implementation": rules that neither has, or not as the paper has it (second.py), and schedules that are a formula given to
  PyTorch's LambdaLR.

Nesterov is one of the last: PyTorch's `nesterov=True` follows the look-ahead point instead of the path. It is held to another form of the
textbook rule, and PyTorch's own iterate at a constant rate is kept beside it as `torch_nesterov`.

Every path is made twice, the second time from a start moved by 1e-13 of itself. The program prints how much a path amplifies that, and how
near to zero a coordinate comes: a run that is chaotic, or of which only rounding is left, could not be held to ten digits.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import json
import math
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax
import torch
from rules import RULES, Rule
from schedules import RATES_ONLY, SCHEDULES

jax.config.update("jax_enable_x64", True)
torch.set_default_dtype(torch.float64)  # without it NAdam keeps its product of momenta in float32
torch.set_num_threads(1)

STEPS = 30
LONG = 101  # the rates alone are compared over as many steps too: a prime, so that nothing ends on a whole step by luck
PEAK = 0.3  # the peak of these rates
MOVED = 1 + 1e-13 * np.array([1.0, -1.0])


def bowl(p: Any) -> Any:
    """½ (u² + 50 w²) in axes u, w turned by 30°."""
    c, s = math.cos(math.pi / 6), math.sin(math.pi / 6)
    u, w = c * p[0] + s * p[1], c * p[1] - s * p[0]
    return (u**2 + 50 * w**2) / 2


def rosenbrock(p: Any) -> Any:
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def beale(p: Any) -> Any:
    x, y = p[0], p[1]
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


SURFACES = [
    {"name": "bowl", "parameters": {"kappa": 50.0, "angle": 30.0}, "start": [-1.8, -0.4], "f": bowl},
    {"name": "rosenbrock", "parameters": {}, "start": [-1.2, 1.0], "f": rosenbrock},
    {"name": "beale", "parameters": {}, "start": [1.0, 1.5], "f": beale},
]


def descend(f: Any, start: Any, make_rule: Any, make_schedule: Any) -> Any:
    """PyTorch's path (STEPS+1 points), each step before the schedule's."""
    p = torch.tensor(start, requires_grad=True)
    rule = make_rule([p])
    schedule = make_schedule(rule, STEPS)
    path = [p.tolist()]
    for _ in range(STEPS):
        rule.zero_grad()
        f(p).backward()
        rule.step()
        schedule.step()
        path.append(p.tolist())
    return np.array(path)


def rates(make_schedule: Any, peak: float, total: int = STEPS, *, closed: bool = False) -> Any:
    """PyTorch's rates, or those of its own closed form where it has one; the rates themselves come from the ones before."""
    o = torch.optim.SGD([torch.zeros(1, requires_grad=True)], peak)
    schedule = make_schedule(o, total)
    found = []
    for _ in range(total):
        if closed and hasattr(schedule, "_get_closed_form_lr"):
            found.append(schedule._get_closed_form_lr()[0])
        else:
            found.append(o.param_groups[0]["lr"])
        o.step()
        schedule.step()
    return np.array(found, dtype=float)


def walker(rule: Rule, arguments: dict[str, Any], f: Any) -> Callable[[Any, float, Any], Any]:
    """A function of the start, the peak rate and the schedule that gives the rule's path on f."""
    if rule.source == "torch":
        return lambda start, peak, schedule: descend(f, start, lambda p: rule.make(p, lr=peak, **arguments), schedule)
    if rule.source == "optax":

        @jax.jit
        def walk(start: Any, rates: Any) -> Any:
            o = rule.make(learning_rate=lambda k: rates[k], **arguments)

            def step(carry: Any, _: Any) -> Any:
                p, state = carry
                update, state = o.update(jax.grad(f)(p), state, p)
                p = optax.apply_updates(p, update)
                return (p, state), p

            return jax.lax.scan(step, (start, o.init(start)), length=STEPS)[1]

        return lambda start, peak, schedule: np.vstack([start, walk(jnp.array(start), jnp.array(rates(schedule, peak)))])
    return lambda start, peak, schedule: np.array(rule.make(f, start, rates(schedule, peak), **arguments))


def main() -> None:
    constant = SCHEDULES[0][3]
    paths = []
    plain = np.empty((len(RULES), len(SURFACES), STEPS + 1, 2))
    torch_nesterov = np.empty((len(SURFACES), STEPS + 1, 2))
    amplified: dict[str, float] = {}
    smallest: dict[str, float] = {}

    def twice(walk: Any, start: Any, peak: float, schedule: Any, what: str) -> Any:
        """The path; how far one from a moved start leaves it, and its smallest coordinate, are noted."""
        taken = walk(start, peak, schedule)
        amplified[what] = np.abs(walk(start * MOVED, peak, schedule) / taken - 1).max() / 1e-13
        smallest[what] = np.abs(taken).min()
        return taken

    for i, rule in enumerate(RULES):
        schedules = SCHEDULES if rule.scheduled else SCHEDULES[:1]
        path = np.empty((len(SURFACES), len(schedules), STEPS + 1, 2))
        paths.append(path)
        for j, surface in enumerate(SURFACES):
            what = f"{rule.name}{i}, {surface['name']}"
            start = np.array(rule.starts.get(surface["name"], surface["start"]))
            walk = walker(rule, rule.arguments(rule.settings), surface["f"])
            for k, (name, _, _, schedule) in enumerate(schedules):
                path[j, k] = twice(walk, start, rule.peaks[j], schedule, f"{what}, {name}")
            plain[i, j] = twice(walker(rule, rule.fixed, surface["f"]), start, rule.peaks[j], constant, f"{what}, defaults")
            if rule.name == "nesterov":
                sgd = Rule("", torch.optim.SGD, {}, [])
                ahead = walker(sgd, {"nesterov": True, **rule.settings}, surface["f"])
                torch_nesterov[j] = twice(ahead, start, rule.peaks[j], constant, f"{what}, torch's")

    every = SCHEDULES + RATES_ONLY
    tables = {total: np.array([rates(make, PEAK, total) for *_, make in every]) for total in (STEPS, LONG)}
    closed = np.array([rates(make, PEAK, LONG, closed=True) for *_, make in every])
    meta = {
        "made with": {
            "torch": torch.__version__,
            "optax": optax.__version__,
            "jax": jax.__version__,
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
        "axes": {
            "path<rule's number>": "surface, schedule, step, coordinate: the rule with its settings",
            "plain": "rule, surface, step, coordinate: each rule with its defaults, but for the rate, under the constant schedule",
            "torch_nesterov": "surface, step, coordinate: with the settings of nesterov, under the constant schedule",
            "short, long": "schedule (those of the paths, then the others), step",
        },
        "amplification": max(amplified.values()),
        "smallest": min(smallest.values()),
        "drift": float(np.abs(tables[LONG] / closed - 1).max()),
        "peak": PEAK,
        "rules": [
            {
                "name": rule.name,
                "source": rule.source,
                "lr": rule.peaks,
                "starts": [rule.starts.get(surface["name"], surface["start"]) for surface in SURFACES],
                "settings": rule.settings,
                "defaults": rule.defaults(),
            }
            for rule in RULES
        ],
        "surfaces": [{"name": s["name"], "parameters": s["parameters"]} for s in SURFACES],
        "schedules": [{"name": name, "settings": settings, "source": source} for name, settings, source, _ in every],
    }
    arrays = {f"path{i}": path for i, path in enumerate(paths)}
    arrays |= {"plain": plain, "torch_nesterov": torch_nesterov, "short": tables[STEPS], "long": tables[LONG]}
    np.savez_compressed(Path(__file__).with_name("references.npz"), meta=np.array(json.dumps(meta)), **arrays)
    print(f"rates: PyTorch's leave its closed forms by {meta['drift']:.1e} at most")
    for title, found, worst in [("amplification of a moved start", amplified, max), ("smallest coordinate", smallest, min)]:
        what = worst(found, key=lambda run: found[run])
        print(f"{title}: {found[what]:.2g} ({what})")


if __name__ == "__main__":
    main()

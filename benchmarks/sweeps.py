"""A grid of settings at once: ours beside JAX and PyTorch, which only this file needs and only if they are there; and what is compiled.

With `table` after the command's name every rule on every surface is compiled too, and held against NumPy: some 460 kernels, 15 minutes.
"""

# pyright: reportMissingImports=false

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks._report import machine
from landscapes import LANDSCAPES, Landscape
from optimizers import OPTIMIZERS, Optimizer
from runs import run, sweep, swept
from runs.compiled.cache import FOLDER

SIDE, STEPS, START = 200, 500, (-1.2, 1.0)
SIDES = (50, 100, 200, 500, 1000)
REPEATS = 9
SAMPLE = 3  # runs of the PyTorch loop, of which each takes about as long as our whole grid
BETA2, EPS, B = 0.999, 1e-8, 100.0

Contender = Callable[[], np.ndarray]


def axes(side: int) -> tuple[np.ndarray, np.ndarray]:
    """Learning rates from 1e-4 to 1, and β₁ from 0 to 0.999."""
    return np.geomspace(1e-4, 1, side), 1 - np.geomspace(1, 1e-3, side)


def ours(side: int = SIDE, steps: int = STEPS, **settings: Any) -> np.ndarray:
    """The lowest loss of each run, shape (side, side), as from every other contender."""
    lr, beta1 = axes(side)
    rule: Any = OPTIMIZERS["adam"]
    return sweep(rule(lr=lr[:, None], beta1=beta1[None, :]), LANDSCAPES["rosenbrock"](), START, steps, **{"compiled": True, **settings})


def with_jax(steps: int = STEPS) -> Contender:
    """jit(vmap(vmap(scan))), float64: the inner vmap over β₁, so that its power is taken once for a column. The first call compiles."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def value(p: Any) -> Any:
        x, y = p
        return (1 - x) ** 2 + B * (y - x * x) ** 2

    def descend(lr: Any, beta1: Any) -> Any:
        def step(carry: Any, t: Any) -> Any:
            p, m, v, best = carry
            g = jax.grad(value)(p)
            m = beta1 * m + (1 - beta1) * g
            v = BETA2 * v + (1 - BETA2) * g * g
            p = p - lr * (m / (1 - beta1**t)) / (jnp.sqrt(v / (1 - BETA2**t)) + EPS)
            return (p, m, v, jnp.minimum(best, value(p))), None

        p = jnp.array(START)
        (_, _, _, best), _ = jax.lax.scan(step, (p, jnp.zeros(2), jnp.zeros(2), value(p)), jnp.arange(1, steps + 1))
        return best

    compiled = jax.jit(jax.vmap(jax.vmap(descend, (None, 0)), (0, None)))
    lr, beta1 = axes(SIDE)
    return lambda: np.asarray(compiled(lr, beta1).block_until_ready())


def with_torch(steps: int = STEPS) -> Contender:
    """PyTorch vectorised over the grid by hand: gradient written out, updates in place, no autograd."""
    import torch

    lr, beta1 = (torch.from_numpy(values) for values in axes(SIDE))
    lr, beta1 = lr[:, None], beta1[None, :]

    @torch.inference_mode()
    def descend() -> np.ndarray:
        p = torch.tensor(START, dtype=torch.float64)[:, None, None].repeat(1, SIDE, SIDE)
        m, v = torch.zeros_like(p), torch.zeros_like(p)
        best = torch.full((SIDE, SIDE), torch.inf, dtype=torch.float64)
        for t in range(1, steps + 1):
            x, y = p
            off = y - x * x
            g = torch.stack([2 * (x - 1) - 4 * B * x * off, 2 * B * off])
            m.mul_(beta1).addcmul_(1 - beta1, g)
            v.mul_(BETA2).addcmul_(g, g, value=1 - BETA2)
            root = (v / (1 - BETA2**t)).sqrt_().add_(EPS)
            p.sub_((m * (lr / (1 - beta1**t))).div_(root))
            x, y = p
            torch.minimum(best, (1 - x) ** 2 + B * (y - x * x) ** 2, out=best)
        return best.numpy()

    return descend


def torch_run(lr: float, beta1: float) -> float:
    """One run as PyTorch's own documentation writes it: autograd and torch.optim.Adam; its lowest loss."""
    import torch

    p = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([p], lr=lr, betas=(beta1, BETA2), eps=EPS)
    best = np.inf
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = (1 - p[0]) ** 2 + B * (p[1] - p[0] ** 2) ** 2
        loss.backward()
        best = min(best, loss.item())
        optimizer.step()
    return best


def there(package: str) -> bool:
    return find_spec(package) is not None


def seconds(f: Callable[[], Any]) -> float:
    start = time.perf_counter()
    f()
    return time.perf_counter() - start


def side_by_side(contenders: dict[str, Contender]) -> dict[str, list[float]]:
    """Seconds of each, taken in turns, so that whatever else the machine does falls on all of them."""
    for contender in contenders.values():
        contender()
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(REPEATS):
        for name, contender in contenders.items():
            times[name].append(seconds(contender))
    return times


def memory() -> float:
    """MB by which a sweep raises the peak of a fresh interpreter's resident memory, NumPy and the program already imported."""
    script = """
from pathlib import Path
from benchmarks.sweeps import ours
peak = lambda: int(next(l for l in Path("/proc/self/status").read_text().splitlines() if l.startswith("VmHWM")).split()[1])
ours(4, 2)
before = peak()
ours()
print(peak() - before)
"""
    result = subprocess.run([sys.executable, "-c", script], cwd=Path(__file__).parent.parent, capture_output=True, text=True, check=True)
    return int(result.stdout) / 1024


def comparison(pool: Executor) -> None:
    """Everything that is installed, in turns; ours on a pool of processes that stands ready, as JAX's compiled program does."""
    others = {name: make for name, package, make in [("JAX, warm", "jax", with_jax), ("PyTorch, by hand", "torch", with_torch)] if there(package)}
    print(f"| {SIDE} × {SIDE} runs × {STEPS} steps of Adam | median s | shortest s | ours takes | goal |\n| --- | ---: | ---: | ---: | --- |")
    mine: dict[str, Contender] = {
        "ours": lambda: ours(threads=os.cpu_count()),
        "ours, one thread": ours,
        "ours, NumPy, one thread": lambda: ours(compiled=False),
        "ours, NumPy, processes": lambda: ours(compiled=False, executor=pool),
    }
    times = side_by_side(mine | {name: make() for name, make in others.items()})
    goals = {"JAX, warm": "≤ 0.2 ×", "PyTorch, by hand": "≤ 0.5 ×", "PyTorch, a loop": "≤ 0.001 ×"}
    if there("jax"):
        times["JAX, cold"] = [seconds(with_jax()) for _ in range(3)]
    if there("torch"):
        lr, beta1 = axes(SAMPLE)
        times["PyTorch, a loop"] = [SIDE**2 * seconds(lambda i=i: torch_run(float(lr[i]), float(beta1[i]))) for i in range(SAMPLE)]
    reference = statistics.median(times["ours"])
    for name, found in times.items():
        median = statistics.median(found)
        print(f"| {name} | {median:.3g} | {min(found):.3g} | {reference / median:.2g} × | {goals.get(name, '')} |", flush=True)
    print(f"\nThe loop's time is that of {SAMPLE} runs, extrapolated to {SIDE**2}." if "PyTorch, a loop" in times else "")
    for name, make in others.items():
        difference = np.abs(make(30)() / ours(steps=30) - 1).max()
        print(f"{name.split(',')[0]} and ours, the lowest loss of 30 steps: largest relative difference {difference:.1e}.")


def growth() -> None:
    """How the time grows with runs, steps and threads."""
    print("\n| runs | steps | threads | s | ns a run and step |\n| ---: | ---: | ---: | ---: | ---: |")
    cases = [(side, STEPS, os.cpu_count() or 1) for side in SIDES]
    cases += [(SIDE, steps, 1) for steps in (50, STEPS, 5000)] + [(SIDE, STEPS, threads) for threads in (2, 4)]
    for side, steps, threads in cases:
        found = statistics.median(seconds(lambda c=(side, steps, threads): ours(c[0], c[1], threads=c[2])) for _ in range(1 if side > 500 else 5))
        print(f"| {side} × {side} | {steps} | {threads} | {found:.4f} | {1e9 * found / side**2 / steps:.2f} |", flush=True)


def compilation() -> None:
    """How long a rule takes from its file to a kernel, traced and compiled, and read from disk."""
    script = """
import time
from benchmarks.sweeps import ours
import numba.core.compiler
start = time.perf_counter(); ours(2, 3); print(time.perf_counter() - start)"""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, FOLDER: f"{folder}/kernels"}
        first, second = (float(subprocess.check_output([sys.executable, "-c", script], env=environment, text=True)) for _ in range(2))
    print(f"\nTraced and compiled in {first:.2f} s; by a second start, read from disk in {second:.2f} s (goal ≤ 3 s). Numba's import is not in it.")


def surfaces() -> None:
    """Every surface, with sines or without: 200 × 200 settings of Adam and 100 steps, on one thread."""
    print("\n| surface | compiled s | NumPy s | compiled takes |\n| --- | ---: | ---: | ---: |")
    lr, beta1 = axes(SIDE)
    rule: Any = OPTIMIZERS["adam"](lr=lr[:, None], beta1=beta1)  # pyright: ignore[reportCallIssue]
    for name, cls in LANDSCAPES.items():
        surface = cls()
        sweep(rule, surface, surface.start, 2, compiled=True)
        mine, numpy = (
            min(seconds(lambda c=compiled, s=surface: sweep(rule, s, s.start, 100, compiled=c)) for _ in range(3)) for compiled in (True, False)
        )
        print(f"| {name} | {mine:.3f} | {numpy:.3f} | {mine / numpy:.2f} × |", flush=True)


def difference(rule: Optimizer, surface: Landscape) -> tuple[float, str]:
    """How far the points of 30 steps are from those of `run`, as a part of their size or of 1; and why there is no kernel, if there is none."""
    start = np.array(surface.start)[:, None] + 0.1 * np.array([[0, 1, 2, -1, -3], [0, -2, 1, 3, -1]])
    t, found = run(rule, surface, start, 30), swept(rule, surface, start, 30, compiled=True)
    if (found.stopped_at != t.stopped_at).any() or (found.ended != t.ended).any():
        return np.inf, found.because
    return float((np.abs(found.end - t.path[-1]) / np.maximum(np.abs(t.path[-1]), 1)).max()), found.because


def table() -> None:
    """Every rule on every surface: what is compiled gives the numbers of `run`."""
    print("\n| rule | compiled | largest difference | on |\n| --- | ---: | ---: | --- |")
    for name, cls in OPTIMIZERS.items():
        rule: Any = cls
        found = {s: difference(rule(lr=rule().lr * np.array([[0.1], [0.5], [1.0]])), surface()) for s, surface in LANDSCAPES.items()}
        worst = max(found, key=lambda s: found[s][0])
        print(f"| {name} | {sum(not why for _, why in found.values())} of {len(found)} | {found[worst][0]:.1e} | {worst} |", flush=True)


def main() -> None:
    print(f"{machine(packages=('numpy', 'jax', 'torch'))}; load {os.getloadavg()[0]:.1f} before\n")
    for package in ("jax", "torch"):
        if not there(package):
            print(f"Without {package}, nothing is compared with it.\n")
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        ready = seconds(lambda: ours(compiled=False, executor=pool))
        print(f"A pool of {os.cpu_count()} processes is ready, with its first sweep, after {ready:.2f} s.\n")
        comparison(pool)
    growth()
    compilation()
    surfaces()
    if "table" in sys.argv[1:]:
        table()
    print(f"\nPeak memory of the sweep above the interpreter's: {memory():.0f} MB (goal ≤ 100 MB).")
    print(f"Load {os.getloadavg()[0]:.1f} after.")


if __name__ == "__main__":
    main()

"""Reference trajectories made with PyTorch, in float64 and with autograd's gradients.

`python tests/golden/make_references.py` rewrites references.npz. It needs torch and numpy; the tests need only the file. Nothing of
this program is imported here, so that nothing of it can agree with itself.

Nesterov is the exception: PyTorch's `nesterov=True` follows the look-ahead point instead of the path. Here it is held to a second,
independent form of the textbook rule (`two_sequences`), and PyTorch's own iterate at a constant rate is kept beside it as `torch_nesterov`.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

import json
import math
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.optim import lr_scheduler as lrs

STEPS = 30


def bowl(p: Any) -> Any:
    """½ (u² + 50 w²) in axes u, w turned by 30°."""
    c, s = math.cos(math.pi / 6), math.sin(math.pi / 6)
    u, w = c * p[0] + s * p[1], c * p[1] - s * p[0]
    return (u**2 + 50 * w**2) / 2


def rosenbrock(p: Any) -> Any:
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def two_wells(p: Any) -> Any:
    x, y = p
    return x**2 + y**2 - 2 * torch.exp(-((x - 1) ** 2 + y**2) / 0.2) - 3 * torch.exp(-((x + 1) ** 2 + y**2) / 0.2)


SURFACES = [
    {"name": "bowl", "parameters": {"kappa": 50.0, "angle": 30.0}, "start": [-1.8, -0.4], "f": bowl},
    {"name": "rosenbrock", "parameters": {}, "start": [-1.2, 1.0], "f": rosenbrock},
    {"name": "two_wells", "parameters": {}, "start": [1.7, 1.0], "f": two_wells},
]

# The rule, its settings (the rate of each surface apart), and the same in PyTorch's words.
RULES = [
    ("gradient_descent", [0.03, 1e-3, 0.05], {}, lambda p, lr: torch.optim.SGD(p, lr)),
    ("momentum", [0.02, 3e-4, 0.02], {"momentum": 0.9}, lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9)),
    ("nesterov", [0.02, 3e-4, 0.02], {"momentum": 0.9}, None),
    ("adagrad", [0.5, 0.1, 0.3], {"eps": 1e-10}, lambda p, lr: torch.optim.Adagrad(p, lr, eps=1e-10)),
    ("adadelta", [30.0, 10.0, 30.0], {"decay": 0.95, "eps": 1e-5}, lambda p, lr: torch.optim.Adadelta(p, lr, rho=0.95, eps=1e-5)),
    ("rmsprop", [0.05, 0.01, 0.05], {"decay": 0.9, "eps": 1e-4}, lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.9, eps=1e-4)),
    ("adam", [0.1, 0.1, 0.1], {}, lambda p, lr: torch.optim.Adam(p, lr)),
    (
        "adam",
        [0.1, 0.1, 0.1],
        {"beta1": 0.8, "beta2": 0.95, "eps": 1e-3, "weight_decay": 0.3},
        lambda p, lr: torch.optim.Adam(p, lr, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.3),
    ),
    (
        "adamw",
        [0.1, 0.1, 0.1],
        {"beta1": 0.8, "beta2": 0.95, "eps": 1e-3, "weight_decay": 0.3},
        lambda p, lr: torch.optim.AdamW(p, lr, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.3),
    ),
]


def warmup_then_cosine(o: Any) -> Any:
    """Eight steps of ramp, then a cosine over the 22 that are left.

    Read in torch 2.13.0, lr_scheduler.py:
    - LinearLR's ramp (k+1)/8 is start_factor 1/8 and total_iters 7, not 8: its factor at k is 1/8 + (7/8)·k/total_iters, and with 8
      the step k = 7 would run at 0.890625 instead of 1.
    - Making CosineAnnealingLR while LinearLR has already lowered the rate does no harm: its base is group["initial_lr"], and
      SequentialLR's constructor puts the peak back and redoes only the first scheduler's initial step.
    - At the milestone SequentialLR calls _update_lr(0), which takes the closed form and so forgets the ramp's rounding. Every other
      step of the cosine multiplies the rate of the step before (get_lr), which differs from the closed form by rounding alone:
      `drift` in the file is the largest relative difference seen.
    - The last rate is not the floor: k − w ends at T − w − 1.
    """
    ramp = lrs.LinearLR(o, start_factor=1 / 8, end_factor=1.0, total_iters=7)
    return lrs.SequentialLR(o, [ramp, cosine(o, STEPS - 8)], milestones=[8])


def cosine(o: Any, steps: int = STEPS) -> Any:
    return lrs.CosineAnnealingLR(o, T_max=steps, eta_min=0.1 * o.defaults["lr"])


SCHEDULES: list[tuple[str, dict[str, Any], Callable[[Any], Any]]] = [
    ("constant", {}, lambda o: lrs.LambdaLR(o, lambda k: 1.0)),
    ("cosine", {"floor": 0.1}, cosine),
    ("step", {"every": 10, "factor": 0.1}, lambda o: lrs.StepLR(o, step_size=10, gamma=0.1)),
    ("exponential", {"rate": 0.95}, lambda o: lrs.ExponentialLR(o, gamma=0.95)),
    ("linear", {"floor": 0.2}, lambda o: lrs.LinearLR(o, start_factor=1.0, end_factor=0.2, total_iters=STEPS)),
    ("inverse_sqrt", {}, lambda o: lrs.LambdaLR(o, lambda k: (k + 1) ** -0.5)),
    ("warmup", {"steps": 8, "then": ["cosine", {"floor": 0.1}]}, warmup_then_cosine),
]


def slope(f: Any, p: list[float]) -> list[float]:
    q = torch.tensor(p, dtype=torch.float64, requires_grad=True)
    f(q).backward()
    return q.grad.tolist()


def descend(f: Any, start: list[float], make_rule: Any, make_schedule: Any) -> tuple[list[list[float]], list[float]]:
    """The path (STEPS+1 points) and the rate of each step."""
    p = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = make_rule([p])
    schedule = make_schedule(rule)
    path, rates = [p.tolist()], []
    for _ in range(STEPS):
        rule.zero_grad()
        f(p).backward()
        rates.append(float(rule.param_groups[0]["lr"]))
        rule.step()
        schedule.step()
        path.append(p.tolist())
    return path, rates


def two_sequences(f: Any, start: list[float], rates: list[float], mu: float) -> list[list[float]]:
    """Nesterov's rule in its older form, without a velocity: q = p + μ (p − p of the step before), then p ← q − lr·∇f(q)."""
    path = [start]
    before = start
    for lr in rates:
        p = path[-1]
        q = [a + mu * (a - b) for a, b in zip(p, before, strict=True)]
        before = p
        path.append([a - lr * g for a, g in zip(q, slope(f, q), strict=True)])
    return path


def main() -> None:
    torch.set_num_threads(1)
    path = np.empty((len(RULES), len(SURFACES), len(SCHEDULES), STEPS + 1, 2))
    lr = np.empty((len(RULES), len(SURFACES), len(SCHEDULES), STEPS))
    torch_nesterov = np.empty((len(SURFACES), STEPS + 1, 2))
    for i, (name, peaks, settings, make) in enumerate(RULES):
        for j, surface in enumerate(SURFACES):
            for k, (_, _, make_schedule) in enumerate(SCHEDULES):
                rule = make or (lambda p, peak: torch.optim.SGD(p, peak))
                path[i, j, k], lr[i, j, k] = descend(surface["f"], surface["start"], lambda p, r=rule, peak=peaks[j]: r(p, peak), make_schedule)
                if name == "nesterov":
                    path[i, j, k] = two_sequences(surface["f"], surface["start"], lr[i, j, k].tolist(), settings["momentum"])
            if name == "nesterov":
                sgd = lambda p, peak=peaks[j]: torch.optim.SGD(p, peak, momentum=0.9, nesterov=True)  # noqa: E731
                torch_nesterov[j], _ = descend(surface["f"], surface["start"], sgd, SCHEDULES[0][2])
    after = np.arange(STEPS - 8)
    closed = lr[0, 0, 0, 0] * (0.1 + 0.9 * 0.5 * (1 + np.cos(np.pi * after / (STEPS - 8))))
    meta = {
        "made with": {"torch": torch.__version__, "numpy": np.__version__, "python": platform.python_version()},
        "axes": "path: rule, surface, schedule, step, coordinate; lr: rule, surface, schedule, step; torch_nesterov: surface, step, coordinate",
        "drift": float(np.abs(lr[0, 0, -1, 8:] / closed - 1).max()),
        "rules": [{"name": name, "lr": peaks, "settings": settings} for name, peaks, settings, _ in RULES],
        "surfaces": [{key: value for key, value in s.items() if key != "f"} for s in SURFACES],
        "schedules": [{"name": name, "settings": settings} for name, settings, _ in SCHEDULES],
    }
    np.savez_compressed(Path(__file__).with_name("references.npz"), path=path, lr=lr, torch_nesterov=torch_nesterov, meta=np.array(json.dumps(meta)))


if __name__ == "__main__":
    main()

"""Each schedule in PyTorch's words, as a function of an optimizer and the number of steps."""
# pyright: reportMissingImports=false

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from torch.optim import lr_scheduler as lrs


def warmup(o: Any, total: int, w: int, then: Callable[[Any, int], Any]) -> Any:
    """`w` steps of ramp, then the other schedule over the steps that are left.

    Read in torch 2.13.0, lr_scheduler.py:
    - LinearLR's ramp (k+1)/w is start_factor 1/w and total_iters w − 1, not w: with w = 8 and total_iters 8 its factor at k = 7 were 0.890625.
    - Making CosineAnnealingLR while LinearLR has already lowered the rate does no harm: its base is group["initial_lr"], and
      SequentialLR's constructor puts the peak back and redoes only the first scheduler's initial step.
    - At the milestone SequentialLR calls _update_lr(0), which takes the closed form and so forgets the ramp's rounding.
    """
    ramp = lrs.LinearLR(o, start_factor=1 / w, end_factor=1.0, total_iters=w - 1)
    return lrs.SequentialLR(o, [ramp, then(o, total - w)], milestones=[w])


def cosine(o: Any, total: int) -> Any:
    return lrs.CosineAnnealingLR(o, T_max=total, eta_min=0.1 * o.defaults["lr"])


def linear(o: Any, total: int) -> Any:
    return lrs.LinearLR(o, start_factor=1.0, end_factor=0.2, total_iters=total)


def one_cycle(**settings: float) -> Callable[[Any, int], Any]:
    return lambda o, total: lrs.OneCycleLR(o, max_lr=o.defaults["lr"], total_steps=total, cycle_momentum=False, **settings)


def restarts(every: int, stretch: int, floor: float) -> Callable[[Any, int], Any]:
    return lambda o, total: lrs.CosineAnnealingWarmRestarts(o, every, stretch, eta_min=floor * o.defaults["lr"])


def cyclic(half: int, low: float) -> Callable[[Any, int], Any]:
    return lambda o, total: lrs.CyclicLR(o, base_lr=low * o.defaults["lr"], max_lr=o.defaults["lr"], step_size_up=half, cycle_momentum=False)


def formula(factor: Callable[[int, int], float]) -> Callable[[Any, int], Any]:
    return lambda o, total: lrs.LambdaLR(o, lambda k: factor(k, total))


def trapezium(rise: float, fall: float, floor: float) -> Callable[[Any, int], Any]:
    """The lower of a ramp over the first part, a ramp over the last part, and the peak."""

    def factor(k: int, total: int) -> float:
        up = (k + 1) / (rise * total) if rise else 1.0
        down = floor + (1 - floor) * (total - k) / (fall * total) if fall else 1.0
        return min(up, 1.0, down)

    return formula(factor)


TORCH, SECOND = "torch", "second implementation"
# Our name, our settings, the source, and the same in PyTorch's words as a function of an optimizer and the number of steps.
SCHEDULES: list[tuple[str, dict[str, Any], str, Callable[[Any, int], Any]]] = [
    ("constant", {}, TORCH, lambda o, total: lrs.ConstantLR(o, factor=1.0)),
    ("cosine", {"floor": 0.1}, TORCH, cosine),
    ("step", {"every": 10, "factor": 0.1}, TORCH, lambda o, total: lrs.StepLR(o, step_size=10, gamma=0.1)),
    ("exponential", {"rate": 0.95}, TORCH, lambda o, total: lrs.ExponentialLR(o, gamma=0.95)),
    ("linear", {"floor": 0.2}, TORCH, linear),
    ("inverse_sqrt", {}, SECOND, formula(lambda k, total: (k + 1) ** -0.5)),
    ("warmup", {"steps": 8, "then": ["cosine", {"floor": 0.1}]}, TORCH, lambda o, total: warmup(o, total, 8, cosine)),
    ("polynomial", {"power": 1.5}, TORCH, lambda o, total: lrs.PolynomialLR(o, total_iters=total, power=1.5)),
    ("one_cycle", {"rise": 0.4, "first": 0.1, "last": 0.002}, TORCH, one_cycle(pct_start=0.4, div_factor=10, final_div_factor=50)),
    ("cosine_restarts", {"every": 8, "stretch": 2, "floor": 0.1}, TORCH, restarts(8, 2, 0.1)),
    ("cyclic", {"half": 7, "low": 0.2}, TORCH, cyclic(7, 0.2)),
    ("warmup_stable_decay", {"rise": 0.15, "fall": 0.35, "floor": 0.1}, SECOND, trapezium(0.15, 0.35, 0.1)),
    ("time_decay", {"decline": 0.1}, SECOND, formula(lambda k, total: 1 / (1 + 0.1 * k))),
]
# Further settings, compared by their rates alone; those without any are the defaults.
RATES_ONLY: list[tuple[str, dict[str, Any], str, Callable[[Any, int], Any]]] = [
    ("warmup", {"steps": 5, "then": ["linear", {"floor": 0.2}]}, TORCH, lambda o, total: warmup(o, total, 5, linear)),
    ("polynomial", {"power": 3.0, "floor": 0.1}, SECOND, formula(lambda k, total: 0.1 + 0.9 * (1 - k / total) ** 3)),
    ("one_cycle", {}, TORCH, one_cycle()),
    ("cosine_restarts", {"every": 11, "stretch": 1, "floor": 0.0}, TORCH, restarts(11, 1, 0.0)),
    ("cyclic", {"half": 1, "low": 0.1}, TORCH, cyclic(1, 0.1)),
    ("warmup_stable_decay", {"rise": 0.0, "fall": 0.5, "floor": 0.0}, SECOND, trapezium(0.0, 0.5, 0.0)),
    ("warmup_stable_decay", {"rise": 0.7, "fall": 0.6, "floor": 0.2}, SECOND, trapezium(0.7, 0.6, 0.2)),
]

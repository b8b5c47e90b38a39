"""The steps of a program: a rule that is written out, one of PyTorch's, or one of Optax'."""

from __future__ import annotations

import re
from typing import Any

from core import parameters
from export.code.dialect import Dialect
from export.code.source import literal

ARRAYS = {"np": "np.array", "torch": "torch.tensor", "jnp": "jnp.array"}
OPTION = re.compile(r"\[(\w+)\|([^\]]*)\]")  # what is written only where a field is not 0


def by_hand(start: tuple[float, float], scheduled: bool, dialect: Dialect) -> list[str]:
    """Steps of the function `step`."""
    rate = "lr * factor(t - 1, steps)" if scheduled else "lr"
    return [
        f"p = {ARRAYS[dialect.module]}({literal(list(start))})",
        "state = init(p)",
        "path = [p]",
        "for t in range(1, steps + 1):",
        f"    p, state = step(p, state, t, {rate})",
        "    path.append(p)",
        "",
        "print(p, value(p))",
    ]


def with_torch(rule: str, start: tuple[float, float], scheduled: bool, noisy: bool, batched: bool) -> list[str]:
    """Steps of a rule of torch.optim."""
    return [
        f"p = torch.tensor({literal(list(start))}, requires_grad=True)",
        f"rule = {rule}",
        *(["schedule = torch.optim.lr_scheduler.LambdaLR(rule, lambda k: factor(k, steps))"] if scheduled else []),
        "path = [p.detach().clone()]",
        "for t in range(1, steps + 1):",
        "    rule.zero_grad()",
        f"    value(p{', batch(t)' if batched else ''}).backward()",
        *(["    p.grad += torch.tensor(noise(t))"] if noisy else []),
        "    rule.step()",
        *(["    schedule.step()"] if scheduled else []),
        "    path.append(p.detach().clone())",
        "",
        "print(path[-1], value(path[-1]))",
    ]


def with_optax(rule: str, start: tuple[float, float], lr: float, scheduled: bool, noisy: bool, batched: bool) -> list[str]:
    """Steps of a rule of Optax'."""
    return [
        *([f"rates = jnp.array([{literal(lr)} * factor(k, steps) for k in range(steps)])"] if scheduled else []),
        f"rule = {rule}",
        f"p = jnp.array({literal(list(start))})",
        "state = rule.init(p)",
        "path = [p]",
        "for t in range(1, steps + 1):",
        f"    g = gradient(p{', batch(t)' if batched else ''}){' + noise(t)' if noisy else ''}",
        "    update, state = rule.update(g, state, p)",
        "    p = optax.apply_updates(p, update)",
        "    path.append(p)",
        "",
        "print(p, value(p))",
    ]


def filled(template: str, rule: Any, lr: str | None = None) -> str:
    """A library's words for a rule, with the rule's numbers; `lr` in place of its rate."""
    values = {name: getattr(rule, name) for name in parameters(rule)}
    kept = OPTION.sub(lambda found: found[2] if values[found[1]] else "", template)
    return kept.format(p="[p]", **{name: literal(value) for name, value in values.items()} | ({"lr": lr} if lr else {}))

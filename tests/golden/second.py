"""Second implementations: rules that neither PyTorch nor Optax has, from their papers, and where there is another form, in that form.

Each takes a surface f(p), a start, the rate of every step and its settings, whose defaults are the paper's, and returns all points.
Derivatives are JAX's. Nothing of the program is imported, so that nothing of it can agree with itself.
"""
# pyright: reportMissingImports=false

from __future__ import annotations

from typing import Any

import jax
import numpy as np


def derivative(f: Any, order: Any = jax.grad) -> Any:
    """The gradient of f, or with jax.hessian its Hessian, of NumPy arrays."""
    compiled = jax.jit(order(f))
    return lambda p: np.asarray(compiled(p))


def nesterov(f: Any, start: Any, rates: Any, *, momentum: float) -> list[Any]:
    """Nesterov's rule in its older form, without a velocity: q = p + μ (p − p of the step before), then p ← q − lr·∇f(q)."""
    g = derivative(f)
    path = [start, start]
    for lr in rates:
        q = path[-1] + momentum * (path[-1] - path[-2])
        path.append(q - lr * g(q))
    return path[1:]


def sutskever(f: Any, start: Any, rates: Any, *, momentum: float) -> list[Any]:
    """Sutskever et al., ICML 2013, eq. 1–2, without a velocity: a heavy ball's form, p ← p − lr·∇f(p) + μ (p − p of the step before)."""
    g = derivative(f)
    path = [start, start]
    for lr in rates:
        path.append(path[-1] - lr * g(path[-1]) + momentum * (path[-1] - path[-2]))
    return path[1:]


def qhm(f: Any, start: Any, rates: Any, *, momentum: float = 0.999, nu: float = 0.7) -> list[Any]:
    """Ma, Yarats, ICLR 2019, eq. 3–4, with the running mean written out as the sum over all gradients so far."""
    g = derivative(f)
    path, gradients = [start], []
    for lr in rates:
        gradients.append(g(path[-1]))
        mean = (1 - momentum) * sum(momentum**age * old for age, old in enumerate(reversed(gradients)))
        path.append(path[-1] - lr * ((1 - nu) * gradients[-1] + nu * mean))
    return path


def adam_uncorrected(
    f: Any, start: Any, rates: Any, *, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.0
) -> list[Any]:
    """Adam without its corrections, both means written out as sums over all gradients so far; weight decay is L2."""
    g = derivative(f)
    path, gradients = [start], []
    for lr in rates:
        gradients.append(g(path[-1]) + weight_decay * path[-1])
        m = (1 - beta1) * sum(beta1**age * old for age, old in enumerate(reversed(gradients)))
        v = (1 - beta2) * sum(beta2**age * old**2 for age, old in enumerate(reversed(gradients)))
        path.append(path[-1] - lr * m / (np.sqrt(v) + eps))
    return path


def adan(
    f: Any, start: Any, rates: Any, *, beta1: float = 0.98, beta2: float = 0.92, beta3: float = 0.99, eps: float = 1e-8, weight_decay: float = 0.0
) -> list[Any]:
    """Xie et al., IEEE TPAMI 2024, algorithm 1, with the βs and bias corrections of its authors' code; weight decay divides by 1 + lr·λ, as in both.

    Optax 0.2.8 weighs the gradient's changes by 1 − β₂ where the paper, whose βs are 1 − these, has β₂ (its pull request 1715).
    """
    g = derivative(f)
    path, before, m, v, n = [start], g(start), 0.0, 0.0, 0.0
    for t, lr in enumerate(rates, start=1):
        p, now = path[-1], g(path[-1])
        m = beta1 * m + (1 - beta1) * now
        v = beta2 * v + (1 - beta2) * (now - before)
        n = beta3 * n + (1 - beta3) * (now + beta2 * (now - before)) ** 2
        ahead = m / (1 - beta1**t) + beta2 * v / (1 - beta2**t)
        path.append((p - lr * ahead / (np.sqrt(n / (1 - beta3**t)) + eps)) / (1 + lr * weight_decay))
        before = now
    return path


def sam(f: Any, start: Any, rates: Any, *, rho: float = 0.05) -> list[Any]:
    """Foret et al., ICLR 2021, algorithm 1, over plain gradient descent: the gradient is that of the point ρ further uphill."""
    g = derivative(f)
    path = [start]
    for lr in rates:
        p = path[-1]
        path.append(p - lr * g(p + rho * g(p) / np.linalg.norm(g(p))))
    return path


def newton(f: Any, start: Any, rates: Any, *, damping: float = 0.0) -> list[Any]:
    """Newton's step by a linear solver; `damping` is added to the Hessian's diagonal."""
    g, h = derivative(f), derivative(f, jax.hessian)
    path = [start]
    for lr in rates:
        p = path[-1]
        path.append(p - lr * np.linalg.solve(h(p) + damping * np.eye(2), g(p)))
    return path


def bfgs(f: Any, start: Any, rates: Any) -> list[Any]:
    """BFGS with given rates and no line search, as an update of the Hessian B itself (Nocedal, Wright, eq. 6.19) and a linear solver.

    The first step is as long as PyTorch's LBFGS makes it. B begins as the (yᵀy / sᵀy) I that eq. 6.20 suggests; pairs without curvature are dropped.
    """
    g = derivative(f)
    path = [start, start - rates[0] * min(1, 1 / np.abs(g(start)).sum()) * g(start)]
    b = None
    for lr in rates[1:]:
        s, y = path[-1] - path[-2], g(path[-1]) - g(path[-2])
        if s @ y > 1e-10:
            b = (y @ y) / (s @ y) * np.eye(2) if b is None else b
            b = b - np.outer(b @ s, b @ s) / (s @ b @ s) + np.outer(y, y) / (s @ y)
        path.append(path[-1] - lr * np.linalg.solve(np.eye(2) if b is None else b, g(path[-1])))
    return path

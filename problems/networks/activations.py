"""What stands between two layers of a network: a nonlinearity, value by value, its slope and its second derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from core import Array

ROOT = (2 / np.pi) ** 0.5
CUBE = 0.044715


class Activation(NamedTuple):
    """h = value(z), dh/dz = slope(z, h), which may be of booleans, and d²h/dz² = bend(z, h)."""

    title: str
    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    bend: Callable[[Array, Array], Array]


def gelu(z: Array) -> Array:
    """z Φ(z) with the tanh in place of Φ: Hendrycks, Gimpel, 2016, section 2; PyTorch's GELU(approximate="tanh")."""
    return 0.5 * z * (1 + np.tanh(ROOT * (z + CUBE * z * z * z)))


def gelu_slope(z: Array, _h: Array) -> Array:
    t = np.tanh(ROOT * (z + CUBE * z * z * z))
    return 0.5 * (1 + t) + 0.5 * ROOT * z * (1 - t * t) * (1 + 3 * CUBE * z * z)


def gelu_bend(z: Array, _h: Array) -> Array:
    t, u = np.tanh(ROOT * (z + CUBE * z * z * z)), ROOT * (1 + 3 * CUBE * z * z)
    return (1 - t * t) * (u + z * (3 * ROOT * CUBE * z - t * u * u))


ACTIVATIONS = {
    "relu": Activation("ReLU", lambda z: np.maximum(z, 0), lambda _z, h: h > 0, lambda z, _h: np.zeros_like(z)),
    "tanh": Activation("tanh", np.tanh, lambda _z, h: 1 - h * h, lambda _z, h: -2 * h * (1 - h * h)),
    "gelu": Activation("GELU", gelu, gelu_slope, gelu_bend),
}

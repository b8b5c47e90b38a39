"""What stands between two layers of a network: a nonlinearity, value by value, and its slope."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from core import Array

ROOT = (2 / np.pi) ** 0.5
CUBE = 0.044715


class Activation(NamedTuple):
    """h = value(z), and dh/dz = slope(z, h), which may be of booleans."""

    title: str
    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]


def gelu(z: Array) -> Array:
    """z Φ(z) with the tanh in place of Φ: Hendrycks, Gimpel, 2016, section 2; PyTorch's GELU(approximate="tanh")."""
    return 0.5 * z * (1 + np.tanh(ROOT * (z + CUBE * z * z * z)))


def gelu_slope(z: Array, _h: Array) -> Array:
    t = np.tanh(ROOT * (z + CUBE * z * z * z))
    return 0.5 * (1 + t) + 0.5 * ROOT * z * (1 - t * t) * (1 + 3 * CUBE * z * z)


ACTIVATIONS = {
    "relu": Activation("ReLU", lambda z: np.maximum(z, 0), lambda _z, h: h > 0),
    "tanh": Activation("tanh", np.tanh, lambda _z, h: 1 - h * h),
    "gelu": Activation("GELU", gelu, gelu_slope),
}

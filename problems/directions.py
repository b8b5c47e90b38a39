"""Directions for a plane through the loss: random ones as long as the weights, and those along which a path goes most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from core import Array, InputError, N_
from problems.networks import Perceptron


def filter_normalised(network: Perceptron, p: Array, seed: int = 0) -> Array:
    """Two random directions (2, P) at the weights p (P,), in which each neuron's row of incoming weights is as long as the network's; 0 for biases.

    A layer of rectifiers times ten and the next over ten is the same network: without this the same step would look flat there and steep here. Li et
    al. 2018, section 4.
    """
    drawn = np.random.default_rng((seed, 5)).standard_normal((2, len(p)))
    for shape, place in zip(network.blocks, network.places, strict=True):
        if len(shape) == 1:
            drawn[:, place] = 0
            continue
        rows, own = drawn[:, place].reshape(2, *shape), p[place].reshape(shape)
        rows *= np.linalg.norm(own, axis=-1, keepdims=True) / np.linalg.norm(rows, axis=-1, keepdims=True)
    return drawn


class Principal(NamedTuple):
    """The two directions (2, P) of length one along which a path goes most, most first, and which part of its variance each has, (2,)."""

    directions: Array
    shares: Array


def principal(path: Array, origin: Array | None = None) -> Principal:
    """The principal directions of the points (n, P) of a path, as seen from its end: Li et al. 2018, section 7; or from another origin (P,).

    Of a path that stands still, or goes along a line, what is left of the plane is any direction at a right angle, with a share of 0. Raises
    InputError for less than three points.
    """
    if len(path) < 3:
        raise InputError(N_("A path of {n} points has no plane: at least three are needed."), n=len(path))
    offsets = path - (path[-1] if origin is None else origin)
    _left, sizes, axes = np.linalg.svd(offsets, full_matrices=False)
    whole = float((sizes**2).sum())
    shares = sizes[:2] ** 2 / whole if whole > 0 else np.zeros(2)
    along = axes[:2] * np.where((axes[:2] * offsets[0]).sum(axis=1, keepdims=True) < 0, -1, 1)  # the path begins at the upper right
    return Principal(along, shares)


def held(directions: Array, path: Array) -> float:
    """The part of the path's variance about its end that lies along these directions (2, P), of any length and angle; 0 for a path that stands still.

    path: (n, P). The rest goes beside every plane of these directions.
    """
    offsets = path - path[-1]
    whole = float((offsets**2).sum())
    basis, _triangle = np.linalg.qr(directions.T)
    return float(((offsets @ basis) ** 2).sum()) / whole if whole > 0 else 0.0

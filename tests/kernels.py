"""Kernels as the Python that they are, a thousand times slower and without compiling anything."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from runs.compiled import kernels


def interpreted(text: str) -> Callable[..., None]:
    """What `kernel_of` makes of a text, without a compiler."""
    names: dict[str, Any] = {}
    exec(text.replace("from numba import njit", "").replace("@njit", "#"), names)

    def kernel(*arguments: Any) -> None:
        with np.errstate(all="ignore"):
            names["kernel"](*arguments)

    return kernel


def in_python(patch: pytest.MonkeyPatch) -> None:
    """Have every kernel interpreted from now on."""
    patch.setattr(kernels, "kernel_of", interpreted)
    patch.setattr(kernels, "kernels", OrderedDict())
    patch.setattr(kernels, "prepared", lambda text: None)

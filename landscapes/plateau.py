"""The plateau: nothing seems to happen for long, then everything at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core import Array, N_, parameter
from landscapes.base import Kind, Landscape, refuse_arrays


@dataclass(frozen=True)
class Plateau(Landscape):
    """On a long flat shelf the gradient says where to go but hardly that one should: steps in proportion to it are tiny."""

    title = N_("Plateau")
    formula = r"\tfrac12 y^2 + s\,\bigl(\sqrt{1 + u^2} - 1\bigr) + 1 - e^{-u^2 - y^2},\quad u = x - \ell"
    reference = "A tilted trough with a Gaussian well at its end; its only stationary point is the well's bottom"
    uncited = "It was made for this program."
    domain = ((-0.5, 6.5), (-2.5, 2.5))
    start = (0.0, 1.8)
    known = ((4.0, 1.0), 1.1321205588285577)  # 3/2 − 1/e

    slope: float = parameter(
        0.02, 1e-3, 1.0, log=True, within="(0, inf)", label=N_("Slope s"), help=N_("How steep the shelf is: the flatter, the longer a path needs.")
    )
    length: float = parameter(4.0, 1.0, 6.0, within="(0, 6.5)", label=N_("Length ℓ"), help=N_("Length of the shelf: where along x the well lies."))

    def value(self, p: Array) -> Array:
        x, y = p
        u = x - self.length
        uu, yy = u * u, y * y
        return 0.5 * yy + self.slope * uu / (1 + np.sqrt(1 + uu)) - np.expm1(-uu - yy)

    def gradient(self, p: Array) -> Array:
        x, y = p
        u = x - self.length
        uu = u * u
        well = 2 * np.exp(-uu - y * y)
        return np.array([u * (self.slope / np.sqrt(1 + uu) + well), y * (1 + well)])

    def hessian(self, p: Array) -> Array:
        x, y = p
        u = x - self.length
        uu, yy = u * u, y * y
        well = 2 * np.exp(-uu - yy)
        xy = -2 * u * y * well
        return np.array([[self.slope / (1 + uu) ** 1.5 + well * (1 - 2 * uu), xy], [xy, 1 + well * (1 - 2 * yy)]])

    def stationary(self) -> list[tuple[tuple[float, float], Kind]]:
        refuse_arrays(self, "length")
        return [((float(self.length), 0.0), "minimum")]

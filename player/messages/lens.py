"""What a lane's panel is sent for the curvature lens: how the surface curves at every point of the path."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from core import Array
from locales import _
from runs import Noisy
from runs.race import Lane, Race, descent


def lens(race: Race, i: int) -> dict[str, Any]:
    """The curvature along lane i's path, and the limit on ηλ: the rule's `own`, or gradient descent's."""
    lane = race.lanes[i - 1]
    edge = limit(lane)
    words = {"out": _("a way down"), "newton": _("Newton's step"), "limit": _("η: gradient descent's limit")}
    return curved(lane, race.descended(lane), race.start, race.steps) | {"edge": edge or 2.0, "own": edge is not None, "words": words}


def limit(lane: Lane) -> float | None:
    """The rule's limit on ηλ; None where theory gives none, or one that is no number over the curvature, as Newton's."""
    one, two = (lane.rule.stable_below(curvature) for curvature in (1.0, 2.0))
    return None if one is None or two is None or not np.isclose(one, 2 * two) else float(one)


@lru_cache(maxsize=64)
def curved(lane: Lane, surface: Noisy, start: tuple[float, float], steps: int) -> dict[str, Array]:
    """Along the path: the Hessian's three numbers (3, steps+1), xx, xy and yy, and the slope without noise (2, steps+1), as float32."""
    p = descent(lane, surface, start, steps).path.T
    with np.errstate(all="ignore"):
        (xx, xy), (_yx, yy) = surface.hessian(p)
        return {"hessian": np.stack([xx, xy, yy]).astype(np.float32), "slope": np.asarray(surface.gradient(p)).astype(np.float32)}

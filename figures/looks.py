"""How each lane looks: colours that colour-blind people can tell apart, and markers and dashes that need no colour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """A lane's colour on a light and on a dark page, the marker at its present point, and the dashes of its curves (in pixels; empty is solid)."""

    light: str
    dark: str
    marker: str
    dash: tuple[int, ...]


# Okabe and Ito's palette (2008), shades moved where a contrast of 3 : 1 with the page needs it; on a light page its yellow is Tol's wine.
LOOKS = (
    Look("#0072B2", "#3D9BDC", "circle", ()),
    Look("#D55E00", "#E8742A", "square", (7, 3)),
    Look("#008A65", "#12B886", "triangle", (2, 3)),
    Look("#B85C94", "#D98CBC", "diamond", (9, 3, 2, 3)),
    Look("#A87900", "#E69F00", "wedge", (4, 2)),
    Look("#1E98CF", "#8CCBF0", "star", (12, 4)),
    Look("#222222", "#EDEDED", "hexagon", (1, 2)),
    Look("#882255", "#F0E442", "pentagon", (6, 2, 1, 2, 1, 2)),
)

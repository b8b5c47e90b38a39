"""How each lane looks: colours that colour-blind people can tell apart, and markers and dashes that need no colour."""

from __future__ import annotations

from dataclasses import dataclass

LEGIBLE = 4.5  # : 1 is the contrast that small letters need (WCAG 2.2, 1.4.3)
TINT = 0.12  # of the lane's colour behind its name while the pointer is on it
PAGES = {"light": "#ffffff", "dark": "#12161b"}


@dataclass(frozen=True)
class Look:
    """A lane's colour on a light and on a dark page, the marker at its present point, and the dashes of its curves (in pixels; empty is solid)."""

    light: str
    dark: str
    marker: str
    dash: tuple[int, ...]

    def lettered(self, theme: str) -> str:
        """Its colour for letters: as little darker, on a dark page lighter, as makes them legible on the page and on its tint."""
        own, page = getattr(self, theme), PAGES[theme]
        towards = "#000000" if theme == "light" else "#ffffff"
        shades = (mixed(towards, own, percent / 100) for percent in range(101))
        return next(each for each in shades if min(contrast(each, page), contrast(each, mixed(own, page, TINT))) >= LEGIBLE)


def channels(colour: str) -> list[int]:
    """Red, green and blue of "#rrggbb", from 0 to 255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def mixed(over: str, under: str, part: float) -> str:
    """Two colours, so much of the first."""
    return "#" + "".join(f"{round(part * a + (1 - part) * b):02x}" for a, b in zip(channels(over), channels(under), strict=True))


def luminance(colour: str) -> float:
    """How much light it gives, from 0 to 1 (WCAG 2.2)."""
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in (c / 255 for c in channels(colour))]
    return sum(weight * v for weight, v in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The ratio of their luminances, from 1 to 21 (WCAG 2.2)."""
    dark, light = sorted(luminance(each) for each in (one, other))
    return (light + 0.05) / (dark + 0.05)


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

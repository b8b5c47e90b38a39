"""How far off central differences are, over their width: a V on logarithmic axes, as SVG in black, to be used as a mask."""

from __future__ import annotations

import numpy as np

from runs.differences import Differences

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 44, 8, 8, 28
LOW, HIGH = -14, 1  # powers of ten of the error


def v_shape(found: Differences) -> str:
    """The errors as points on a line; an error below 1e-14 stands at the bottom."""
    first, last = np.log10(found.widths[[0, -1]])
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    x = LEFT + (np.log10(found.widths) - first) / (last - first) * (right - LEFT)
    y = bottom - (np.clip(np.log10(np.maximum(found.errors, 10.0**LOW)), LOW, HIGH) - LOW) / (HIGH - LOW) * (bottom - TOP)
    line = " ".join(f"{across:.1f},{down:.1f}" for across, down in zip(x, y, strict=True))
    dots = "".join(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="1.8" fill="#000"/>' for across, down in zip(x, y, strict=True))
    ticks = "".join(
        f'<text x="{LEFT + (k - first) / (last - first) * (right - LEFT):.1f}" y="{bottom + 14}" text-anchor="middle">{power(k)}</text>'
        for k in range(int(first) + 1, 1, 3)
    )
    ticks += "".join(
        f'<text x="{LEFT - 5}" y="{bottom - (k - LOW) / (HIGH - LOW) * (bottom - TOP) + 4:.1f}" text-anchor="end">{power(k)}</text>'
        for k in range(LOW + 2, HIGH, 4)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g font-family="sans-serif" font-size="11" fill="#000" opacity="0.75">{ticks}'
        f'<text x="{right}" y="{bottom + 26}" text-anchor="end" font-style="italic">h</text></g>'
        f'<path d="M{LEFT} {TOP}V{bottom}H{right}" fill="none" stroke="#000" opacity="0.3"/>'
        f'<polyline points="{line}" fill="none" stroke="#000" stroke-width="1.2" opacity="0.6"/>{dots}</svg>'
    )


def power(k: int) -> str:
    """10 to the k, as it is written."""
    return f"1e−{-k}" if k < 0 else f"1e{k}" if k else "1"

"""Points that are given and not drawn: typed in a link, set by hand, or one of the real data sets that come with the program."""

from __future__ import annotations

from functools import lru_cache
from math import isfinite

import numpy as np

from core import Array, InputError, N_

MOST = 200  # points that a link can hold
BOUND = 1e6  # of a coordinate

# Distance in Mpc and velocity in 100 km/s of 24 nebulae: Hubble, PNAS 15(3), 1929, table 1; numbers measured and published, in which there is no
# copyright. His slope was 465 km/s per Mpc; least squares of these make 454.
HUBBLE = (
    "0.032,1.7;0.034,2.9;0.214,-1.3;0.263,-0.7;0.275,-1.85;0.275,-2.2;0.45,2;0.5,2.9;0.5,2.7;0.63,2;0.8,3;0.9,-0.3;0.9,6.5;0.9,1.5;0.9,5;1,9.2;"
    "1.1,4.5;1.1,5;1.4,5;1.7,9.6;2,5;2,8.5;2,8;2,10.9"
)
# The first and the third of four sets with the same regression line: Anscombe, The American Statistician 27(1), 1973, made up to be passed on.
ANSCOMBE_1 = "10,8.04;8,6.95;13,7.58;9,8.81;11,8.33;14,9.96;6,7.24;4,4.26;12,10.84;7,4.82;5,5.68"
ANSCOMBE_3 = "10,7.46;8,6.77;13,12.74;9,7.11;11,7.81;14,8.84;6,6.08;4,5.39;12,8.15;7,6.42;5,5.73"
SETS = {"hubble": HUBBLE, "anscombe_1": ANSCOMBE_1, "anscombe_3": ANSCOMBE_3}
TITLES = {
    "hubble": N_("Hubble 1929: velocity of nebulae by their distance"),
    "anscombe_1": N_("Anscombe 1973, the first set"),
    "anscombe_3": N_("Anscombe 1973, the third set: one point is far off"),
}
SOURCES = {
    "hubble": N_("Hubble, PNAS 15(3), 1929, table 1: published measurements, in which there is no copyright."),
    "anscombe_1": N_("Anscombe, The American Statistician 27(1), 1973: numbers that were made up to be passed on."),
    "anscombe_3": N_("Anscombe, The American Statistician 27(1), 1973: numbers that were made up to be passed on."),
}


@lru_cache(maxsize=256)
def points(text: str) -> Array:
    """The numbers of "x,y;x,y;…" or of a set by its name; shape (numbers a point, N), read-only; empty for an empty text.

    Raises InputError for what is none, for points that have not all two or all three numbers, numbers that are not finite or beyond ±1e6, and
    for more than 200.
    """
    rows = [row for row in SETS.get(text, text).split(";") if row.strip()]
    if len(rows) > MOST:
        raise InputError(N_("{count} points: at most {most} can be given."), count=len(rows), most=MOST)
    values = []
    for i, row in enumerate(rows, start=1):
        try:
            values.append([float(v) for v in row.split(",")])
        except ValueError:
            raise InputError(N_("Point {i}, {value}: not numbers with commas between them."), i=i, value=row[:40]) from None
        if len(values[-1]) not in (2, 3) or len(values[-1]) != len(values[0]):
            raise InputError(N_("Point {i}, {value}: all points have two numbers, or three with a class."), i=i, value=row[:40])
        if not all(isfinite(v) and abs(v) <= BOUND for v in values[-1]):
            raise InputError(N_("Point {i}, {value}: allowed are numbers in [−1000000, 1000000]."), i=i, value=row[:40])
    found = np.array(values, dtype=float).T if values else np.empty((2, 0))
    found.flags.writeable = False
    return found


def written(found: Array) -> str:
    """The text of these points, shape (numbers a point, N); `points` reads it back to the last digit."""
    return ";".join(",".join(repr(float(v)).removesuffix(".0") for v in row) for row in found.T)

"""Numbers as people read them. `player/browser/format.js` writes them in the same way, so that a value that stands twice on a page reads the same.

A setting is written `short`, as it was set: 2, 0.05, 5e−4. A number that moves while a run plays is `fixed` to three significant digits, so
that it keeps its width: 2.00, 0.0500, 5.00e−4. Below 0.001 and from 100 000 on there is an exponent; a minus is a minus sign, not a hyphen.
"""

from __future__ import annotations

from decimal import Context, Decimal, ROUND_HALF_UP
from functools import lru_cache
from math import isinf, isnan

PLAIN = range(-3, 5)  # powers of ten of the first digit for which a number is written without an exponent
ALL = 17  # significant digits that tell every float from all others
ROUNDING = 12  # decimals of a coordinate beyond which there is only what rounding has left


@lru_cache(maxsize=8192)
def short(value: float, digits: int = 3) -> str:
    """The value to so many significant digits, without zeros at the end.

    Just below 1, where the distance to 1 is what counts, there are as many more as show a digit after the nines: 0.9995, not 1.
    """
    if special := _special(value):
        return special
    figures, power = _rounded(Decimal(float(value)), digits)
    while abs(value) < 1 and (power == 0 or (power == -1 and not figures.strip("9"))) and digits < ALL:
        digits += 1
        figures, power = _rounded(Decimal(float(value)), digits)
    return _written(value, figures.rstrip("0"), power)


def fixed(value: float, digits: int = 3) -> str:
    """The value to so many significant digits, all of them written; an exact zero is 0."""
    return _special(value) or _written(value, *_rounded(Decimal(float(value)), digits))


@lru_cache(maxsize=8192)
def setting(value: float) -> str:
    """The value as a slider shows it: short, with a sign before it where it has more digits than that."""
    text = short(value)
    return text if float(text.replace("−", "-")) == value else f"≈ {text}"


def exact(value: float) -> str:
    """Every digit that tells the value from all others, for a caption from which others can reproduce a run."""
    figures, power = _rounded(Decimal(repr(float(value))), ALL)
    return _special(value) or _written(value, figures.rstrip("0"), power)


def coordinate(value: float) -> str:
    """Six significant digits of a coordinate or a value there; what rounding has left of a zero is a zero."""
    return short(round(value, ROUNDING), 6)


def _special(value: float) -> str:
    """How a value is written that has no digits; nothing for any other."""
    if isnan(value):
        return "–"
    return "0" if value == 0 else "" if not isinf(value) else "∞" if value > 0 else "−∞"


def _rounded(value: Decimal, digits: int) -> tuple[str, int]:
    """The digits of the rounded value, with zeros where it has fewer, and the power of ten of the first; halves go away from zero, as in browsers."""
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).plus(value)
    return "".join(map(str, rounded.as_tuple().digits)).ljust(digits, "0"), rounded.adjusted()


def _written(value: float, figures: str, power: int) -> str:
    """The digits with the value's sign, and a point or an exponent where they belong."""
    sign = "−" if value < 0 else ""
    if power not in PLAIN:
        return f"{sign}{_pointed(figures, 1)}e{power}".replace("-", "−")
    return sign + (_pointed(figures, power + 1) if power >= 0 else f"0.{'0' * (-power - 1)}{figures}")


def _pointed(figures: str, whole: int) -> str:
    """The digits with a decimal point after so many of them, filled up with zeros before it."""
    return figures[:whole].ljust(whole, "0") + (f".{figures[whole:]}" if figures[whole:] else "")

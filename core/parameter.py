"""A dataclass field that knows its range: the sliders, the sweep axes and the checks are all made from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np

from core.message import InputError, N_

Array: TypeAlias = np.ndarray
Number: TypeAlias = Any  # a float, or an array whose shape is (part of) a batch

EXACT = 2**53  # below this every whole number is a float

# Renard's series R20 (ISO 3): preferred numbers, twenty a decade in nearly equal ratios.
R20 = (1.00, 1.12, 1.25, 1.40, 1.60, 1.80, 2.00, 2.24, 2.50, 2.80, 3.15, 3.55, 4.00, 4.50, 5.00, 5.60, 6.30, 7.10, 8.00, 9.00)


@dataclass(frozen=True)
class Range:
    """What a slider offers (`low` to `high`) and what the library accepts (`within`, an interval such as "[0, 1)").

    The slider is spaced evenly, or in log v (`log`), or in log(1 − v) (`near_one`, for decay rates); `whole` allows integers only. `label` is the
    parameter's name for people, `symbol` its LaTeX in the entry's formula, `help` a sentence about it. A `rare` one is shown in a menu.
    """

    low: float
    high: float
    log: bool = False
    near_one: bool = False
    whole: bool = False
    within: str = "(-inf, inf)"
    help: str = ""
    label: str = ""
    symbol: str = ""
    rare: bool = False

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The two ends of the interval `within`, open or closed."""
        left, right = self.within.strip("[]()").split(",")
        return float(left), float(right)

    @property
    def letter(self) -> str:
        """Its symbol in a line of text: the last word of its label that is as short as one, or empty."""
        return next((word for word in reversed(self.label.split()) if len(word) <= 2), "")

    @property
    def interval(self) -> str:
        """`within` as people read it."""
        return self.within.replace("inf", "∞").replace("-", "−")

    @property
    def allowed(self) -> str:
        """The values that it accepts, as a sentence names them: an interval, or the first of whole numbers and the last."""
        low, high = self.interval.strip("[]()").split(", ")
        return f"{low}, {int(low) + 1}, … {high}" if self.whole else self.interval

    def accepts(self, value: Number) -> Array:
        """Whether each element of `value` lies within the interval; shape of `value`. NaN does not."""
        left, right = self.ends
        v = np.asarray(value, dtype=float)
        above = v >= left if self.within[0] == "[" else v > left
        below = v <= right if self.within[-1] == "]" else v < right
        return above & below & np.isfinite(v) & (not self.whole or v == np.floor(v))

    def holds(self, value: float) -> bool:
        """The same for a single number and without NumPy, which is faster: in a class every change asks a thousand times."""
        left, right = self.ends
        above = value >= left if self.within[0] == "[" else value > left
        below = value <= right if self.within[-1] == "]" else value < right
        return above and below and math.isfinite(value) and (not self.whole or value == math.floor(value))

    def grid(self, n: int) -> Array:
        """`n` values from low to high, equally spaced on the axis that suits this parameter; shape (n,)."""
        if self.log:
            return np.geomspace(self.low, self.high, n)
        if self.near_one:
            return 1 - np.geomspace(1 - self.low, 1 - self.high, n)
        return np.linspace(self.low, self.high, n)

    def stops(self) -> list[float]:
        """The values a slider stops at, each with at most three significant digits, so that what it shows is what it is."""
        if self.log:
            decades = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
            values = [float(f"{mantissa}e{decade}") for decade in decades for mantissa in R20]
            values = [int(v) for v in values if v == int(v)] if self.whole else values
        elif self.near_one:
            # Tenths of each decade of 1 − v: 0, 0.1 … 0.9, 0.91 … 0.99, 0.991 …
            decades = range(1, math.ceil(-math.log10(1 - self.high) - 1e-9) + 1)
            values = [round(1 - m * 10.0**-d, d) for d in decades for m in range(10, 0, -1)]
        else:
            # A round step, 1, 2 or 5 times a power of ten, that makes a hundred stops at most.
            rough = (self.high - self.low) / 100
            unit = 10.0 ** math.floor(math.log10(rough))
            step = next(m * unit for m in (1, 2, 5, 10) if m * unit >= rough * (1 - 1e-9))
            step = max(step, 1) if self.whole else step
            values = [*(float(f"{v:.3g}") for v in np.arange(self.low, self.high, step)), float(self.high)]
            values = [int(v) for v in values] if self.whole else values
        return sorted({v for v in values if self.low <= v <= self.high})


def parameter(
    default: float,
    low: float,
    high: float,
    *,
    log: bool = False,
    near_one: bool = False,
    whole: bool = False,
    within: str = "(-inf, inf)",
    help: str = "",
    label: str = "",
    symbol: str = "",
    rare: bool = False,
) -> Any:
    """A dataclass field with a `Range`; words in `label` and the sentence `help` are marked with `N_`. Without a label its name is the field's."""
    return field(default=default, metadata={"range": Range(low, high, log, near_one, whole, within, help, label, symbol, rare)})


@dataclass(frozen=True)
class Text:
    """A field whose value is typed: `check` raises InputError for a text that has no meaning."""

    check: Callable[[str], Any]
    help: str = ""
    label: str = ""
    options: tuple[str, ...] = ()  # all that it may be, where these are few


def text_parameter(default: str, check: Callable[[str], Any], *, help: str = "", label: str = "", options: tuple[str, ...] = ()) -> Any:
    """A dataclass field with a `Text`; words in `label` and the sentence `help` are marked with `N_`. Without a label its name is the field's."""
    return field(default=default, metadata={"text": Text(check, help, label, options)})


def parameters(entry: Any) -> Mapping[str, Range]:
    """The parameters of a catalogue entry (class or instance), by name."""
    return marked(entry if isinstance(entry, type) else type(entry), "range")


def texts(entry: Any) -> Mapping[str, Text]:
    """The typed fields of a catalogue entry (class or instance), by name."""
    return marked(entry if isinstance(entry, type) else type(entry), "text")


@cache
def marked(cls: type, mark: str) -> Mapping[str, Any]:
    found = {f.name: f.metadata[mark] for f in fields(cls) if mark in f.metadata}
    return MappingProxyType({name: known if known.label else replace(known, label=name) for name, known in found.items()})


def check(entry: Any) -> None:
    """Refuse a field whose value has no meaning; keep any other in double precision, as a Python number or an array of float64.

    Raises InputError (a ValueError), which names the field, its value and the allowed interval, or says what is wrong with a text.
    """
    for name, typed in texts(entry).items():
        if not isinstance(getattr(entry, name), str):
            raise InputError(N_("{name} = {value}: not a text."), name=name, value=repr(getattr(entry, name)))
        typed.check(getattr(entry, name))
    for name, allowed in parameters(entry).items():
        value = getattr(entry, name)
        if type(value) in (int, float) and abs(value) < EXACT and allowed.holds(value):
            continue
        if type(value) is int and abs(value) < 10**300:
            value = float(value)  # NumPy takes a wider one for an object
        if not isinstance(value, (int, float, np.number, np.ndarray)) or np.asarray(value).dtype.kind not in "iuf" or np.ma.is_masked(value):
            raise InputError(N_("{name} = {value}: not a number."), name=name, value=repr(value))
        accepted = allowed.accepts(value)
        if not accepted.all():
            wrong = np.asarray(value, dtype=float)[~accepted].flat[0]
            template = (
                N_("{name} = {value}: allowed is a whole number in {within}.") if allowed.whole else N_("{name} = {value}: allowed is {within}.")
            )
            raise InputError(template, name=name, value=f"{wrong:g}", within=allowed.interval)
        object.__setattr__(entry, name, double(value))


def double(value: Number) -> Number:
    """A number as Python's, an array as one of float64."""
    if np.ndim(value):
        return np.asarray(value, dtype=float)
    return int(value) if np.asarray(value).dtype.kind in "iu" else float(value)


def single(entry: Any, name: str) -> None:
    """Refuse an array as the value of this parameter; raises InputError."""
    if np.ndim(getattr(entry, name)):
        raise InputError(N_("{name} = {value}: allowed is a single number."), name=name, value=repr(getattr(entry, name)))

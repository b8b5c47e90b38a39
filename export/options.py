"""The options of a figure: what each may be, and a sentence for what it may not."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from export.code import TITLES as LIBRARIES
from export.words import FORMS
from links.race import COUNT, STEPS
from locales import LANGUAGES

KINDS = ("svg", "pdf", "png", "html", "gif", "csv", "npz", "json")
PAPERS = ("sheet", "handout", "sheet-pdf", "handout-pdf")  # of lessons
CODES, CAPTIONS = tuple(LIBRARIES), tuple(FORMS)
THEMES = ("light", "dark", "print")
UNITS = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}  # CSS pixels
WIDTHS, FONTS = (100.0, 10_000.0), (4.0, 100.0)  # CSS pixels


class Refused(Exception):
    """What was asked for makes no sense; the sentence says where, what, and what is allowed."""


@dataclass(frozen=True)
class Options:
    """How a figure is made. width and font are CSS pixels, None for what comes out best; step: None for the link's own `at`, or the last."""

    kinds: tuple[str, ...] = ()
    theme: str = "light"
    width: float | None = None
    font: float | None = None
    step: int | None = None
    strip: tuple[int, ...] = ()
    lane: int | None = None
    curves: bool = True
    scale: float = 2.0
    fps: int = 20
    frames: int = 100
    code: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    language: str | None = None


def choice(allowed: tuple[str, ...]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in allowed:
            raise Refused(f"allowed is {', '.join(allowed)}")
        return value

    return read


def several(allowed: tuple[str, ...]) -> Callable[[Any], tuple[str, ...]]:
    def read(value: Any) -> tuple[str, ...]:
        named = value if isinstance(value, (list, tuple)) else str(value).split(",")
        if not all(each in allowed for each in named):
            raise Refused(f"allowed are {', '.join(allowed)}")
        return tuple(dict.fromkeys(named))

    return read


def length(low: float, high: float) -> Callable[[Any], float]:
    """A length with its unit, as CSS pixels."""

    def read(value: Any) -> float:
        match = re.fullmatch(r"\s*([0-9]*\.?[0-9]+)\s*([a-z]*)\s*", str(value))
        found = float(match[1]) * UNITS.get(match[2] or "px", float("nan")) if match else float("nan")
        if not low <= found <= high:
            ends = " to ".join(f"{end / UNITS['pt']:.0f}pt" for end in (low, high))
            raise Refused(f"allowed is {ends}, in {', '.join(UNITS)}, such as 12cm or 9pt")
        return found

    return read


def whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not re.fullmatch(r"\d{1,9}", str(value)) or not low <= int(value) <= high:
            raise Refused(f"allowed is {low}, {low + 1}, … {high}")
        return int(value)

    return read


def number(low: float, high: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        try:
            found = float(value)
        except (TypeError, ValueError):
            found = float("nan")
        if not low <= found <= high:
            raise Refused(f"allowed is {low:g} to {high:g}")
        return found

    return read


def steps(value: Any) -> tuple[int, ...]:
    named = value if isinstance(value, list) else str(value).split(",")
    return tuple(whole(0, int(STEPS.high))(each) for each in named)


def switch(value: Any) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise Refused("allowed is true, false")
    return str(value).lower() == "true"


READ: Mapping[str, Callable[[Any], Any]] = {
    "kinds": several(KINDS + PAPERS),
    "theme": choice(THEMES),
    "width": length(*WIDTHS),
    "font": length(*FONTS),
    "step": whole(0, int(STEPS.high)),
    "strip": steps,
    "lane": whole(1, int(COUNT.high)),
    "curves": switch,
    "scale": number(0.5, 8),
    "fps": whole(1, 50),
    "frames": whole(2, int(STEPS.high) + 1),
    "code": several(CODES),
    "caption": several(CAPTIONS),
    "language": choice(tuple(LANGUAGES)),
}
assert set(READ) == {each.name for each in fields(Options)}


def option(name: str, value: Any) -> Any:
    """An option's value; raises Refused, which names the value and what is allowed."""
    if name not in READ:
        raise Refused(f"{name} = {value!r}: there is no such option; there are link, name, {', '.join(READ)}.")
    try:
        return READ[name](value)
    except Refused as reason:
        raise Refused(f"{name} = {value!r}: {reason}.") from None

"""Links that nobody would write: none ends the page."""

from __future__ import annotations

from functools import lru_cache
from itertools import zip_longest
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trials
from hypothesis import strategies as some
from starlette.exceptions import HTTPException

import figures
from core import InputError, parameters
from landscapes import LANDSCAPES
from links.display import display_of
from links.entries import race_of, surface_of
from links.race import MENU, RACE, WARMUP
from links.zoom import window_of, zoom_to
from locales import said
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import messages
from tests.samples import one_in
from views.race import live

HOSTILE = (
    "", " ", "0", "-0", "-0.0", "1", "-1", "2", "0.5", "1e-300", "5e-324", "-1e-300", "1e5", "1e6", "-1e6", "1e16", "1e27", "1e300", "-1e300",
    "9007199254740993", "9223372036854775806", "9223372036854775807", "9223372036854775808", "1e999", "inf", "-inf", "Infinity", "nan", "NaN", "True",
    "None", "0x10", "1_000", "+5", " 5 ", "1,5", "１２", "٣", "²", "½", "−1", "∞", "𝟘", "\u202e1", "\x00", "\ud800", "é" * 300, "9" * 5000,
    "{name}", "{0}", "%s", "$x$", "<b>", "::", "⚠", "../..", "x^2", "x/0", "1/x", "(" * 500, "log(x)", "x^(y^(x^y))",
)  # fmt: skip
STRANGE = (
    "",
    "v",
    "0.lr",
    "9.lr",
    "-1.lr",
    "1.",
    ".",
    "1.schedule.",
    "surface.",
    "1.rule.lr",
    "1..lr",
    "١.lr",
    "at",
    "embed",
    "embedded",
    "__class__",
)


@some.composite
def links(draw: some.DrawFn) -> dict[str, str]:
    """A skeleton, mostly of entries that there are, and hostile values for some of the settings that it has, or has not."""
    entry = lambda names: draw(some.one_of(some.sampled_from(sorted(names)), some.sampled_from(HOSTILE)))  # noqa: E731
    lanes = draw(some.integers(1, 2))
    link = {"surface": entry(LANDSCAPES), "lanes": str(lanes), "steps": str(draw(some.integers(10, 40)))}
    for i in range(1, lanes + 1):
        link |= {f"{i}.rule": entry(OPTIMIZERS), f"{i}.schedule": entry(SCHEDULES)}
    keys = some.one_of(some.sampled_from(sorted(RACE.read(link, "en")[0].keys() - {"steps"})), some.sampled_from(STRANGE))
    return link | draw(some.dictionaries(keys, some.one_of(some.sampled_from(HOSTILE), some.text(max_size=20), some.floats().map(repr)), max_size=8))


mapped = lru_cache(maxsize=16)(figures.contour)  # most links differ in what no map shows


def shown(link: dict[str, str]) -> list[InputError]:
    """What is complained of in a link, once everything that the page draws of it has been made."""
    flat, complaints = RACE.read(link, "en")
    assert all(len(said(error)) < 600 for error in complaints)
    assert RACE.read(RACE.write(flat), "ko")[0] == {key: value for key, value in flat.items() if key != "at"}
    mapped(surface_of(flat), window_of(flat))
    race, display = race_of(flat), display_of(flat)
    for i in range(1, flat["lanes"] + 1):
        messages.lane(race, i, display)
    return complaints


@pytest.mark.slow
@trials(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(links())
def test_no_link_ends_the_page(link: dict[str, str]):
    shown(link)


SKELETONS = [
    {"surface": surface, "1.rule": rule, "1.schedule": schedule}
    for surface, rule, schedule in zip_longest(LANDSCAPES, OPTIMIZERS, MENU, fillvalue=None)
]


@pytest.mark.slow
@pytest.mark.parametrize("skeleton", one_in(5, SKELETONS), ids=lambda skeleton: ",".join(map(str, skeleton.values())))
def test_no_single_value_ends_the_page(skeleton: dict[str, str | None]):
    link = {key: entry for key, entry in skeleton.items() if entry} | {"lanes": "1", "steps": "12"}
    usual = RACE.read(link, "en")[0]
    own = [
        key
        for key in usual
        if key in ("x", "y", "1.lr", "1.warmup", "zoom", "zoom.x", "noise") or (key.startswith(("surface.", "1.")) and key not in link)
    ]
    for key in own:
        for value in HOSTILE:
            flat, complaints = RACE.read(link | {key: value}, "en")
            if complaints:
                assert flat[key] == usual[key], (key, value)
            else:
                shown(link | {key: value})


@pytest.mark.parametrize("lane", ["0", "3", "-1", "9" * 5000, "one", ""])
def test_a_lane_that_is_not_there_is_not_found(lane: str):
    with pytest.raises(HTTPException, match="404"):
        live.packed(lane, {"lanes": "2"})


@pytest.mark.parametrize("value", ["1e27", "9223372036854775806", "9223372036854775807", "1e18", "1000000001"])
@pytest.mark.parametrize(("key", "of"), [("1.warmup", WARMUP), ("1.schedule.every", parameters(SCHEDULES["step"])["every"])])
def test_a_whole_number_too_large_to_count_to_is_refused_with_the_sentence(key: str, of: Any, value: str):
    flat, (complaint,) = RACE.read({"1.schedule": "step", key: value}, "en")
    assert (flat["1.warmup"], flat["1.schedule.every"]) == (0, 50)
    assert f"{key}={value} was ignored: allowed is {of.within[1]}, {int(of.within[1]) + 1}, … 1000000000;" in said(complaint)
    with pytest.raises(InputError, match="allowed is a whole number in"):
        SCHEDULES["step"](every=int(float(value)))


@pytest.mark.parametrize("at", [0.0, 1.0, 1e6, -1e6])
@pytest.mark.parametrize("width", [0.0, 5e-324, 1e-300, 1e-12, 1e300])
def test_a_box_of_any_width_is_zoomed_to_as_far_as_that_can_be_shown(at: float, width: float):
    flat = RACE.read({}, "en")[0]
    flat |= zoom_to(flat, ((at, at + width), (at, at + width)))
    assert RACE.read(RACE.write(flat), "en")[1] == []
    (x0, x1), (y0, y1) = seen = window_of(flat) or surface_of(flat).domain
    assert x0 < x1
    assert y0 < y1
    figures.contour(surface_of(flat), seen)


@pytest.mark.parametrize(
    "box", [((1.0, 0.0), (1.0, 0.0)), ((float("nan"), 1.0), (0.0, 1.0)), ((0.0, float("inf")), (0.0, 1.0)), "xy", [1], {"x": 1}, 3]
)
def test_a_box_that_is_none_changes_nothing(box: Any):
    flat = RACE.read({"zoom": "2"}, "en")[0]
    assert flat | zoom_to(flat, box) == flat


@pytest.mark.parametrize("reach", ["1e-300", "1e-9", "0.001", "1", "1000"])
@pytest.mark.parametrize("x", ["0", "1e-200", "1", "1e6"])
def test_every_column_of_a_map_is_another_place(reach: str, x: str):
    flat = RACE.read({"surface": "custom", "surface.reach": reach, "zoom": "1e6", "zoom.x": x, "zoom.y": "-3e-5"}, "en")[0]
    (x0, x1), (y0, y1) = window_of(flat) or surface_of(flat).domain
    assert (np.diff(np.linspace(x0, x1, 98)) > 0).all()
    assert (np.diff(np.linspace(y0, y1, 70)) > 0).all()

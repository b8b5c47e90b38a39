"""Comparisons in one click: each fills the lanes with settings that show something when they run side by side. And the button that tunes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core import N_
from links import Flat
from links.entries import make, race_of, surface_of
from links.lanes import lanes_of, with_lanes
from links.race import RACE
from locales import _
from optimizers import OPTIMIZERS
from runs import telling_noise, telling_rates, tuned
from views.language import preferred
from views.race.memory import memory

FAMILIES = {
    "first order": ["gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "lion"],
    "momentum": ["gradient_descent", "momentum", "nesterov", "qhm"],
    "adaptive": ["adagrad", "adadelta", "rmsprop", "adam", "amsgrad", "radam", "adabelief", "yogi"],
    "second order": ["gradient_descent", "momentum", "bfgs", "newton"],
}
TIMETABLES = ["constant", "step", "exponential", "cosine", "linear", "inverse_sqrt", "one_cycle", "warmup_stable_decay"]
DECAY = 0.3  # a weight decay that can be seen on a map
RAMP = 20  # steps of warm-up
OUTCOMES = {"better": N_("tuned"), "none better": N_("kept, none is better"), "none stays": N_("kept, all leave the map")}


@dataclass(frozen=True)
class Preset:
    """A comparison: its title, what it shows, and how it makes its lanes of the settings; what a lane leaves out are its defaults."""

    title: str
    help: str
    lanes: Callable[[Flat], list[Flat]]
    noise: bool = False  # whether it shows something only with noise, and so brings some where there is none


def family(name: str) -> Callable[[Flat], list[Flat]]:
    """A lane for each rule of a family."""
    return lambda flat: [{"rule": rule} for rule in FAMILIES[name]]


def first(flat: Flat) -> Flat:
    """The first lane's settings without its colour."""
    return {key: value for key, value in lanes_of(flat)[0].items() if key != "look"}


def four_rates(flat: Flat) -> list[Flat]:
    """Four rates between too small and too large, for the first lane's rule, or for gradient descent where theory gives that rule no limit."""
    race, lane = race_of(flat), first(flat)
    rates = telling_rates(race.lanes[0].rule, race.surface, race.start)
    if not rates:
        lane = {"rule": "gradient_descent"}
        rates = telling_rates(make(OPTIMIZERS["gradient_descent"], {}, ""), race.surface, race.start)
    return [lane | {"lr": rate, "schedule": "constant", "warmup": 0} for rate in rates.values()] or [lane]


def timetables(flat: Flat) -> list[Flat]:
    """The first lane under eight schedules."""
    lane = {key: value for key, value in first(flat).items() if not key.startswith("schedule")} | {"warmup": 0}
    return [lane | {"schedule": name} for name in TIMETABLES]


def with_and_without(key: str, *values: Any) -> Callable[[Flat], list[Flat]]:
    """The first lane with each of these values of one setting."""
    return lambda flat: [first(flat) | {key: value} for value in values]


def adams(*settings_: Flat) -> Callable[[Flat], list[Flat]]:
    """Lanes with one common rate, of Adam where the settings name no other rule."""
    return lambda flat: [{"rule": "adam", "lr": 0.1} | each for each in settings_]


PRESETS = {
    "first_order": Preset(N_("Eight first-order rules"), N_("From gradient descent to Lion, each at its suggested rate."), family("first order")),
    "momentum": Preset(N_("The momentum family"), N_("What a velocity adds to gradient descent."), family("momentum")),
    "adaptive": Preset(
        N_("The adaptive family"), N_("Rules with a rate of its own for every coordinate, each at its suggested rate."), family("adaptive")
    ),
    "second_order": Preset(N_("Second order for reference"), N_("What curvature knows and a gradient does not."), family("second order")),
    "rates": Preset(
        N_("One rule, four rates"),
        N_(
            "0.02, 0.5, 1 and 1.1 of the stability limit at the nearest minimum, or at the start where there is none: on a bowl too small, good, at "
            "the edge, too large. The first lane's rule, or gradient descent where theory gives that none."
        ),
        four_rates,
    ),
    "schedules": Preset(N_("One rule, eight schedules"), N_("The first lane's rule and peak rate under eight schedules."), timetables),
    "warmup": Preset(
        N_("With and without warm-up"), N_("The first lane once without and once with 20 steps of warm-up."), with_and_without("warmup", 0, RAMP)
    ),
    "decay": Preset(
        N_("Adam with L2, and AdamW"),
        N_("Adam without weight decay; with it inside the gradient, where Adam scales it with the rest; and outside, as AdamW has it."),
        adams({}, {"weight_decay": DECAY}, {"rule": "adamw", "weight_decay": DECAY}),
    ),
    "bias": Preset(
        N_("Adam with and without bias correction"),
        N_("Without it the first step is √10 times as long: v leaves zero more slowly than m."),
        adams({}, {"rule": "adam_uncorrected"}),
    ),
    "noise": Preset(
        N_("With and without noise"), N_("The first lane on the noisy gradient and on the true one."), with_and_without("quiet", 0, 1), noise=True
    ),
}


def menu() -> None:
    """The menu of comparisons, with the button that tunes every lane."""
    with st.popover(_("Compare"), key=f"compare_{memory().moves}"):
        for name, preset in PRESETS.items():
            st.button(_(preset.title), key=f"preset {name}", help=_(preset.help), on_click=fill, args=(name,), width="stretch")
        st.button(
            _("Tune every lane"),
            key="tune",
            icon=":material/tune:",
            type="primary",
            help=_(
                "Tries rates all along each lane's slider, on this surface, from this start and for so many steps, and takes the one whose run ends "
                "lowest, of those that stay on the map and can come to rest. A lane whose rate nothing beats keeps it."
            ),
            on_click=tune,
            width="stretch",
        )


def fill(name: str) -> None:
    """Replace the lanes by the preset's (in a callback)."""
    flat = memory().settings
    preset = PRESETS[name]
    lanes = [lane | {"look": i} for i, lane in enumerate(preset.lanes(flat), start=1)]
    if preset.noise and not flat["noise"]:
        flat = flat | {"noise": telling_noise(surface_of(flat), (flat["x"], flat["y"]))}
    memory().put(RACE.read(with_lanes(flat, lanes), preferred())[0])


def tune() -> None:
    """Set every lane's rate to the best of a scan, and remember how that ended (in a callback)."""
    flat = memory().settings
    race = race_of(flat)
    found = [tuned(lane.rule, race.descended(lane), race.start, race.steps, lane.schedule) for lane in race.lanes]
    flat = flat | {f"{i}.lr": tuning.lr for i, tuning in enumerate(found, start=1)}
    memory().put(flat)
    memory().tuned = {what_was_tuned(i, flat): tuning.outcome for i, tuning in enumerate(found, start=1)}


def tuning_of(i: int, flat: Flat) -> str | None:
    """How tuning ended for lane i as it is set now, in words; None where it was not tuned, or anything that matters was changed since."""
    outcome = memory().tuned.get(what_was_tuned(i, flat))
    return outcome and _(OUTCOMES[outcome])


def what_was_tuned(i: int, flat: Flat) -> tuple[object, ...]:
    """All that the outcome of tuning depends on."""
    race = race_of(flat)
    lane = race.lanes[i - 1]
    return lane, race.descended(lane), race.start, race.steps

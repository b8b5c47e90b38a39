"""What one click does with the lanes on any surface: fill them with a family of rules, with and without noise, or tune them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core import N_
from links import Flat
from links.entries import race_of, surface_of
from links.lanes import lanes_of, with_lanes
from locales import _
from runs import telling_noise, tuned
from views.language import preferred
from views.race.memory import memory

FAMILIES = {
    "first order": ["gradient_descent", "momentum", "nesterov", "adagrad", "adadelta", "rmsprop", "adam", "lion"],
    "momentum": ["gradient_descent", "momentum", "nesterov", "qhm"],
    "adaptive": ["adagrad", "adadelta", "rmsprop", "adam", "amsgrad", "radam", "adabelief", "yogi"],
    "second order": ["gradient_descent", "momentum", "bfgs", "newton"],
}
OUTCOMES = {"better": N_("tuned"), "none better": N_("kept, none is better"), "none stays": N_("kept, all leave the map")}


@dataclass(frozen=True)
class Preset:
    """A comparison on the surface that is open: its title, what it shows, and how it makes its lanes; what a lane leaves out are its defaults."""

    title: str
    help: str
    lanes: Callable[[Flat], list[Flat]]
    noise: bool = False  # whether it shows something only with noise, and so brings some where there is none


def family(name: str) -> Callable[[Flat], list[Flat]]:
    """A lane for each rule of a family."""
    return lambda flat: [{"rule": rule} for rule in FAMILIES[name]]


def noisy_and_quiet(flat: Flat) -> list[Flat]:
    """The first lane twice, without its colour."""
    first = {key: value for key, value in lanes_of(flat)[0].items() if key != "look"}
    return [first | {"quiet": quiet} for quiet in (0, 1)]


PRESETS = {
    "first_order": Preset(N_("Eight first-order rules"), N_("From gradient descent to Lion, each at its suggested rate."), family("first order")),
    "momentum": Preset(N_("The momentum family"), N_("Rules with a velocity, and gradient descent, each at its suggested rate."), family("momentum")),
    "adaptive": Preset(
        N_("The adaptive family"), N_("Rules with a rate of its own for every coordinate, each at its suggested rate."), family("adaptive")
    ),
    "second_order": Preset(
        N_("Second order for reference"), N_("Rules that know or learn the curvature, beside two that do not."), family("second order")
    ),
    "noise": Preset(N_("With and without noise"), N_("The first lane on the noisy gradient and on the true one."), noisy_and_quiet, noise=True),
}


def buttons() -> None:
    """What can be compared on the surface that is open: families of rules, and with and without noise."""
    for name, preset in PRESETS.items():
        st.button(_(preset.title), key=f"preset {name}", help=_(preset.help), on_click=fill, args=(name,), type="tertiary")


def tune_button() -> None:
    """The button that tunes every lane."""
    st.button(
        _("Tune every lane"),
        key="tune",
        icon=":material/tune:",
        help=_(
            "Tries rates all along each lane's slider, on this surface, from this start and for so many steps, and takes the one whose run ends "
            "lowest, of those that stay on the map and can come to rest. A lane whose rate nothing beats keeps it."
        ),
        on_click=tune,
    )


def fill(name: str) -> None:
    """Replace the lanes by the preset's (in a callback)."""
    flat = memory().settings
    preset = PRESETS[name]
    lanes = [lane | {"look": i} for i, lane in enumerate(preset.lanes(flat), start=1)]
    if preset.noise and not flat.get("noise"):
        flat = flat | {"noise": telling_noise(surface_of(flat), (flat["x"], flat["y"]))}
    memory().put(memory().table.read(with_lanes(flat, lanes), preferred())[0])
    memory().picked += 1


def tune() -> None:
    """Set every lane's rate to the best of a scan, and remember how that ended (in a callback)."""
    flat = memory().settings
    race = race_of(flat)
    found = [tuned(lane.rule, race.descended(lane), race.start, race.steps, lane.schedule) for lane in race.lanes]
    flat = flat | {f"{i}.lr": tuning.lr for i, tuning in enumerate(found, start=1)}
    memory().put(flat)
    memory().picked += 1
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

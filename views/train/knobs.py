"""The controls of the Train page: those of the network, and those of the lane that is looked at."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import streamlit as st

from core import N_, parameters, texts
from core.number import setting
from links import Flat
from links.lanes import MOST_LANES
from links.race import HEIGHTS, SEED, VIEWS
from links.train import (
    BATCH,
    COUNTED,
    DECAY,
    DECAYS,
    HIGH,
    LOW,
    PER_DECADE,
    PLANES,
    RAMP,
    SCHEDULED,
    SEEDS,
    STEPS,
    TRAINERS,
    WIDTHS,
    data_sets,
    good_rate,
    lengthened,
    trainers,
    widths_of,
)
from locales import _
from optimizers.matrices import MATRIX_RULES
from optimizers.schedules import Schedule
from problems.networks import ACTIVATIONS, STARTS
from views import controls, live_slider
from views.explore.knobs import labelled
from views.train import memory

BATCHES = [*(float(2**k) for k in range(10)), 2000.0]  # the last one has all digits
FLOORS = [0.0, *(float(f"{m}e{k}") for k in (-6, -5, -4, -3, -2) for m in (1, 2, 5)), 0.1]  # of a rate that is lowered
LOSSES = {"f": N_("Loss"), "log": N_("log loss")}
RAMPS = 100  # epochs that a warm-up is offered up to
COUNTS = [10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10_000.0, 20_000.0]


def knobs(flat: Flat) -> None:
    """Those of what is shown, and then the lane's before the network's: they are changed more often."""
    if flat["show"] == "rates":
        of_sweep()
        st.divider()
    of_lane(flat, flat["lane"])
    st.divider()
    of_network(flat)


def of_sweep() -> None:
    """The grid of the rates, and how many trainings there are at each."""
    for name, allowed in {"sweep.low": LOW, "sweep.high": HIGH}.items():
        live_slider.slider(name, allowed, stops=[float(f"{m}e{k}") for k in range(-6, 2) for m in (1, 3.15)] + [100.0])
    controls.choice("sweep.per", _("Rates per decade"), list(PER_DECADE), str)
    live_slider.slider("sweep.seeds", SEEDS)


def of_network(flat: Flat) -> None:
    """The network, its examples, and how long it is trained."""
    if len(data_sets()) > 1:
        controls.menu("data", _("Data"), list(data_sets()), lambda key: _(data_sets()[key]))
    widths = list(dict.fromkeys([*WIDTHS, flat["hidden"]]))
    controls.menu("hidden", _("Hidden layers"), widths, named_widths)
    controls.choice("activation", _("Activation"), list(ACTIVATIONS), lambda key: ACTIVATIONS[key].title)
    live_slider.slider("batch", BATCH, stops=BATCHES)
    live_slider.slider("steps", labelled(STEPS, _("Steps")), stops=COUNTS)
    live_slider.slider("decay", DECAY, stops=DECAYS)
    controls.menu("start", _("Weights at the start"), list(STARTS), lambda key: _(STARTS[key][0]))
    edge = _(
        "The Hessian H of the training loss, by Lanczos' method: its largest eigenvalue, that of P⁻¹H, where P is what the rule divides by, and "
        "about which share of its eigenvalues is below zero. For the full batch the edge of stability, such as 2/η."
    )
    controls.switch("sharp", _("Sharpness"), help=edge, disabled=flat["data"] != "digits")
    live_slider.slider("seed", labelled(SEED, _("Seed")), stops=[float(v) for v in range(100)])


def split_between(flat: Flat, title: str) -> str:
    """Which weights a rule for matrices moves, and which AdamW."""
    matrices = ", ".join(f"{rows} × {columns}" for columns, rows in pairwise(widths_of(flat)))
    template = _("{title} moves the hidden matrices ({matrices}); AdamW the first and the last layer and all biases.")
    return template.format(title=title, matrices=matrices)


def of_plane(flat: Flat) -> None:
    """Which directions the plane has, and how it is drawn."""
    with st.container(key="plane_row", horizontal=True, gap="small", vertical_alignment="center"):
        controls.choice("plane", _("Directions of the plane"), list(PLANES), lambda key: _(PLANES[key]), hidden=True)
        controls.choice("view", _("Drawn as"), list(VIEWS), lambda key: _(VIEWS[key]), hidden=True)
        if flat["view"] == "3d":
            controls.choice("height", _("Heights"), list(HEIGHTS), lambda key: _(LOSSES[key]), hidden=True)
        if flat["plane"] == "random":
            with st.container(key="plane_seed", width=220):
                live_slider.slider("plane.seed", labelled(SEED, _("Seed of the directions")), stops=[float(v) for v in range(100)])


def named_widths(key: str) -> str:
    """Hidden layers as a menu has them."""
    return _("none (softmax regression)") if key == "0" else key.replace("-", " – ")


def of_lane(flat: Flat, i: int) -> None:
    """A lane's rule, its rate and other settings, its schedule, and what can be done with the lane."""
    controls.menu(f"{i}.rule", _("Rule"), list(trainers(flat)), lambda key: _(TRAINERS[key].title), hidden=True)
    if flat[f"{i}.rule"] in MATRIX_RULES:
        st.caption(split_between(flat, _(TRAINERS[flat[f"{i}.rule"]].title)))
    rule, usual = TRAINERS[flat[f"{i}.rule"]], good_rate(flat[f"{i}.rule"])
    for name, allowed in parameters(rule).items():
        aside = {"at": [[usual, _("suggested")]], "elsewhere": _("set by hand")} if name == "lr" else None
        if not allowed.rare:
            live_slider.slider(f"{i}.{name}", allowed, aside=aside)
    controls.menu(f"{i}.schedule", _("Schedule"), list(SCHEDULED), lambda key: _(SCHEDULED[key].title))
    moved = SCHEDULED[flat[f"{i}.schedule"]]
    for name, allowed in parameters(moved).items():
        offered = lengthened(allowed, flat) if issubclass(moved, Schedule) else allowed  # a plateau is looked for at the end of epochs
        live_slider.slider(f"{i}.schedule.{name}", offered, stops=FLOORS if name == "min_lr" else None)
    with st.popover(_("More of this lane"), key=f"more_{memory.memory().resets}_{flat['lanes']}"):
        live_slider.slider(f"{i}.warmup", RAMP if flat["counted"] == "steps" else replace(RAMP, high=RAMPS))
        help_ = _("What the lengths of schedules and warm-ups are counted in, for all lanes.")
        controls.choice("counted", _("Schedules count"), list(COUNTED), lambda key: _(COUNTED[key]), help=help_)
        for name, allowed in parameters(rule).items():
            if allowed.rare and allowed.whole and (allowed.low, allowed.high) == (0, 1):
                controls.switch(f"{i}.{name}", _(allowed.label), help=_(allowed.help))
            elif allowed.rare:
                controls.slider(f"{i}.{name}", allowed)
        for name, typed in texts(rule).items():
            controls.choice(f"{i}.{name}", _(typed.label), list(typed.options), str, help=_(typed.help))
        label = _("Use the suggested rate {rate}").format(rate=setting(usual))
        st.button(label, key=f"good{i}", on_click=memory.use_good_rate, args=(i,), disabled=flat[f"{i}.lr"] == usual, type="tertiary")
        full = flat["lanes"] == MOST_LANES
        st.button(_("Duplicate this lane"), key=f"twin{i}", on_click=memory.duplicate_lane, args=(i,), disabled=full, type="tertiary")
        st.button(_("Remove this lane"), key=f"drop{i}", on_click=memory.remove_lane, args=(i,), disabled=flat["lanes"] == 1, type="tertiary")

"""The controls of the Train page: those of the network, and those of the lane that is looked at."""

from __future__ import annotations

import streamlit as st

from core import parameters
from core.number import setting
from links import Flat
from links.lanes import MOST_LANES
from links.race import MENU, SEED
from links.train import BATCH, COUNTED, DECAY, DECAYS, RAMP, STEPS, TRAINERS, WIDTHS, data_sets, good_rate
from locales import _
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from problems.networks import ACTIVATIONS, STARTS
from views import controls, live_slider
from views.explore.knobs import labelled
from views.train import memory

BATCHES = [*(float(2**k) for k in range(10)), 2000.0]  # the last one has all digits
COUNTS = [10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10_000.0, 20_000.0]


def knobs(flat: Flat) -> None:
    """The lane's controls first: they are what is changed most."""
    of_lane(flat, flat["lane"])
    st.divider()
    of_network(flat)


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
    edge = _("The largest eigenvalue of the Hessian of the training loss, and for the full batch the edge of stability, such as 2/η.")
    controls.switch("sharp", _("Sharpness"), help=edge, disabled=flat["data"] != "digits")
    live_slider.slider("seed", labelled(SEED, _("Seed")), stops=[float(v) for v in range(100)])


def named_widths(key: str) -> str:
    """Hidden layers as a menu has them."""
    return _("none (softmax regression)") if key == "0" else key.replace("-", " – ")


def of_lane(flat: Flat, i: int) -> None:
    """A lane's rule, its rate and other settings, its schedule, and what can be done with the lane."""
    controls.menu(f"{i}.rule", _("Rule"), list(TRAINERS), lambda key: _(OPTIMIZERS[key].title), hidden=True)
    rule, usual = TRAINERS[flat[f"{i}.rule"]], good_rate(flat[f"{i}.rule"])
    for name, allowed in parameters(rule).items():
        aside = {"at": [[usual, _("suggested")]], "elsewhere": _("set by hand")} if name == "lr" else None
        if not allowed.rare:
            live_slider.slider(f"{i}.{name}", allowed, aside=aside)
    controls.menu(f"{i}.schedule", _("Schedule"), list(MENU), lambda key: _(SCHEDULES[key].title))
    for name, allowed in parameters(SCHEDULES[flat[f"{i}.schedule"]]).items():
        live_slider.slider(f"{i}.schedule.{name}", allowed)
    with st.popover(_("More of this lane"), key=f"more_{memory.memory().resets}_{flat['lanes']}"):
        live_slider.slider(f"{i}.warmup", RAMP)
        help_ = _("What the lengths of schedules and warm-ups are counted in, for all lanes.")
        controls.choice("counted", _("Schedules count"), list(COUNTED), lambda key: _(COUNTED[key]), help=help_)
        for name, allowed in parameters(rule).items():
            if allowed.rare:
                controls.slider(f"{i}.{name}", allowed)
        label = _("Use the suggested rate {rate}").format(rate=setting(usual))
        st.button(label, key=f"good{i}", on_click=memory.use_good_rate, args=(i,), disabled=flat[f"{i}.lr"] == usual, type="tertiary")
        full = flat["lanes"] == MOST_LANES
        st.button(_("Duplicate this lane"), key=f"twin{i}", on_click=memory.duplicate_lane, args=(i,), disabled=full, type="tertiary")
        st.button(_("Remove this lane"), key=f"drop{i}", on_click=memory.remove_lane, args=(i,), disabled=flat["lanes"] == 1, type="tertiary")

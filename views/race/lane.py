"""One lane: its panel, and under it its controls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from core import parameters
from core.number import setting, short
from links import Flat
from links.display import display_of
from links.entries import race_of
from links.lanes import MOST_LANES
from links.race import MENU, WARMUP
from links.sliders import stops_with
from locales import _, remarked
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import messages
from views import controls, mounts
from views.language import fragment
from views.race import callbacks, live_slider, presets
from views.race.memory import memory, of_lane


@fragment
def show(i: int) -> None:
    """Lane i (1, 2, …). A change of one of its own settings runs this function alone, any other change the whole page."""
    flat = of_lane(i)
    key = f"panel{i}"
    with st.container(gap="xsmall", key=f"lane{i}"):
        data = messages.lane(race_of(flat), i, display_of(flat))
        mounts.panel(data, key=key, on_start=lambda: callbacks.start_at(key), on_tried=lambda: callbacks.try_out(key, i))
        rule_controls(i, flat)


def rule_controls(i: int, flat: Flat) -> None:
    """The rule, its rate, its hyperparameters and its schedule."""
    rule = OPTIMIZERS[flat[f"{i}.rule"]]
    ranges = parameters(rule)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        controls.menu(f"{i}.rule", _("Optimizer"), list(OPTIMIZERS), lambda key: _(OPTIMIZERS[key].title), hidden=True)
        formula(i, rule)
        inspect_button(i, flat)
        more_menu(i, flat)
    learning_rate(i, flat)
    row([lambda name=name: live_slider.slider(f"{i}.{name}", ranges[name], i) for name in ranges if name != "lr" and not ranges[name].rare])
    schedule_controls(i, flat)


def learning_rate(i: int, flat: Flat) -> None:
    """The learning rate's slider; beside its name stands whether the rate is the suggested one, what tuning found, or set by hand."""
    found = presets.tuning_of(i, flat)
    tuned = [[flat[f"{i}.lr"], found]] if found else []
    whose = {"at": [*tuned, [memory().followed[i], _("suggested")]], "elsewhere": _("set by hand")}
    live_slider.slider(f"{i}.lr", parameters(OPTIMIZERS[flat[f"{i}.rule"]])["lr"], i, whose)


def schedule_controls(i: int, flat: Flat) -> None:
    """The schedule and its parameters, and the warm-up before it."""
    schedule = SCHEDULES[flat[f"{i}.schedule"]]
    left, right = st.columns(2, gap="small")
    with left:
        controls.menu(f"{i}.schedule", _("Schedule"), list(MENU), lambda key: _(SCHEDULES[key].title))
    with right:
        whole = [[stop, _("whole run")] for stop in stops_with(flat[f"{i}.warmup"], WARMUP.stops()) if stop >= flat["steps"]]
        live_slider.slider(f"{i}.warmup", WARMUP, i, {"at": whole, "elsewhere": ""})
    only_ramp(flat[f"{i}.warmup"], flat["steps"])
    row([lambda n=n, r=r: controls.slider(f"{i}.schedule.{n}", r) for n, r in parameters(schedule).items()])


def only_ramp(warmup: int, steps: int) -> None:
    """A warning where the warm-up is as long as the run, so that the schedule never begins."""
    if warmup >= steps:
        template = _("Warm-up of {warmup} steps in a run of {steps}: the rate climbs to {part} of its peak, and the schedule never begins.")
        st.caption(":orange[⚠] " + template.format(warmup=warmup, steps=steps, part=f"{short(100 * steps / warmup)} %"))


def row(widgets: list[Any]) -> None:
    """Draw widgets, two side by side."""
    for pair in [widgets[k : k + 2] for k in range(0, len(widgets), 2)]:
        for column, widget in zip(st.columns(len(pair), gap="small"), pair, strict=True):
            with column:
                widget()


def formula(i: int, rule: type) -> None:
    """A button that opens the rule's formula, the sentence to keep, and its reference."""
    with small_menu(f"formula{i}", _("Formula"), "function", _("The rule's formula")):
        st.markdown(f"**{_(rule.title)}**")
        st.latex(remarked(rule.formula))
        st.markdown(_(controls.idea(rule)))
        st.caption(rule.reference)


def inspect_button(i: int, flat: Flat) -> None:
    """A button that opens and closes the inspector of this lane."""
    open_ = flat["inspect"] == i
    help = _("Close the inspector") if open_ else _("Look inside each step: the formula with its numbers")
    look = "secondary" if open_ else "tertiary"
    st.button(_("Look inside"), key=f"inside{i}", icon=":material/query_stats:", type=look, help=help, on_click=callbacks.inspect, args=(i,))


def more_menu(i: int, flat: Flat) -> None:
    """The menu "⋯": what is needed less often."""
    with small_menu(f"more{i}", _("More"), "more_horiz", _("More settings, duplicate or remove this lane")):
        rare_controls(i, flat)


def rare_controls(i: int, flat: Flat) -> None:
    """The rare hyperparameters, the suggested rate, noise, and what can be done with the lane itself."""
    proposal, count = memory().followed[i], flat["lanes"]
    rate = _("Use the suggested rate {rate}").format(rate=setting(proposal))
    action(f"propose{i}", rate, callbacks.use_proposal, i, disabled=flat[f"{i}.lr"] == proposal)
    for name, allowed in parameters(OPTIMIZERS[flat[f"{i}.rule"]]).items():
        if allowed.rare:
            controls.slider(f"{i}.{name}", allowed)
    if flat["noise"]:
        controls.switch(f"{i}.quiet", _("This lane without noise"))
    action(f"duplicate{i}", _("Duplicate this lane"), callbacks.duplicate_lane, i, icon="content_copy", disabled=count == MOST_LANES)
    action(f"remove{i}", _("Remove this lane"), callbacks.remove_lane, i, icon="delete", disabled=count == 1)


def small_menu(key: str, name: str, icon: str, help: str) -> Any:
    """A lane's menu under an icon. Its key changes when lanes come or go, so that it closes then."""
    return st.popover(name, icon=f":material/{icon}:", help=help, type="tertiary", key=f"{key}_{memory().moves}")


def action(key: str, label: str, act: Callable[[int], None], i: int, *, icon: str | None = None, disabled: bool = False) -> None:
    """A button that does something to lane i."""
    st.button(label, key=key, icon=icon and f":material/{icon}:", disabled=disabled, on_click=act, args=(i,), width="stretch")

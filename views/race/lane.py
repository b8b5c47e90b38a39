"""One lane: its panel, and under it its controls."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from core import idea, parameters
from core.number import setting, short
from links import Flat
from links.data import is_data, problem_of, sizes, stops
from links.display import display_of
from links.entries import race_of
from links.lanes import MOST_LANES
from links.race import MENU, WARMUP
from links.sliders import stops_with
from locales import _, remarked
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import messages
from player.messages.names import set_to
from views import controls, live_slider, mounts
from views.language import fragment
from views.race import callbacks, presets
from views.race.memory import memory, of_lane


@fragment
def show(i: int) -> None:
    """Lane i (1, 2, …). A change of one of its own settings runs this function alone, any other change the whole page."""
    flat = of_lane(i)
    key = f"panel{i}"
    with st.container(gap=None, key=f"lane{i}"):
        mounts.panel(
            messages.lane(race_of(flat), i, display_of(flat)),
            key=key,
            on_start=lambda: callbacks.start_at(key),
            on_rule=lambda: callbacks.choose_rule(key, i),
            on_tried=lambda: callbacks.try_out(key, i),
        )
        with st.container(gap=None, key=f"controls{i}"):
            lane_controls(i, flat)


def lane_controls(i: int, flat: Flat) -> None:
    """The rate, where the loss comes from data the batch size, the rule's main hyperparameter, and a line for all the rest."""
    learning_rate(i, flat)
    if is_data(flat):
        count = problem_of(flat).count
        live_slider.slider(f"{i}.batch", sizes(count), i, {"at": [[count, _("all")]], "elsewhere": ""}, stops(count), ruled=False)
    for main in in_the_open(i, flat)[:1]:
        live_slider.slider(f"{i}.{main}", parameters(OPTIMIZERS[flat[f"{i}.rule"]])[main], i)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key=f"rest{i}"):
        rest_menu(i, flat)
        formula(i, OPTIMIZERS[flat[f"{i}.rule"]])
        inspect_button(i, flat)
    only_ramp(flat[f"{i}.warmup"], flat["steps"])


def in_the_open(i: int, flat: Flat) -> list[str]:
    """The hyperparameters beside the rate that are not rare, the main one first."""
    return [name for name, allowed in parameters(OPTIMIZERS[flat[f"{i}.rule"]]).items() if name != "lr" and not allowed.rare]


def learning_rate(i: int, flat: Flat) -> None:
    """The learning rate's slider; beside its name stands whether the rate is the suggested one, what tuning found, or set by hand."""
    found = presets.tuning_of(i, flat)
    tuned = [[flat[f"{i}.lr"], found]] if found else []
    whose = {"at": [*tuned, [memory().followed[i], _("suggested")]], "elsewhere": _("set by hand")}
    live_slider.slider(f"{i}.lr", parameters(OPTIMIZERS[flat[f"{i}.rule"]])["lr"], i, whose)


def of(i: int, name: str) -> str:
    """A control's name, with its lane for those who hear the page."""
    return _("Lane {i}: {title}").format(i=i, title=name)


def rest_menu(i: int, flat: Flat) -> None:
    """The line that says how everything else is set, which opens it: further hyperparameters, the schedule, noise, and the lane itself."""
    rule, key = OPTIMIZERS[flat[f"{i}.rule"]], f"rest_menu{i}_{memory().moves}"  # another key closes it, when lanes come or go
    label = f"*{of(i, '').strip()}* {rest_in_words(i, flat)}"
    with st.popover(label, key=key, type="tertiary", help=_("More settings, duplicate or remove this lane")):
        for name in in_the_open(i, flat)[1:]:
            live_slider.slider(f"{i}.{name}", parameters(rule)[name], i)
        schedule_controls(i, flat)
        rare_controls(i, flat)


def rest_in_words(i: int, flat: Flat) -> str:
    """The settings that are not in the open, as they are now: "β₂ 0.999, cosine, warm-up 20"."""
    rule = OPTIMIZERS[flat[f"{i}.rule"]]
    ranges = parameters(rule)
    changed = [name for name, allowed in ranges.items() if allowed.rare and flat[f"{i}.{name}"] != getattr(rule, name)]
    shown = [set_to(ranges[name], flat[f"{i}.{name}"]) for name in [*in_the_open(i, flat)[1:], *changed]]
    ramp = flat[f"{i}.warmup"]
    schedule = [_(SCHEDULES[flat[f"{i}.schedule"]].title), _("warm-up {steps}").format(steps=ramp) if ramp else _("no warm-up")]
    return ", ".join([*shown, *schedule])


def schedule_controls(i: int, flat: Flat) -> None:
    """The schedule and its parameters, and the warm-up before it."""
    schedule = SCHEDULES[flat[f"{i}.schedule"]]
    controls.menu(f"{i}.schedule", _("Schedule"), list(MENU), lambda key: _(SCHEDULES[key].title))
    for name, allowed in parameters(schedule).items():
        controls.slider(f"{i}.schedule.{name}", allowed)
    whole = [[stop, _("whole run")] for stop in stops_with(flat[f"{i}.warmup"], WARMUP.stops()) if stop >= flat["steps"]]
    live_slider.slider(f"{i}.warmup", WARMUP, i, {"at": whole, "elsewhere": ""})


def only_ramp(warmup: int, steps: int) -> None:
    """A warning where the warm-up is as long as the run, so that the schedule never begins."""
    if warmup >= steps:
        template = _("Warm-up of {warmup} steps in a run of {steps}: the rate climbs to {part} of its peak, and the schedule never begins.")
        st.caption(":orange[⚠] " + template.format(warmup=warmup, steps=steps, part=f"{short(100 * steps / warmup)} %"))


def formula(i: int, rule: type) -> None:
    """A button that opens the rule's formula, the sentence to keep, and its reference."""
    key, help = f"formula{i}_{memory().moves}", _("The rule's formula")
    with st.popover(of(i, _("Formula")), icon=":material/function:", help=help, type="tertiary", key=key):
        st.markdown(f"**{_(rule.title)}**")
        st.latex(remarked(rule.formula))
        st.markdown(_(idea(rule)))
        st.caption(rule.reference)


def inspect_button(i: int, flat: Flat) -> None:
    """A button that opens and closes the inspector of this lane."""
    open_ = flat["inspect"] == i
    help = _("Close the inspector") if open_ else _("Look inside each step: the formula with its numbers")
    look = "secondary" if open_ else "tertiary"
    st.button(
        of(i, _("Look inside")), key=f"inspect_lane{i}", icon=":material/query_stats:", type=look, help=help, on_click=callbacks.inspect, args=(i,)
    )


def rare_controls(i: int, flat: Flat) -> None:
    """The rare hyperparameters, the suggested rate, noise, and what can be done with the lane itself."""
    suggestion, count = memory().followed[i], flat["lanes"]
    rate = _("Use the suggested rate {rate}").format(rate=setting(suggestion))
    action(f"suggest{i}", rate, callbacks.use_suggestion, i, disabled=flat[f"{i}.lr"] == suggestion)
    for name, allowed in parameters(OPTIMIZERS[flat[f"{i}.rule"]]).items():
        if allowed.rare:
            controls.slider(f"{i}.{name}", allowed)
    if flat.get("noise"):
        controls.switch(f"{i}.quiet", _("This lane without noise"))
    action(f"duplicate{i}", _("Duplicate this lane"), callbacks.duplicate_lane, i, icon="content_copy", disabled=count == MOST_LANES)
    action(f"remove{i}", _("Remove this lane"), callbacks.remove_lane, i, icon="delete", disabled=count == 1)


def action(key: str, label: str, act: Callable[[int], None], i: int, *, icon: str | None = None, disabled: bool = False) -> None:
    """A button that does something to lane i."""
    st.button(label, key=key, icon=icon and f":material/{icon}:", disabled=disabled, on_click=act, args=(i,), width="stretch")

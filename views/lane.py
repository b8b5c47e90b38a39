"""One lane: its panel, and under it its controls."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from core import N_, parameters
from figures import LOOKS
from landscapes import Landscape
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import pack, panel
from runs import Verdict, gradient_norm, run, stability_limit, verdict
from views import controls, settings, state
from views.language import _
from views.settings import Flat, Lane, Race

MAIN = ("lr", "momentum", "decay", "beta1", "beta2")  # hyperparameters that stand in the open; the others are one click away
VERDICTS = {
    "diverged": N_("diverged at step {step}"),
    "reached": N_("f* reached at step {step}"),
    "local minimum": N_("local minimum"),
    "saddle": N_("at a saddle point"),
}


@lru_cache(maxsize=512)
def numbers(lane: Lane, surface: Landscape, start: tuple[float, float], steps: int) -> tuple[dict[str, np.ndarray], Verdict]:
    """A lane's run as the player needs it, and how it ended; remembered for everyone who asks for the same."""
    trajectory = run(lane.rule, surface, start, steps, lane.schedule)
    constant = (trajectory.lr == trajectory.lr[0]).all()
    with np.errstate(over="ignore"):  # beyond float32's range the trail has long left the picture
        path = np.ascontiguousarray(trajectory.path.T, dtype=np.float32)
    arrays = {
        "path": path,
        "loss": trajectory.loss,
        "slope": gradient_norm(trajectory, surface),
        "rate": trajectory.lr[:1] if constant else trajectory.lr,
    }
    return arrays, verdict(trajectory, surface)


def show(i: int, race: Race, flat: Flat) -> None:
    """Lane i: 1, 2, …"""
    lane = race.lanes[i - 1]
    arrays, ended = numbers(lane, race.surface, race.start, race.steps)
    key = f"panel{i}"
    panel(pack({"lane": described(i, lane, flat, ended) | arrays}), key=key, on_start=lambda: state.start_at(key))
    rule_controls(i, flat)
    hint(lane, race)


def described(i: int, lane: Lane, flat: Flat, ended: Verdict) -> dict[str, Any]:
    """What the panel says about its lane."""
    look = LOOKS[i - 1]
    titles = [OPTIMIZERS[flat[f"{j}.rule"]].title for j in range(1, flat["lanes"] + 1)]
    title = lane.rule.title if titles.count(lane.rule.title) == 1 else f"{lane.rule.title} ({i})"
    text = VERDICTS.get(ended.kind)
    return {
        "index": i,
        "title": title,
        "summary": _("Lane {i}: {title}").format(i=i, title=title),
        "settings": settings_in_words(i, lane, flat),
        "colours": {"light": look.light, "dark": look.dark},
        "marker": look.marker,
        "dash": look.dash,
        "verdict": {"step": ended.step, "kind": ended.kind, "text": _(text).format(step=ended.step)} if text else None,
        "words": {"step": _("step"), "rate": _("learning rate of this step"), "home": _("Show the whole map again")},
    }


def settings_in_words(i: int, lane: Lane, flat: Flat) -> list[str]:
    """The lane's settings for the picture's caption, a line for the rule and one for its schedule."""
    rule = ", ".join(f"{name} = {controls.number(getattr(lane.rule, name))}" for name in parameters(lane.rule))
    schedule = SCHEDULES[flat[f"{i}.schedule"]]
    shape = [f"{name} = {controls.number(flat[f'{i}.schedule.{name}'])}" for name in parameters(schedule)]
    warmup = [_("warm-up {steps}").format(steps=flat[f"{i}.warmup"])] if flat[f"{i}.warmup"] else []
    return [rule, ", ".join([_(schedule.title), *shape, *warmup])]


def rule_controls(i: int, flat: Flat) -> None:
    """The rule, its rate, its hyperparameters and its schedule."""
    rule = OPTIMIZERS[flat[f"{i}.rule"]]
    ranges = parameters(rule)
    first, second, third = st.columns([6, 1, 1], gap="xsmall", vertical_alignment="center")
    with first:
        controls.menu(f"{i}.rule", _("Optimizer"), list(OPTIMIZERS), lambda key: OPTIMIZERS[key].title, hidden=True)
    with second:
        formula(rule)
    with third:
        more(i, flat)
    rate(i, flat)
    row([lambda name=name: controls.slider(f"{i}.{name}", controls.name(name), ranges[name]) for name in ranges if name in MAIN and name != "lr"])
    schedule_controls(i, flat)


def rate(i: int, flat: Flat) -> None:
    """The learning rate, and whether it is the page's proposal or the person's own."""
    own = flat[f"{i}.lr"] != st.session_state.followed[i]
    label = f"{controls.name('lr')} · :gray[{_('set by hand') if own else _('proposed')}]"
    controls.slider(f"{i}.lr", label, parameters(OPTIMIZERS[flat[f"{i}.rule"]])["lr"])


def schedule_controls(i: int, flat: Flat) -> None:
    schedule = SCHEDULES[flat[f"{i}.schedule"]]
    left, right = st.columns(2, gap="small")
    with left:
        controls.menu(f"{i}.schedule", _("Schedule"), list(settings.MENU), lambda key: _(SCHEDULES[key].title))
    with right:
        controls.slider(f"{i}.warmup", controls.name("steps"), settings.WARMUP)
    row([lambda n=n, r=r: controls.slider(f"{i}.schedule.{n}", controls.name(n), r) for n, r in parameters(schedule).items()])


def row(widgets: list[Any]) -> None:
    """Widgets side by side, two in a row."""
    for pair in [widgets[k : k + 2] for k in range(0, len(widgets), 2)]:
        for column, widget in zip(st.columns(len(pair), gap="small"), pair, strict=True):
            with column:
                widget()


def formula(rule: type) -> None:
    """The rule's formula, one click away, with what it is and where it comes from."""
    with st.popover("", icon=":material/function:", help=_("The rule's formula"), type="tertiary"):
        st.markdown(f"**{rule.title}**")
        st.latex(rule.formula)
        st.markdown(_(idea(rule)))
        st.caption(rule.reference)


def idea(entry: type) -> str:
    """The first paragraph of an entry's docstring: the sentence that a student keeps."""
    return " ".join((entry.__doc__ or "").split("\n\n")[0].split())


def more(i: int, flat: Flat) -> None:
    """What is needed less often: the remaining hyperparameters, and the lane itself."""
    ranges = parameters(OPTIMIZERS[flat[f"{i}.rule"]])
    with st.popover("", icon=":material/more_horiz:", help=_("More settings, duplicate or remove this lane"), type="tertiary"):
        proposal = st.session_state.followed[i]
        own = flat[f"{i}.lr"] != proposal
        st.button(
            _("Use the proposed rate {rate}").format(rate=controls.number(proposal)),
            key=f"propose{i}",
            disabled=not own,
            on_click=state.use_proposal,
            args=(i,),
            width="stretch",
        )
        for name in ranges:
            if name not in MAIN:
                controls.slider(f"{i}.{name}", controls.name(name), ranges[name])
        st.button(
            _("Duplicate this lane"),
            key=f"duplicate{i}",
            icon=":material/content_copy:",
            disabled=flat["lanes"] == settings.MOST_LANES,
            on_click=state.duplicate_lane,
            args=(i,),
            width="stretch",
        )
        st.button(
            _("Remove this lane"),
            key=f"remove{i}",
            icon=":material/delete:",
            disabled=flat["lanes"] == 1,
            on_click=state.remove_lane,
            args=(i,),
            width="stretch",
        )


def hint(lane: Lane, race: Race) -> None:
    """A quiet sentence where theory says that the peak rate is too large for the quadratic at the start or at the nearest minimum."""
    limits = stability_limit(lane.rule, race.surface, race.start)
    places = {"start": _("the start"), "minimum": _("the nearest minimum")}
    beyond = {place: limit for place, limit in limits.items() if lane.rule.lr > limit}
    if beyond:
        where = _(" and at ").join(f"{places[place]} ({controls.number(float(f'{limit:.3g}'))})" for place, limit in beyond.items())
        st.caption(_("η is beyond the stability limit at {where}.").format(where=where))

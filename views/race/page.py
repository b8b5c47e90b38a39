"""What stands on the Race page, from top to bottom."""

from __future__ import annotations

import streamlit as st

from core import N_, Text, parameters, texts
from core.formula import FormulaError
from core.number import short
from landscapes import LANDSCAPES
from links import Flat
from links.display import Display, display_of
from links.entries import race_of, surface_of
from links.lanes import MOST_LANES
from links.race import NOISE, NOISES, SEED, STEPS
from links.zoom import PLACE
from locales import LANGUAGES, _, said
from player import messages
from runs.race import MANY, Race
from views import controls, mounts, styles, trouble
from views.complaints import complain, warn
from views.pages import Page, brand
from views.race import callbacks, lane, scenes
from views.race.headline import headline
from views.race.memory import RaceMemory, memory, whole_race
from views.race.view_menu import view_menu
from views.visit import memory_of, visit


def page() -> None:
    """Draw the page with the settings of this rerun."""
    with whole_race() as flat:
        draw(flat)


def draw(flat: Flat) -> None:
    """The same with these settings. Lanes stand above the curves, except that one large map comes first, with the curves beside it."""
    race, display = race_of(flat), display_of(flat)
    st.html(styles.left_out(display.hidden, display.present))
    complain(memory())
    top(flat)
    headline(flat, race.surface)
    board(race, display)
    transport(race, display)


def board(race: Race, display: Display) -> None:
    """The maps with their lanes, and the curves."""
    mounts.stage(messages.rules(), key="stage_rules", on_view=lambda: None)
    mounts.stage(messages.settings(display), key="stage_settings", on_view=lambda: None)
    mounts.stage(messages.surface(race, display), key="stage_surface", on_view=lambda: callbacks.keep_view("stage_surface"))
    with st.container(key="board", gap=None):
        mounts.overlay(messages.overlay(), key="overlay_panel", on_start=lambda: callbacks.start_at("overlay_panel"))
        with st.container(key="lanes", gap=None):
            for i in range(1, len(race.lanes) + 1):
                lane.show(i)
        mounts.curves(messages.curves(race, display), key="curves", on_choice=lambda: callbacks.keep_curve("curves"))
        inspect(display.inspected)


def transport(race: Race, display: Display) -> None:
    """The player's bar."""
    own = memory()
    clock = {name: own.asked.get(name) for name in ("at", "play")}
    visited = clock | {"visit": visit().name, "reset": own.resets, "scene": scenes.progress(), "dialogs": trouble.dialogs()}
    mounts.transport(
        messages.transport(race, display) | visited,
        key="transport",
        on_change=callbacks.keep_transport,
        on_mode=lambda: callbacks.keep_mode("transport"),
        on_scene=lambda: scenes.asked("transport"),
    )


def inspect(i: int) -> None:
    """The inspector of lane i; nothing for 0."""
    if i:
        mounts.inspector(messages.inspector(i), key="inspector", on_close=lambda: callbacks.inspect(i))


def top(flat: Flat) -> None:
    """The row at the top: the surface and its parameters, the start, the number of steps, the menus and buttons; below it what is typed."""
    surface = surface_of(flat)
    with st.container(key="top", horizontal=True, gap="xsmall", vertical_alignment="center"):
        brand("race")
        controls.menu("surface", _("Surface"), list(LANDSCAPES), lambda key: _(LANDSCAPES[key].title), hidden=True, width=150)
        shape(flat)
        for axis in ("x", "y"):
            controls.number_field(axis, _("Start {axis}").format(axis=axis), PLACE, step=0.1, format="%.6g", width=118)
        controls.number_field("steps", _("Steps"), STEPS, step=10, width=104)
        noise(flat)
        view_menu(flat)
        scenes.menu()
        st.space("stretch")
        full = flat["lanes"] == MOST_LANES
        st.button(_("Add lane"), key="add", icon=":material/add:", disabled=full, on_click=callbacks.add_lane)
        st.button(_("Reset"), key="reset_button", icon=":material/restart_alt:", on_click=callbacks.reset, help=_("Back to the opening"))
        controls.menu("lang", _("Language"), list(LANGUAGES), LANGUAGES.__getitem__, hidden=True, width=98)
    for name, allowed in texts(surface).items():
        typed(name, allowed, flat)
    if words := searched(race_of(flat), surface.lowest):
        st.caption(words)


def searched(race: Race, known: float | None) -> str:
    """A sentence where a run contradicts the search for minima, or the search found none; `known` is the lowest value that it found."""
    surface = race.surface
    if surface.listed != "found" or (surface.lowest is not None and not race.deeper):
        return ""
    if surface.lowest is None:
        return _("The search found no minimum on this map.")
    if surface.lowest == known:
        template = _("Lane {i} passes below f* = {known}, and the way down from there leads to no minimum on this map.")
    elif known is None:
        template = _("Lane {i} led to a minimum that the search had missed: for all lanes f* = {lowest}, at ({x}, {y}).")
    else:
        template = _("Lane {i} passed below f* = {known}, the lowest that the search had found: for all lanes f* is now {lowest}, at ({x}, {y}).")
    values = dict(zip(("known", "lowest", "x", "y"), (known, surface.lowest, *surface.minima()[:, 0]), strict=True))
    return template.format(i=race.deeper, **{name: short(float(v)) for name, v in values.items() if v is not None})


def shape(flat: Flat) -> None:
    """The menu of the surface's own parameters, whose button says how they are set; nothing where it has none."""
    ranges = parameters(surface_of(flat))
    if not ranges:
        return
    with st.popover(", ".join(messages.set_to(allowed, flat[f"surface.{name}"]) for name, allowed in ranges.items()), key="shape_menu"):
        for name, allowed in ranges.items():
            controls.slider(f"surface.{name}", allowed)


def noise(flat: Flat) -> None:
    """The menu for the gradient's noise; its button shows σ where there is noise."""
    on = f" σ {short(flat['noise'])}" if flat["noise"] else ""
    with st.popover(_("Noise") + on, key="noise_menu"):
        controls.slider("noise", NOISE, stops=NOISES)
        controls.number_field("seed", _("Seed"), SEED, step=1, help=_(SEED.help))
        explained = _(
            "Each lane is run {runs} times with noise of its own: dots on the map, their mean loss with a 10–90 % band on the curve; the pale trail "
            "is the single run. Thin dashes are what theory predicts in the long run, where it does: two standard deviations on the map, the mean "
            "loss on the curve; exact for a quadratic at a constant rate."
        ).format(runs=MANY)
        controls.switch("many", _("Many runs"), disabled=not flat["noise"], help=explained)


def typed(name: str, allowed: Text, flat: Flat) -> None:
    """A field for a text of the surface; under it, where the text has no meaning, what is wrong with it and which text is in use instead."""
    callbacks.show_text(name)
    controls.field(f"typed.{name}", allowed, lambda: callbacks.type_text(name))
    if refused := callbacks.refused(name):
        text, reason = refused.typed, refused.reason
        used = _("In use is {text}.").format(text=flat[f"surface.{name}"])
        with st.container(gap=None, key=f"refused_{name}"):
            warn(f"{said(reason)} {used}")
            if isinstance(reason, FormulaError):
                st.code(f"{text}\n{controls.under(text, reason.position)}", language=None)


PAGE = Page(page, "Descent Lab", N_("Race"), address=lambda: memory_of(RaceMemory).address())

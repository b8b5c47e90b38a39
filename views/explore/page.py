"""What stands on the Explore page, from top to bottom."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from core import N_, Range, parameters
from landscapes import LANDSCAPES
from links import Flat
from links.axes import settings_of
from links.display import display_of
from links.entries import race_of, surface_of
from links.explorations import EXPLORATIONS, exploration_of
from links.explore import AXES, measures, race_link
from links.race import MENU, NOISE, NOISES, RACE, SEED, STEPS, WARMUP
from links.scenes import makes_the_race
from locales import LANGUAGES, _
from optimizers import OPTIMIZERS
from optimizers.schedules import SCHEDULES
from player import messages
from views import controls, live_slider, mounts, styles, trouble
from views.complaints import complain
from views.explore import memory as own_memory
from views.explore.memory import memory
from views.language import preferred
from views.pages import Page, brand, link_to
from views.visit import visit

STYLE = Path(__file__).with_name("style.css")


def page() -> None:
    """Draw the page with the settings of this rerun."""
    own = memory()
    flat = own.read()
    draw(flat)
    own.to_address()


def draw(flat: Flat) -> None:
    """The same with these settings: controls, the map of runs, and beside it the surface with the runs that are looked at."""
    st.html(STYLE)
    st.html(styles.left_out(flat["hide"].split(","), bool(flat["present"])))
    complain(memory())
    top(flat)
    headline(flat)
    lane = {key: value for key, value in flat.items() if key.startswith("1.") or makes_the_race(key) or key == "lang"}
    single = RACE.read(lane | {"lanes": 1}, preferred())[0]
    race, display = race_of(single), display_of(single)
    mounts.stage(messages.explored(flat), key="stage_settings", on_view=lambda: None)
    mounts.stage(messages.surface(race, display), key="stage_surface", on_view=lambda: None)
    with st.container(key="explore"):
        with st.container(key="controls_explore", gap=None):
            knobs(flat)
        mounts.sweep(
            messages.sweep(flat),
            key="sweep_map",
            on_view=lambda: own_memory.keep_view("sweep_map"),
            on_kept=lambda: own_memory.keep_cells("sweep_map"),
        )
        with st.container(key="panel", gap="small"):
            mounts.beside(messages.overlay(), key="beside", on_start=lambda: own_memory.start_at("beside"))
            mounts.curves(messages.curves(race, display), key="curves", on_choice=lambda: None)
            kept(flat)
    bar(flat, messages.transport(race, display))


def bar(flat: Flat, message: dict[str, object]) -> None:
    """The player's bar, for the runs beside the map."""
    own = memory()
    visited = {"at": own.asked.get("at", flat["steps"]), "play": own.asked.get("play"), "visit": visit().name, "reset": own.resets}
    mounts.transport(
        message | messages.of_explore(flat) | visited | {"scene": [0, 0], "dialogs": trouble.dialogs()},
        key="transport",
        on_change=lambda _: None,
        on_mode=lambda: own_memory.keep_mode("transport"),
        on_scene=lambda: None,
    )


def top(flat: Flat) -> None:
    """The row at the top: the surface, the rule, both axes, what is shown, and the language."""
    with st.container(key="top", horizontal=True, gap="xsmall", vertical_alignment="center"):
        brand("explore")
        controls.menu("surface", _("Surface"), list(LANDSCAPES), lambda key: _(LANDSCAPES[key].title), hidden=True, width=150)
        controls.menu("1.rule", _("Rule"), list(OPTIMIZERS), lambda key: _(OPTIMIZERS[key].title), hidden=True, width=165)
        options = settings_of(flat)
        for name, label, arrow in zip(AXES, (_("Across"), _("Up")), "→↑", strict=True):
            controls.menu(name, label, list(options), lambda key, arrow=arrow: f"{arrow} {_(options[key].label)}", hidden=True, width=180)
        controls.menu("measure", _("Colour"), list(measures(flat)), lambda key: _(measures(flat)[key]), hidden=True, width=195)
        presets()
        st.space("stretch")
        st.button(_("Reset"), key="reset_button", icon=":material/restart_alt:", on_click=own_memory.show, args=({},), help=_("Back to the opening"))
        controls.menu("lang", _("Language"), list(LANGUAGES), LANGUAGES.__getitem__, hidden=True, width=98)


def presets() -> None:
    """The menu of maps worth seeing."""
    with st.popover(_("Maps"), key=f"maps_{memory().resets}"), st.container(gap=None):
        for each in EXPLORATIONS:
            st.button(_(each.said.title), key=f"preset {each.name}", type="tertiary", on_click=own_memory.show, args=(each.link,))


def headline(flat: Flat) -> None:
    """What is to be seen on a map worth seeing, while it is shown."""
    if known := exploration_of(flat):
        with st.container(key="said_of_map"):
            st.markdown(_(known.said.sentence))


def knobs(flat: Flat) -> None:
    """A slider for each setting of the runs that is no axis; the map follows it."""
    axes = [flat[name] for name in AXES]
    for name, allowed in parameters(OPTIMIZERS[flat["1.rule"]]).items():
        if f"1.{name}" not in axes:
            live_slider.slider(f"1.{name}", allowed)
    for name, allowed in parameters(surface_of(flat)).items():
        if f"surface.{name}" not in axes:
            live_slider.slider(f"surface.{name}", allowed)
    for axis, ends in zip("xy", surface_of(flat).domain, strict=True):
        if axis not in axes:
            live_slider.slider(axis, settings_of(flat)[axis], stops=between(*ends))
    live_slider.slider("steps", labelled(STEPS, _("Steps")))
    controls.menu("1.schedule", _("Schedule"), list(MENU), lambda key: _(SCHEDULES[key].title))
    for name, allowed in parameters(SCHEDULES[flat["1.schedule"]]).items():
        if f"1.schedule.{name}" not in axes:
            live_slider.slider(f"1.schedule.{name}", allowed)
    if "1.warmup" not in axes:
        live_slider.slider("1.warmup", WARMUP)
    if "noise" not in axes:
        live_slider.slider("noise", NOISE, stops=NOISES)
    if flat["noise"] or "noise" in axes:
        live_slider.slider("seed", labelled(SEED, _("Seed")), stops=[float(v) for v in range(100)])


def labelled(allowed: Range, label: str) -> Range:
    """The range under this name."""
    return Range(allowed.low, allowed.high, whole=allowed.whole, within=allowed.within, label=label, help=allowed.help)


def between(low: float, high: float) -> list[float]:
    """A hundred stops across the map."""
    return [float(f"{low + (high - low) * k / 100:.4g}") for k in range(101)]


def kept(flat: Flat) -> None:
    """What can be done with the cells that are kept."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="kept_cells"):
        label = _("Open these in the race") if flat["kept"] else _("Open in the race")
        link_to("race", label, ":material/arrow_forward:", race_link(flat, preferred()))
        if not flat["kept"]:
            st.caption(_("Point at a cell to see its run; a click keeps it, up to eight."))
        else:
            st.button(_("Let go of all"), key="let_go", icon=":material/close:", type="tertiary", on_click=let_go)


def let_go() -> None:
    """Keep no cell any longer (in a callback)."""
    st.session_state["kept"] = ""


PAGE = Page(page, "Explore · Descent Lab", N_("Explore"), path="explore", address=lambda: memory().address())

"""What stands on the Data page, from top to bottom: the data, and a race on the loss that they make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import streamlit as st

import figures
from core import N_, parameters
from core.number import short
from links import Flat
from links.data import OVER, problem_of
from links.display import display_of
from links.entries import race_of
from links.lanes import MOST_LANES
from links.race import SEED, STEPS
from links.zoom import PLACE
from locales import LANGUAGES, _
from player import messages
from problems import PROBLEMS, Problem
from problems.losses.base import GENERATING
from problems.points import SETS, SOURCES, TITLES
from runs.differences import differences
from runs.race import MANY
from views import controls, mounts, styles
from views.catalogue.markup import picture
from views.complaints import complain
from views.data.memory import DataMemory, keep_points, memory
from views.pages import Page, brand
from views.race import callbacks, scenes
from views.race.headline import headline
from views.race.memory import whole_race
from views.race.page import board, transport
from views.race.view_menu import view_menu

EXACT = 1e-9  # of the gradient: a wide difference that is no farther off is right but for rounding
STYLE = Path(__file__).with_name("style.css")


def page() -> None:
    """Draw the page with the settings of this rerun."""
    with whole_race(DataMemory) as flat:
        draw(flat)


def draw(flat: Flat) -> None:
    """The same with these settings."""
    race, display = race_of(flat), display_of(flat)
    st.html(styles.left_out(display.hidden, display.present))
    complain(memory())
    top(flat)
    headline(flat, race.surface)
    st.html(STYLE)
    with st.container(key="data_board", gap=None):
        with st.container(key="examples_panel", gap=None):
            mounts.examples(messages.data(race), key="examples", on_points=keep_points)
        with st.container(key="data_maps", gap=None):
            board(race, display)
    transport(race, display)


def top(flat: Flat) -> None:
    """The row at the top: the model, its data, the batches, the start, and the menus and buttons of every race."""
    with st.container(key="top", horizontal=True, gap="xsmall", vertical_alignment="center"):
        brand("data")
        controls.menu("surface", _("Model"), list(PROBLEMS), lambda key: _(PROBLEMS[key].title), hidden=True, width=165)
        examples(flat)
        batches(flat)
        for axis, weight in [pair for pair in zip("xy", problem_of(flat).weights, strict=True) if pair[1]]:
            controls.number_field(axis, _("Start {axis}").format(axis=weight), PLACE, step=0.1, format="%.6g", width=108)
        controls.number_field("steps", _("Steps"), STEPS, step=10, width=104)
        view_menu(flat)
        scenes.menu()
        st.space("stretch")
        full = flat["lanes"] == MOST_LANES
        st.button(_("Add lane"), key="add", icon=":material/add:", disabled=full, on_click=callbacks.add_lane)
        st.button(_("Reset"), key="reset_button", icon=":material/restart_alt:", on_click=callbacks.reset, help=_("Back to the opening"))
        controls.menu("lang", _("Language"), list(LANGUAGES), LANGUAGES.__getitem__, hidden=True, width=98)


def examples(flat: Flat) -> None:
    """The menu of the data: how examples are generated."""
    surface = problem_of(flat)
    sets = ["", *([] if surface.classes else SETS)]
    own = flat["surface.points"]
    titles = {name: _(TITLES[name]) for name in SETS} | {"": _("Generated")}
    titles.setdefault(own, _("{count} points of your own").format(count=surface.count))
    with st.popover(_("Data"), key="data_menu"):
        left, right = st.columns(2, gap="medium")
        with left:
            controls.menu("surface.points", _("Examples"), sets if own in sets else [*sets, own], titles.__getitem__)
            if own in SOURCES:
                st.caption(_(SOURCES[own]))
            for name, allowed in parameters(surface).items():
                if not own or name not in GENERATING:
                    controls.slider(f"surface.{name}", allowed)
        with right, st.container(key="data_check"):
            gradient_check(surface, (flat["x"], flat["y"]))


def gradient_check(problem: Problem, start: tuple[float, float]) -> None:
    """The gradient by formula beside the one by differences, at the start."""
    found = differences(problem, np.array(start))
    best = int(found.errors.argmin())
    asked = _(
        "Is the gradient right? Central differences (f(p + h) − f(p − h)) / 2h at the start, and how far they are off: at best {error} with "
        "h = {width}. They cost 2P evaluations of f a step, here {count}."
    )
    narrow = _("The narrower they are, the more digits they lose (1/h).")
    wide = _("This loss is quadratic: none is too wide.") if found.errors[-1] < EXACT else _("Wide ones leave out the third derivative (h²).")
    values = {"error": short(float(found.errors[best])), "width": short(float(f"{found.widths[best]:.1g}")), "count": found.evaluations}
    st.caption(" ".join([asked.format(**values), narrow, wide]))
    st.html(picture(_("The error of central differences over their width"), figures.v_shape(found)))


def batches(flat: Flat) -> None:
    """The menu of what is drawn by chance: batches, and by which seed."""
    with st.popover(_("Batches"), key="batches_menu"):
        help = _("Shuffled, each epoch shows every example once; where B does not divide N, its last batch has what is left.")
        controls.switch("anew", _("Drawn anew in each step"), help=help)
        controls.number_field("seed", _("Seed"), SEED, step=1, help=_("Another seed makes other batches; all lanes have the same."))
        explained = _(
            "Each lane is run {runs} times with batches of its own: dots on the map, their mean loss with a 10–90 % band on the curve. Thin "
            "dashes are what theory predicts of the mean loss in the long run, for batches drawn anew and noise that is the same everywhere."
        ).format(runs=MANY)
        controls.switch("many", _("Many runs"), help=explained)
        controls.choice("over", _("Charts over"), list(OVER), lambda key: _(OVER[key]))


PAGE = Page(page, "Data · Descent Lab", N_("Data"), path="data", address=lambda: memory().address())

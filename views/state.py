"""Between the address bar, the widgets and the settings: what a visit's memory holds, and the callbacks that change several settings at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import uuid4

import streamlit as st

from core import InputError, parameters, texts
from landscapes import LANDSCAPES
from links import Flat
from links.catalogue import CATALOGUE
from links.entries import proposed, race_of, surface_of
from links.lanes import MOST_LANES, free_look, lanes_of, with_lanes
from links.race import RACE
from links.zoom import zoom_to
from locales import speak
from optimizers import OPTIMIZERS
from serving import private
from views.language import carried, preferred
from views.tied import keep_keys

MEMORY = st.session_state


def current() -> Flat:
    """The settings of this rerun, complete, and put where the widgets will find them.

    They come from the address when the page is arrived at, and from the widgets otherwise. A rate that was the
    proposed one follows the proposal; any other stays.
    """
    if arrived("race"):
        forget()
        MEMORY.flat, MEMORY.complaints = RACE.read_link(private.query(), preferred())
        MEMORY.at = MEMORY.flat.pop("at", None)
        MEMORY.setdefault("reset", 0)
        MEMORY.setdefault("moves", 0)
    else:
        given = {key: MEMORY.get(key, value) for key, value in MEMORY.flat.items()}
        before, followed = MEMORY.flat, MEMORY.followed
        stale = {f"{i}.lr" for i in range(1, before["lanes"] + 1) if given.get(f"{i}.lr") == followed.get(i)}
        MEMORY.flat, _ = RACE.read(fitting(given, before, stale), preferred())
    flat = MEMORY.flat
    MEMORY.refused = {key: said for key, said in MEMORY.refused.items() if key in flat}
    MEMORY.followed = {i: proposed(flat, i) for i in range(1, flat["lanes"] + 1)}
    MEMORY.update(flat)
    speak(flat["lang"])
    return flat


@contextmanager
def visit() -> Iterator[None]:
    """While a page is drawn as a whole; only then it has been arrived at.

    The server may have forgotten the visit of a page that is still open (it was started anew, or the browser was away for minutes). The first
    that it hears of it then is a change, which means nothing before the page stands here as well: it is drawn from its address and shown to
    nobody, and then the change is heard.
    """
    MEMORY.setdefault("visit", uuid4().hex)
    unheard = [] if "page" in MEMORY else private.told()
    if unheard:
        keep_keys(private.key_of(state) for state in unheard)
    with private.unseen(unheard) if unheard else nullcontext():
        yield
        MEMORY.page = MEMORY.arriving


def arrived(page: str) -> bool:
    """Whether this rerun shows a page anew: the first of a visit, from another page, or by Back or Forward. What is set is then in the address."""
    MEMORY.arriving = page
    return MEMORY.get("page") != page or private.went_back_or_forward()


def fitting(given: Flat, before: Flat, stale: set[str]) -> Flat:
    """What still holds after a change: a new surface brings its own parameters and start, a new rule its own hyperparameters."""
    dropped = set(stale)
    if given["surface"] != before["surface"]:
        dropped |= {key for key in given if key.startswith(("surface.", "zoom"))} | {"x", "y"}
    elif surface_of(given).start != (usual := surface_of(before).start) and (given["x"], given["y"]) == usual:
        dropped |= {"x", "y"}  # a start that nobody chose follows the surface
    for i in range(1, before["lanes"] + 1):
        if given[f"{i}.rule"] != before[f"{i}.rule"]:
            dropped |= {f"{i}.{name}" for name in parameters(OPTIMIZERS[before[f"{i}.rule"]])} - {f"{i}.lr"}
        if given[f"{i}.schedule"] != before[f"{i}.schedule"]:
            dropped |= {key for key in given if key.startswith(f"{i}.schedule.")}
    return {key: value for key, value in given.items() if key not in dropped}


def forget() -> None:
    """Let go of every setting, so that none outlives the lane or the surface it belonged to."""
    for key in MEMORY.get("flat", {}):
        if key in MEMORY:
            del MEMORY[key]
    MEMORY.refused = {}


def put(flat: Flat) -> None:
    """Replace all settings (in a callback)."""
    forget()
    MEMORY.moves += 1
    MEMORY.flat = flat
    MEMORY.update(flat)


def drawn(flat: Flat) -> None:
    """Remember what the page shows now, and write what differs from the opening to the address bar."""
    to_address(RACE.short(flat, preferred()))
    MEMORY.drawn = flat


def to_address(wanted: dict[str, str]) -> None:
    """Let the address bar show these parameters, as one entry of the history."""
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def of_catalogue() -> str:
    """The section that the Catalogue shows; its address keeps it, and the language."""
    given = st.query_params.to_dict() if arrived("catalogue") else {key: MEMORY[key] for key in ("lang", "section")}
    flat, _ignored = CATALOGUE.read(given, preferred())
    MEMORY.update(flat)
    speak(flat["lang"])
    to_address(CATALOGUE.short(flat, preferred()))
    return flat["section"]


def race_address() -> dict[str, str]:
    """The parameters of a link to the race as it was left, or as it opens."""
    return RACE.short(MEMORY.flat | {"lang": MEMORY.lang}, preferred()) if "flat" in MEMORY else carried()


@contextmanager
def whole_page() -> Iterator[Flat]:
    """The settings while the whole page is drawn; then they go to the address bar."""
    MEMORY.whole = True
    try:
        yield current()
        drawn(MEMORY.flat)
    finally:
        MEMORY.whole = False


def of_lane(i: int) -> Flat:
    """The settings while lane i is drawn. Where it reruns alone and more than its own have changed, or f* has, the whole page is run again."""
    if MEMORY.whole:
        return MEMORY.flat
    before, flat = MEMORY.drawn, current()
    changed = {key for key in before.keys() | flat.keys() if before.get(key) != flat.get(key)}
    known = [(race.surface, race.deeper) for race in (race_of(before), race_of(flat))]  # a lane may lead to a deeper minimum
    if known[0] != known[1] or f"{i}.rule" in changed or not all(key.startswith(f"{i}.") for key in changed):
        st.rerun()
    drawn(flat)
    return flat


def add_lane() -> None:
    """A new lane with the next rule in line."""
    count = min(MEMORY.flat["lanes"] + 1, MOST_LANES)
    flat = MEMORY.flat | {"lanes": count, f"{count}.look": free_look(MEMORY.flat)}
    put(RACE.read(flat, preferred())[0])


def duplicate_lane(i: int) -> None:
    """The same lane once more, right beside it."""
    lanes = lanes_of(MEMORY.flat)
    twin = lanes[i - 1] | {"look": free_look(MEMORY.flat)}
    flat, inspected = MEMORY.flat, MEMORY.flat["inspect"]
    put(with_lanes(flat | {"inspect": inspected + (inspected > i)}, [*lanes[:i], twin, *lanes[i:]]))


def remove_lane(i: int) -> None:
    lanes = lanes_of(MEMORY.flat)
    flat, inspected = MEMORY.flat, MEMORY.flat["inspect"]
    put(with_lanes(flat | {"inspect": 0 if inspected == i else inspected - (inspected > i)}, lanes[: i - 1] + lanes[i:]))


def look_inside(i: int) -> None:
    """Look into lane i's steps, or no longer."""
    MEMORY.inspect = 0 if MEMORY.flat["inspect"] == i else i


def use_proposal(i: int) -> None:
    """Let lane i's rate follow the proposal again."""
    MEMORY[f"{i}.lr"] = MEMORY.followed[i]


def reset() -> None:
    """Back to the opening, in the same language."""
    put(RACE.read({"lang": MEMORY.flat["lang"]}, preferred())[0])
    MEMORY.complaints, MEMORY.at = [], None
    MEMORY.reset += 1


def type_text(name: str) -> None:
    """What was typed for the surface; where it has no meaning, it stays in its field and the last one that had stays in use."""
    key, typed = f"surface.{name}", MEMORY[f"typed.{name}"]
    try:
        texts(LANDSCAPES[MEMORY.flat["surface"]])[name].check(typed)
        MEMORY[key] = typed
        MEMORY.refused.pop(key, None)
    except InputError as reason:
        MEMORY.refused[key] = (MEMORY[key], typed, reason)


def show_text(name: str) -> None:
    """Put the text in use into its field, unless what was refused stands there."""
    if not refused(name) and MEMORY.get(f"typed.{name}") != MEMORY.flat[f"surface.{name}"]:
        MEMORY[f"typed.{name}"] = MEMORY.flat[f"surface.{name}"]


def refused(name: str) -> tuple[str, InputError] | None:
    """The text that stands in a field of the surface and has no meaning, and why."""
    good, typed, reason = MEMORY.refused.get(f"surface.{name}", (None, None, None))
    still = good == MEMORY.flat.get(f"surface.{name}") and typed == MEMORY.get(f"typed.{name}")
    return (typed, reason) if typed and reason and still else None


def start_at(panel: str) -> None:
    """Start where that panel was clicked."""
    point: Any = MEMORY[panel].start
    if point is not None:
        MEMORY.x, MEMORY.y = (float(v) for v in point)


def keep_view(maps: str) -> None:
    """Show the part of the surface that was zoomed to."""
    view: Any = MEMORY[maps].view
    MEMORY.update(zoom_to(MEMORY.flat, view))


def keep_curve(curves: str) -> None:
    """Show the chosen quantity in one of the charts."""
    choice: Any = MEMORY[curves].choice
    if choice is not None:
        side, quantity = choice
        MEMORY[f"curve.{side}"] = quantity


def keep_transport(bar: str) -> None:
    """Speed and loop as the transport bar has them."""
    kept: Any = MEMORY[bar].kept
    if kept is not None:
        MEMORY.speed, MEMORY.loop = float(kept["speed"]), int(kept["loop"])


def keep_mode(bar: str) -> None:
    """How the page is shown, as the transport bar has it."""
    mode: Any = MEMORY[bar].mode
    if mode is not None:
        MEMORY.present, MEMORY.hide, MEMORY.predict = int(mode["present"]), ",".join(mode["hide"]), int(mode["predict"])

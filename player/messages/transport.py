"""What the transport bar is sent: its words, the race's length, and the picture's name and caption."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from core import texts
from core.number import exact
from figures import MOST
from links.display import Display
from links.entries import named
from links.race import SPEEDS
from locales import _
from player.messages import classroom
from player.messages.export import export
from player.messages.words import set_exactly
from problems import Problem
from runs.race import Race


def transport(race: Race, display: Display) -> dict[str, Any]:
    """The bar, its classroom buttons among it."""
    return {
        "words": words() | classroom.words() | shared(),
        "export": export(),
        "most": MOST,
        "steps": race.steps,
        "speed": display.speed,
        "loop": display.loop,
        "speeds": SPEEDS,
        "picture": file_name(race, display.hidden),
        "note": f"{note(race, display.hidden)} — Descent Lab",
    } | classroom.mode(display)


def file_name(race: Race, hidden: Collection[str]) -> str:
    """The picture's, without the step; it tells nothing that the page leaves out."""
    surface = [] if "surface" in hidden else [named(race.surface)]
    rules = [] if "titles" in hidden else ["-".join(named(lane.rule) for lane in race.lanes)]
    return "_".join(surface + rules) or "race"


def note(race: Race, hidden: Collection[str]) -> str:
    """The race in a line for the picture, to its last digit, without what the page leaves out; {step} is left for the browser."""
    surface, (x, y) = race.surface, race.start
    typed = [_("{count} points").format(count=surface.count)] if isinstance(surface, Problem) else [getattr(surface, name) for name in texts(surface)]
    shape = [_(surface.title), *typed, *set_exactly(surface)]
    line = _("{surface}, start ({x}, {y}), {steps} steps, step {{step}}").format(
        surface=_("A surface") if "surface" in hidden else ", ".join(shape), x=exact(x), y=exact(y), steps=race.steps
    )
    if any(lane.batch for lane in race.lanes):
        drawn = _("batches drawn anew") if race.anew else _("batches shuffled")
        line += f", {drawn}, " + _("seed {seed}").format(seed=race.seed)
    if race.noise and "noise" not in hidden:
        line += ", " + _("noise σ = {sigma}, seed {seed}").format(sigma=exact(race.noise), seed=race.seed)
    return line


def words() -> dict[str, str]:
    """The bar's own words."""
    return {
        "play": _("Play (Space)"),
        "pause": _("Pause (Space)"),
        "restart": _("Start again"),
        "back": _("One step back (←)"),
        "forward": _("One step forward (→)"),
        "scrub": _("Step shown (Home, End)"),
        "speed": _("Speed"),
        "loop": _("Repeat"),
        "link": _("Copy a link that keeps every setting"),
        "picture": _("Save a picture on white (with Shift: in the page's colours)"),
        "export": _("Export (E)"),
        "failed": _("The picture could not be drawn."),
        "bar": _("Player"),
        "skip": _("Skip to the player"),
        "copied": _("The link was copied."),
        "drawing": _("Drawing the picture …"),
        "crowded": _("The link was ignored: it has more than 1000 settings."),
        "empty": _("{name}: no number was typed; {used} stays in use."),
        "range": _("{name} = {value} was ignored: allowed is {low} to {high}; {used} stays in use."),
        "undone": _("There is no change to undo."),
        "redone": _("There is no change to do again."),
    }


def shared() -> dict[str, str]:
    """What stands by a copied link."""
    return {
        "share": _("The copied link"),
        "share_short": _("The same link, shorter"),
        "share_room": _("For others in the room"),
        "share_copy": _("Copy"),
        "share_scan": _("Show the QR code large"),
        "share_long": _("The link is too long for a QR code: {length} characters, and {most} fit."),
        "share_own": _("This server answers this computer only. Started with --server.address=0.0.0.0 it answers the others in the room too."),
        "share_alone": _("This computer has no address in a network: the link leads here from this computer only."),
    }

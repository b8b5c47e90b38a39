"""What the transport bar is sent: its words, the race's length, and the picture's name and caption."""

from __future__ import annotations

from typing import Any

from core import parameters, texts
from core.number import exact
from links.display import Display
from links.entries import named
from links.race import SPEEDS
from locales import _
from player.messages import classroom
from runs.race import Race


def transport(race: Race, display: Display) -> dict[str, Any]:
    """The bar, its classroom buttons among it."""
    return {
        "words": words() | classroom.words(),
        "steps": race.steps,
        "speed": display.speed,
        "loop": display.loop,
        "speeds": SPEEDS,
        "picture": f"{named(race.surface)}_{'-'.join(named(lane.rule) for lane in race.lanes)}",
        "note": f"{note(race)} — Descent Lab",
    } | classroom.mode(display)


def note(race: Race) -> str:
    """The race in a line for the picture, to its last digit; {step} is left for the browser."""
    surface, (x, y) = race.surface, race.start
    shape = "".join(f", {getattr(surface, name)}" for name in texts(surface))
    shape += "".join(f", {name} = {exact(getattr(surface, name))}" for name in parameters(surface))
    line = _("{surface}, start ({x}, {y}), {steps} steps, step {{step}}").format(
        surface=_(surface.title) + shape, x=exact(x), y=exact(y), steps=race.steps
    )
    if race.noise:
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
        "picture": _("Save a picture"),
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

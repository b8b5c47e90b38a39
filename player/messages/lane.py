"""What a lane's panel is sent: its run's numbers, and the words for them."""

from __future__ import annotations

from typing import Any

from figures import LOOKS
from links.display import Display
from links.entries import named
from locales import _
from player.messages.data import seen
from player.messages.inspector import inspected
from player.messages.lens import lens
from player.messages.names import names
from player.messages.run import Single, many, single
from player.messages.words import caption, hint, spoken, verdict_in_words
from player.pack import pack
from runs.race import MANY, Race


def lane(race: Race, i: int, display: Display) -> bytes:
    """Lane i (1, 2, …), packed: {"lane": …}."""
    return pack({"lane": told(race, i, display)})


def told(race: Race, i: int, display: Display) -> dict[str, Any]:
    """The same before it is packed."""
    its = race.lanes[i - 1]
    run = single(its, race.descended(its), race.start, race.steps)
    more = {
        "spoken": spoken(race, i, run),
        "hint": hint(its, race),
        "many": many(its, race.descended(its, MANY), race.start, race.steps) if race.many else None,
        "inspected": inspected(race, i) if display.inspected == i else None,
        "lens": lens(race, i) if display.through_lens(i) else None,
        "offers": list(run.further),
        "further": {name: run.further[name] for name in display.charts if name in run.further},
    }
    return described(race, i, display, run) | more | seen(race, its) | run.arrays


def described(race: Race, i: int, display: Display, run: Single) -> dict[str, Any]:
    """What the panel says about its lane, and how it looks."""
    rule, look = race.lanes[i - 1].rule, LOOKS[display.looks[i - 1] - 1]
    title = names(race)[i - 1]
    return {
        "index": i,
        "title": title,
        "rule": named(rule),
        "summary": _("Lane {i}: {title}").format(i=i, title=title),
        "settings": caption(race.lanes[i - 1]),
        "link": display.link(i),
        "colours": {"light": look.light, "dark": look.dark},
        "letters": {theme: look.lettered(theme) for theme in ("light", "dark")},
        "marker": look.marker,
        "dash": look.dash,
        "verdicts": [{"step": v.step, "until": v.until, "kind": v.kind, "text": verdict_in_words(v)} for v in run.verdicts],
        "evaluations": rule.evaluations,
        "words": words(i),
    }


def words(i: int) -> dict[str, str]:
    """The panel's own words; the last two are for where the end is to be predicted."""
    return {
        "step": _("step"),
        "rate": _("learning rate of this step"),
        "home": _("Lane {i}: {title}").format(i=i, title=home()),
        "numbers": _("Lane {i}: its numbers").format(i=i),
        "away": _("{distance} off the map"),
        "lane": _("Lane {i}").format(i=i),
        "rule": _("Lane {i}: another rule").format(i=i),
        "unfold": _("Lane {i}: its settings").format(i=i),
        "guess": _("Map of lane {i}: the arrow keys move the cross-hair, Enter marks where the run ends").format(i=i),
        "missed": _("Your guess is {distance} off, {part} of the map's width."),
    }


def home() -> str:
    """What the button says that ends a zoom."""
    return _("Show the whole map again")

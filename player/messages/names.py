"""What the lanes of a race are called: by their rules, and lanes with the same rule by what differs between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from core import Range, parameters, texts
from core.number import short
from locales import _
from optimizers.schedules.warmup import Warmup
from runs.race import Lane, Race


def names(race: Race) -> list[str]:
    """What each lane of a race is called."""
    return names_of(race.lanes)


def names_of(lanes: Sequence[Lane]) -> list[str]:
    """Each lane's: "Adam"; of two Adams "Adam · β₁ 0.94", by as few settings as tell them apart, and "Adam (2)" where nothing does."""
    rules = [type(lane.rule) for lane in lanes]
    named = [_(lane.rule.title) for lane in lanes]
    for rule in {rule for rule in rules if rules.count(rule) > 1}:
        same = [i for i, other in enumerate(rules) if other is rule]
        for i, difference in zip(same, differences([lanes[i] for i in same]), strict=True):
            named[i] += f" {difference}" if difference.startswith("(") else f" · {difference}"
    return named


def differences(lanes: list[Lane]) -> list[str]:
    """What tells lanes with one rule apart, for each; lanes that are alike in everything get a number too."""
    described = [settings(lane) for lane in lanes]
    differing = [name for name in described[0] if len({each[name] for each in described}) > 1]
    most = len({tuple(each.values()) for each in described})
    for count in range(1, len(differing) + 1):
        for chosen in combinations(differing, count):
            told = [", ".join(each[name] for name in chosen if each[name]) for each in described]
            if len(set(told)) == most:
                return numbered(told)
    return numbered([""] * len(lanes))


def numbered(texts: list[str]) -> list[str]:
    """Texts that stand more than once get a number."""
    counts = [f"({texts[: i + 1].count(text)})" if texts.count(text) > 1 else "" for i, text in enumerate(texts)]
    return [" ".join(filter(None, pair)) for pair in zip(texts, counts, strict=True)]


def settings(lane: Lane) -> dict[str, str]:
    """Everything that is set in a lane, as a name says it."""
    told = {name: set_to(allowed, getattr(lane.rule, name)) for name, allowed in parameters(lane.rule).items()}
    ramp, schedule = (lane.schedule.steps, lane.schedule.then) if isinstance(lane.schedule, Warmup) else (0, lane.schedule)
    shape = [set_to(allowed, getattr(schedule, name)) for name, allowed in parameters(schedule).items()]
    told |= {"schedule": _(schedule.title), "shape": ", ".join(shape)}
    told |= {name: getattr(lane.rule, name) for name in texts(lane.rule)}
    if lane.plateau:
        falls = [set_to(allowed, getattr(lane.plateau, name)) for name, allowed in parameters(lane.plateau).items()]
        told |= {"schedule": _(lane.plateau.title), "shape": ", ".join(falls)}
    told["warm-up"] = _("warm-up {steps}").format(steps=ramp) if ramp else _("no warm-up")
    told["batch"] = f"B {lane.batch}" if lane.batch else ""
    told["noise"] = _("without noise") if lane.quiet else _("with noise")
    return told


def set_to(allowed: Range, value: float) -> str:
    """A parameter and its value: "β₁ 0.9"."""
    return f"{allowed.letter or _(allowed.label)} {short(value)}"

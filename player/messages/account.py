"""What is said of a run that is over: what happened, why, and one change that does better."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core import N_, parameters
from core.number import fixed, short
from links.entries import settings_of
from links.race import RACE
from locales import _
from optimizers.schedules.constant import Constant
from optimizers.schedules.warmup import Warmup
from player.messages.words import verdict_in_words
from runs.account import Account
from runs.account import account as accounted
from runs.better import Suggestion
from runs.manner import Creep, Zigzag
from runs.race import Lane, MANY, Race
from runs.strain import Strain

WHY = {
    "arrived": N_("f − f* fell by {falls} % a step on average."),
    "downhill": N_("Nothing stops it: f has fallen from {first} to {last}, and the way leads on downhill."),
    "leap": N_("Step {at} is {length} long, on a map that is {width} wide."),
    "too large": N_("At step {at} the ground is too steep for the rate."),
    "trapped": N_("The slope is zero here, and the ground rises all around: it stays at f = {f}, which is {gap} above f*."),
    "trapped alone": N_("The slope is zero here, and the ground rises all around: it stays at f = {f}."),
    "ridge": N_("The ground falls away to the sides (curvature {curvature}), but the slope that way is {slope}: nothing leads it off the ridge."),
    "edge": N_("Its rate is too large to come to rest here."),
    "hopping": N_("Its steps are still {length} long, and bring it no closer: η = {rate}."),
    "noise": N_("Noise of σ = {sigma} keeps it moving."),
    "noise late": N_("Noise of σ = {sigma} keeps it moving: over the last quarter f is between {low} and {high}."),
    "batches": N_("Its batches differ from one another (σ = {sigma} in a coordinate of the gradient), and that keeps it moving."),
    "batches late": N_("Its batches differ from one another (σ = {sigma}): over the last quarter f is between {low} and {high}."),
    "decay": N_("Weight decay, λ = {decay}, pulls it towards zero as strongly as the slope pulls it to the minimum."),
    "stalled": N_(
        "The rule scales its rate along {axis} down, from {early} to {late}: the squares of early slopes stay in the sum and never leave it."
    ),
    "short": N_("The schedule ended it: its rates add up to {sum}, where the largest of them, held all along, makes {whole}."),
    "falling": N_("f − f* was still falling: it halved every {halves} steps at last."),
    "plateau": N_("It is on a plateau, where the slope is {slope}."),
    "crept": N_("It creeps: its rate is small for this ground."),
    "ravine": N_("Steep walls bear no much larger rate, and along the floor between them the ground is nearly level: κ = {kappa}."),
}


def account(race: Race, i: int) -> dict[str, Any]:
    """{"badge": in a few words, "said": sentences, "suggestion": None or {"text": a sentence, "link": the lane's settings in a link}, "words"}."""
    lane = race.lanes[i - 1]
    told = accounted(lane, race.descended(lane), race.start, race.steps)
    words = {"try": _("Try it"), "close": _("Close"), "region": _("What happened in lane {i}, and why").format(i=i)}
    return {
        "badge": badge(told),
        "said": why(told, bool(lane.batch)),
        "suggestion": told.suggestion and suggested(told.suggestion, lane, i),
        "words": words,
    }


def badge(told: Account) -> str:
    """How it ended; where nothing else can be said of that, which way it went."""
    names = {"zigzag": _("zigzags"), "short": _("ended by its schedule"), "plateau": _("on a plateau"), "noise": _("restless from noise")}
    if told.verdict.kind != "under way":
        return verdict_in_words(told.verdict)
    return _("creeps") if told.cause in ("crept", "ravine", "stalled") else names.get(told.cause, _("under way"))


def why(told: Account, batches: bool = False) -> list[str]:
    """The sentences after that, from the numbers; `batches`: whether noise is that of batches."""
    numbers = told.numbers
    said = [to_and_fro(numbers["zigzag"])] if "zigzag" in numbers else []
    if told.verdict.within is not None:
        said.append(_("It stays within {within} of the minimum.").format(within=short(told.verdict.within)))
    if told.cause in WHY and numbers.get({"arrived": "falls", "falling": "halves"}.get(told.cause, ""), 1) is not None:
        alone, late = told.cause == "trapped" and numbers["gap"] is None, told.cause == "noise" and told.verdict.kind == "under way"
        key = "trapped alone" if alone else "noise late" if late else told.cause
        key = key.replace("noise", "batches") if batches else key
        said.append(_(WHY[key]).format(**written(told)))
    if numbers.get("strain"):
        said.append(bearing(numbers["strain"]))
    if "creep" in numbers:
        said.append(pace(numbers["creep"]))
    if numbers.get("excess") is not None:
        said.append(_("Theory has f − f* at {excess} on average in the long run.").format(excess=short(numbers["excess"])))
    return said


def written(told: Account) -> Mapping[str, str]:
    """The numbers as text."""
    numbers = dict(told.numbers)
    if told.cause == "arrived":
        numbers["falls"] = 100 * numbers["falls"]
    if told.cause == "plateau":
        numbers["slope"] = numbers["creep"].slope
    if told.cause == "short":
        return {name: fixed(value) for name, value in numbers.items() if isinstance(value, float)}
    return {name: short(value) if isinstance(value, float) else str(value) for name, value in numbers.items()}


def to_and_fro(found: Zigzag) -> str:
    """The zigzag in numbers."""
    along = _("It zigzags: along {axis} the slope changed sign {times} times in {steps} steps.")
    across = _("It zigzags: across the valley the slope changed sign {times} times in {steps} steps.")
    return (along if found.axis else across).format(axis=found.axis, times=found.times, steps=found.steps)


def bearing(at: Strain) -> str:
    """The rate beside the limit."""
    if at.product == at.product:  # not NaN
        return _("There ηλmax = {product}, and the limit is {edge}.").format(product=short(at.product), edge=short(at.edge))
    return _("There η = {rate}, and the limit is {limit}.").format(rate=short(at.rate), limit=short(at.limit))


def pace(slow: Creep) -> str:
    """How slowly it went at last."""
    template = _("In its last {steps} steps it came {moved} further; the nearest minimum is {away} off, at this pace {more} steps.")
    if slow.moved == 0:
        return _("In its last {steps} steps it did not move at all; the nearest minimum is {away} off.").format(
            steps=slow.steps, away=short(slow.away)
        )
    return template.format(steps=slow.steps, moved=short(slow.moved), away=short(slow.away), more=short(float(f"{slow.more:.2g}")))


def suggested(suggestion: Suggestion, lane: Lane, i: int) -> dict[str, Any]:
    """The suggestion in a sentence, and the settings that make it."""
    templates = {
        ("steps", True): _("With {change} f* is reached at step {after} instead of {before}."),
        ("steps", False): _("With {change} f* is reached at step {after}."),
        ("gap", True): _("With {change} f − f* ends at {after} instead of {before}."),
        ("gap", False): _("With {change} it stays on the map, and f − f* ends at {after}."),
        ("mean", True): _("With {change} the mean f − f* of {runs} runs, over their last quarter, is {after} instead of {before}."),
        ("mean", False): _("With {change} it stays on the map, and the mean f − f* of {runs} runs, over their last quarter, is {after}."),
    }
    number = (lambda value: str(int(value))) if suggestion.measure == "steps" else fixed
    before = "" if suggestion.before is None else number(suggestion.before)
    text = templates[suggestion.measure, suggestion.before is not None].format(
        change=change(lane, suggestion.lane), after=number(suggestion.after), before=before, runs=MANY
    )
    return {"text": text, "link": RACE.write({f"{i}.{key}": value for key, value in settings_of(suggestion.lane).items()})}


def change(before: Lane, after: Lane) -> str:
    """What is different, in words: another rule with its rate, or the one parameter that was changed, or the schedule."""
    rule = after.rule
    if type(rule) is not type(before.rule):
        momentum = getattr(rule, "momentum", None)
        title = _(rule.title) + ("" if momentum is None else f" (μ = {short(momentum)})")
        return _("{rule} at η = {rate}").format(rule=title, rate=short(float(rule.lr)))
    for name, allowed in parameters(rule).items():
        if getattr(rule, name) != getattr(before.rule, name):
            symbol = "η" if name == "lr" else _(allowed.label)
            return f"{symbol} = {short(getattr(rule, name))}"
    if isinstance(after.schedule, Warmup):
        return _("a warm-up of {steps} steps").format(steps=after.schedule.steps)
    return _("a constant rate") if isinstance(after.schedule, Constant) else _("the schedule “{title}”").format(title=_(after.schedule.title))

"""A lane and its run in sentences."""

from __future__ import annotations

from core import Entry, N_, parameters
from core.number import exact, fixed, short
from locales import _
from optimizers.schedules import Schedule
from optimizers.schedules.warmup import Warmup
from player.messages.run import Single
from runs import Verdict, stability_limit
from runs.race import Lane, Race

VERDICTS = {
    "diverged": N_("diverged at step {step}"),
    "no step": N_("no step is defined here"),
    "outside": N_("left the formula's domain at step {step}"),
    "no start": N_("the start is outside the formula's domain"),
    "reached": N_("f* reached at step {step}"),
    "local minimum": N_("local minimum"),
    "saddle": N_("at a saddle point"),
    "maximum": N_("at a maximum"),
    "at rest": N_("at rest where the slope is zero"),
    "stands still": N_("stands still: its steps are lost in rounding"),
    "restless": N_("keeps moving between f {low} and {high}"),
    "restless, local": N_("keeps moving between f {low} and {high}, at a local minimum"),
    "weight decay": N_("weight decay holds it at {at}"),
    "left the map": N_("left the map at step {step}"),
}


def spoken(race: Race, i: int, run: Single) -> str:
    """Lane i and its run, for those who hear the page."""
    lane = race.lanes[i - 1]
    names = ", ".join(f"{_(allowed.label)} {short(getattr(lane.rule, name))}" for name, allowed in parameters(lane.rule).items())
    f, (x, y), lowest = run.arrays["loss"], run.arrays["path"][:, -1], race.surface.lowest
    start, end = (
        _("Starts at ({x}, {y}), f = {f}.").format(x=short(race.start[0]), y=short(race.start[1]), f=fixed(f[0])),
        _("After {steps} steps at ({x}, {y}), f = {f}").format(steps=race.steps, x=fixed(x), y=fixed(y), f=fixed(f[-1])),
    )
    gap = "" if lowest is None else f", f − f* = {fixed(f[-1] - lowest)}"
    verdict = "".join("; " + verdict_in_words(v) for v in run.verdicts if v.step <= race.steps <= v.until)
    head = _("Lane {i}: {title}").format(i=i, title=_(lane.rule.title)) + (f", {names}" if names else "")
    schedule, ramp = parts(lane.schedule)
    return f"{head}, {', '.join([_(schedule.title), *ramp])}. {start} {end}{gap}{verdict}."


def verdict_in_words(verdict: Verdict) -> str:
    """What the badge says; a coordinate below a millionth is shown as the zero that it is on the map."""
    low, high = ("", "") if verdict.between is None else map(short, verdict.between)
    if low and low == high:
        return _("keeps moving at f = {level}").format(level=low)
    at = "" if verdict.at is None else "({}, {})".format(*(short(round(v, 6) + 0.0) for v in verdict.at))
    return _(VERDICTS[verdict.kind]).format(step=verdict.step, low=low, high=high, at=at)


def caption(lane: Lane) -> list[str]:
    """The lane's settings for the picture, to their last digit: a line for the rule and one for its schedule."""
    schedule, ramp = parts(lane.schedule)
    batch = [f"B = {lane.batch}"] if lane.batch else []
    return [", ".join([*set_exactly(lane.rule), *batch]), ", ".join([_(schedule.title), *set_exactly(schedule), *ramp])]


def set_exactly(entry: Entry) -> list[str]:
    """Each parameter of an entry by its symbol, or by its name where it has none, to the last digit: "β₁ = 0.9"."""
    return [f"{allowed.letter or _(allowed.label)} = {exact(getattr(entry, name))}" for name, allowed in parameters(entry).items()]


def parts(schedule: Schedule) -> tuple[Schedule, list[str]]:
    """The schedule without its warm-up, and the warm-up in words where there is one."""
    if isinstance(schedule, Warmup):
        return schedule.then, [_("warm-up {steps}").format(steps=schedule.steps)]
    return schedule, []


def hint(lane: Lane, race: Race) -> str:
    """A quiet sentence where theory says that the peak rate is too large for the quadratic at the start or at the nearest minimum."""
    limits = stability_limit(lane.rule, race.surface, race.start)
    beyond = {place: short(limit) for place, limit in limits.items() if lane.rule.lr > limit}
    if len(beyond) == 2 and beyond["start"] == beyond["minimum"]:
        return _("η is beyond the stability limit, {start}.").format(**beyond)
    if len(beyond) == 2:
        return _("η is beyond the stability limit: {start} at the start, {minimum} at the nearest minimum.").format(**beyond)
    if "start" in beyond:
        return _("η is beyond the stability limit at the start, {start}.").format(**beyond)
    if "minimum" in beyond:
        return _("η is beyond the stability limit at the nearest minimum, {minimum}.").format(**beyond)
    return ""

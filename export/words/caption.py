"""What a figure shows, with all its settings, so that others can make it again."""

from __future__ import annotations

from collections.abc import Callable

from core import Entry, texts
from core.number import exact
from export.address import Asked
from export.words.markup import Caption
from links import Flat
from links.axes import Axis, axes_of
from links.display import display_of
from links.entries import lane_of, race_of, surface_of
from links.explore import VIEWS, measures
from links.quantities import NAMES, SIZE, TITLES
from links.train import MIDDLE, SHOWN
from locales import _, remarked
from optimizers.schedules.warmup import Warmup
from player.messages.train import network_in_words
from player.messages.words import caption as settings_of
from player.messages.words import set_exactly
from problems import Problem
from problems.networks.perceptron import Perceptron
from runs.race import Lane, MANY, Race

Works = type[Entry] | Entry


def caption(asked: Asked) -> Caption:
    """The caption of what a link shows, in the language spoken."""
    made = Caption()
    made.text = " ".join(SENTENCES[asked.page](made, asked.flat))
    return made


def entries(asked: Asked) -> list[type[Entry]]:
    """What of the catalogues a link shows, in the order in which its caption names it."""
    first = Perceptron if asked.page == "train" else type(surface_of(asked.flat))
    return [first, *(each for lane in lanes_of(asked.flat) for each in of_lane(lane))]


def lanes_of(flat: Flat) -> list[Lane]:
    return [lane_of(flat, i) for i in range(1, flat.get("lanes", 1) + 1)]


def of_lane(lane: Lane) -> list[type[Entry]]:
    """A lane's rule, its schedule, and what that is wrapped in."""
    schedules = [lane.schedule, lane.schedule.then] if isinstance(lane.schedule, Warmup) else [lane.schedule]
    return [type(lane.rule), *map(type, schedules), *([type(lane.plateau)] if lane.plateau else [])]


def works(made: Caption, *kinds: type[Entry]) -> str:
    """The citations of these entries."""
    keys = dict.fromkeys(work.key for kind in kinds for work in kind.citations)
    return made.marked("cite", ",".join(keys))


def of_surface(made: Caption, flat: Flat) -> str:
    """The surface with its formula and its parameters; of points that are given, how many they are."""
    surface = surface_of(flat)
    head = f"{_(surface.title)}{works(made, type(surface))}"
    if isinstance(surface, Problem):
        told = [_("{count} points").format(count=surface.count)] if surface.points else set_exactly(surface)
    else:
        head += made.marked("formula", remarked(surface.formula))
        told = [*(getattr(surface, name) for name in texts(surface)), *set_exactly(surface)]
    return ", ".join([head, *told]) + "."


def lines(made: Caption, lanes: list[Lane], noisy: bool) -> list[str]:
    """A sentence for each lane."""
    found = []
    for i, lane in enumerate(lanes, start=1):
        rule, schedule = settings_of(lane)
        quiet = [_("without noise")] if noisy and lane.quiet else []
        said = _("Lane {i}: {title}").format(i=i, title=f"{_(lane.rule.title)}{works(made, *of_lane(lane))}")
        found.append("; ".join([f"{said}, {rule}", schedule, *quiet]) + ".")
    return found


def taken(flat: Flat) -> str:
    """The start and the steps."""
    start = _("Start ({x}, {y}), {steps} steps").format(x=exact(flat["x"]), y=exact(flat["y"]), steps=flat["steps"])
    at = flat.get("at", flat["steps"])
    return f"{start}." if at == flat["steps"] else f"{start}, " + _("shown at step {step}.").format(step=at)


def chance(race: Race) -> list[str]:
    """What is drawn by chance in each step, and from which seed."""
    found = []
    if any(lane.batch for lane in race.lanes):
        drawn = _("batches drawn anew") if race.anew else _("batches shuffled")
        found.append(_("Each step sees a batch of the examples: {drawn}, seed {seed}.").format(drawn=drawn, seed=race.seed))
    if race.noise:
        template = _("Noise of σ = {sigma} in each coordinate of every step's gradient, seed {seed}.")
        found.append(template.format(sigma=exact(race.noise), seed=race.seed))
    if race.many:
        found.append(_("Bands: {count} runs of each lane, each with draws of its own.").format(count=MANY))
    return found


def of_race(made: Caption, flat: Flat) -> list[str]:
    race, display = race_of(flat), display_of(flat)
    (x0, x1), (y0, y1) = display.window or race.surface.domain
    across = dict(zip(("x0", "x1", "y0", "y1"), map(exact, (x0, x1, y0, y1)), strict=True))
    if flat["view"] == "3d":
        drawn = [_("Drawn: the paths on the surface in 3-D.")]
    else:
        drawn = [_("Drawn: the paths on level lines, from {x0} to {x1} across and from {y0} to {y1} upwards.").format(**across)]
    if "curves" not in display.hidden:
        drawn.append(
            _("Charts: {left}; {right}.").format(**{side: charted(each) for side, each in zip(("left", "right"), display.charts, strict=True)})
        )
    return [of_surface(made, flat), taken(flat), *chance(race), *lines(made, list(race.lanes), bool(race.noise)), *drawn]


def charted(quantity: str) -> str:
    """The title of a chart."""
    return _(TITLES[quantity]) if quantity in TITLES else _(SIZE).format(name=NAMES[quantity])


def of_explore(made: Caption, flat: Flat) -> list[str]:
    """The lane that is explored, and what is shown of it."""
    noise = [_("noise σ = {sigma}, seed {seed}").format(sigma=exact(flat["noise"]), seed=flat["seed"]) + "."] if flat["noise"] else []
    told = [of_surface(made, flat), taken(flat | {"at": flat["steps"]}), *noise, *lines(made, lanes_of(flat), False)]
    across, up = map(ranged, axes_of(flat))
    measure = measures(flat)[flat["measure"]]
    shown = {
        "map": _("Map: {measure}, over {across} and {up}.").format(measure=_(measure), across=across, up=up),
        "paths": _("Paths: the runs over {across}.").format(across=across),
        "basins": _("Basins: where a run from each start ends."),
        "rates": _("Rates: what each learning rate comes to."),
        "best": _("Which is best: every rule with the best settings that were found."),
    }
    return [*told, shown[flat["view"]]]


def ranged(axis: Axis) -> str:
    """An axis with its ends."""
    return _("{name} from {low} to {high}").format(name=_(axis.allowed.label), low=exact(axis.low), high=exact(axis.high))


def of_train(made: Caption, flat: Flat) -> list[str]:
    network = f"{_(Perceptron.title)}{works(made, Perceptron)}: {network_in_words(flat)}."
    show, curve = flat["show"], flat["curve"]
    shown = _(SHOWN[show]) + (f": {_(MIDDLE[curve])}" if show == "curves" else "")
    return [network, *lines(made, lanes_of(flat | {f"{i}.quiet": 0 for i in range(1, 9)}), False), f"{shown}."]


SENTENCES: dict[str, Callable[[Caption, Flat], list[str]]] = {"race": of_race, "data": of_race, "explore": of_explore, "train": of_train}
assert set(VIEWS) == {"map", "paths", "basins", "rates", "best"}

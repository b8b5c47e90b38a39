"""A lesson as it is told to a browser: what stands beside each scene, and the scenes' runs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from core import N_, parameters
from export.address import asked
from export.page import UNKNOWN, shown
from lessons import LESSONS, Step
from lessons.base import Both, Choice, Place, Sketch, Slide
from links.display import display_of
from links.race import WARMUP
from locales import LANGUAGES, _, speaking
from optimizers import OPTIMIZERS
from player import messages
from player.messages import classroom

PARTS = ("data", "titles", "verdicts", "readout", "minima", "curves", "bar")  # of the page, which can be left out
KEYS = {  # besides those of the player
    "PageUp PageDown": N_("To the step before, to the next step, as a clicker sends them"),
    N_("1 … 9 Enter"): N_("To the step of this number"),
    "B": N_("A black screen, and back"),
}
PAGES = {"": N_("Race"), "race": N_("Race"), "data": N_("Data"), "explore": N_("Explore"), "train": N_("Train")}


@lru_cache(maxsize=256)
def overview(name: str, language: str) -> dict[str, Any]:
    """What all steps of a lesson share: {name, title, idea, minutes, reference, steps: [{name, title}, …], languages, words}."""
    lesson = LESSONS[name]
    with speaking(language):
        return {
            "name": name,
            "language": language,
            "languages": [{"language": key, "name": text} for key, text in LANGUAGES.items()],
            "title": lesson.title.said(language, {}),
            "idea": lesson.idea.said(language, {}),
            "minutes": lesson.minutes,
            "reference": lesson.reference,
            "steps": [{"name": step.name, "title": step.title.said(language, {})} for step in lesson.steps],
            "words": words(),
            "classroom": bar(),
        }


@lru_cache(maxsize=512)
def told(name: str, number: int, language: str) -> dict[str, Any]:
    """A step: {name, title, setting, question, happened, try_it, sliders, challenge, page, link, scene}."""
    step = LESSONS[name].steps[number]
    page, _mark, query = step.scene.partition("?")
    with speaking(language):
        return texts(step, language) | {
            "number": number,
            "page": page or "race",
            "open": _("Open in {page}").format(page=_(PAGES[page])),
            "link": f"{'' if page == 'race' else page}?{query}",
            "scene": scene(step, language),
            "sliders": [slider(step, key) for key in step.tried],
            "challenge": step.challenge and {"lane": step.challenge.lane, "within": step.challenge.within},
        }


def texts(step: Step, language: str) -> dict[str, Any]:
    """What is said, with its numbers."""

    def said(text: Both) -> str:
        return text.said(language, step.written)

    return {
        "name": step.name,
        "title": said(step.title),
        "setting": said(step.setting),
        "happened": said(step.happened),
        "try": said(step.try_it),
        "question": step.question and {"kind": step.question.kind, "text": said(step.question.text)} | asking(step, language),
    }


def asking(step: Step, language: str) -> dict[str, Any]:
    """What a question offers, and its answer."""
    question = step.question
    if isinstance(question, Choice):
        options = [{"text": text.said(language, step.written), "right": bool(right(step.seen))} for text, right in question.options]
        return {"options": options}
    if isinstance(question, Place):
        return {"lanes": list(question.lanes) or [i + 1 for i in range(len(step.seen.race.lanes))]}
    if isinstance(question, Sketch):
        return {"lane": question.lane}
    assert isinstance(question, Slide)
    return {"symbol": question.symbol, "low": question.range.low, "high": question.range.high, "log": question.range.log} | {
        "whole": question.range.whole,
        "answer": float(question.answer(step.seen)),  # a number, not a text
    }


def scene(step: Step, language: str) -> dict[str, Any] | None:
    """The runs, as a page by itself has them; None for a page that has none, which is shown as it is."""
    it, complaints = asked(step.scene if step.scene.startswith("data") else step.scene.removeprefix("race"), language)
    assert not complaints, complaints
    if it.page not in ("race", "data"):
        return None
    told = shown(it, language, "")
    start = {name: value for name, value in display_of(step.seen.flat).link().items() if name in ("x", "y")}
    return told | {"start": start, "transport": told["transport"] | {"parts": parts(it.page == "data"), "keys": bar()["keys"]}}


def parts(data: bool) -> list[list[str]]:
    """What can be left out of a step's scene, with its name; `data`: whether it shows some."""
    return [[part, _(classroom.NAMES[part])] for part in PARTS if data or part != "data"]


def bar() -> dict[str, Any]:
    """What the bar is told besides a scene: which parts of the page can be left out, and the keys."""
    own = {key: text for key, text in classroom.KEYS.items() if key not in UNKNOWN}
    return {
        "words": classroom.words(),
        "mode": {"present": 0, "hide": [], "predict": 0},
        "parts": [],
        "keys": [[_(key), _(text)] for key, text in {**KEYS, **own}.items()],
        "scene": [0, 0],
    }


def slider(step: Step, key: str) -> dict[str, Any]:
    """A setting of a lane that can be tried; the label names the lane where there are several."""
    i, _dot, name = key.partition(".")
    flat = step.seen.flat
    allowed = WARMUP if name == "warmup" else parameters(OPTIMIZERS[flat[f"{i}.rule"]])[name]
    told = messages.slider(key, flat[key], allowed, int(i), ruled=False)
    return told | ({"label": told["named"]} if len(step.seen.race.lanes) > 1 else {})


def words() -> dict[str, str]:
    """What the page says besides."""
    return {
        "language": _("Language"),
        "look": _("Light or dark"),
        "lessons": _("Lessons"),
        "step": _("Step {number} of {count}"),
        "predict": _("Predict"),
        "run": _("Run it"),
        "skip": _("Run it without a guess"),
        "tell": _("Tell me what happens"),
        "happened": _("What happened"),
        "again": _("Ask me again"),
        "try": _("Try it"),
        "next": _("Next"),
        "back": _("Back"),
        "end": _("All lessons"),
        "right": _("Yes, that is how it goes."),
        "wrong": _("Not this time: it is “{answer}”."),
        "correct": _("so it is"),
        "slide_near": _("Very close: you said {guess}, and it is {answer}."),
        "not_far": _("Not far off."),
        "times_high": _("You said {guess}, and it is {answer}: {off} times too high."),
        "times_low": _("You said {guess}, and it is {answer}: {off} times too low."),
        "more": _("You said {guess}, and it is {answer}: {off} less."),
        "less": _("You said {guess}, and it is {answer}: {off} more."),
        "place": _("Click or tap on the map; with the keyboard, the arrow keys and Enter."),
        "placed": _("Click or tap on each map; with the keyboard, the arrow keys and Enter. {set} of {count} marked."),
        "place_near": _("Right on the spot: your mark is {distance} from its end."),
        "place_close": _("Close: your mark is {distance} from its end, {part} of the map's width."),
        "place_far": _("Your mark is {distance} from its end, {part} of the map's width: look at the way it took."),
        "place_gone": _("It has left the map, where nobody could have marked it."),
        "sketch": _("Draw the curve on the chart, from its ring on."),
        "sketch_keys": _("The arrow keys draw it: left and right choose a step, up and down the value."),
        "at_step": _("Step {step}"),
        "sketch_near": _("Well drawn: on average your curve is a factor of {factor} from the run's."),
        "sketch_far": _("On average your curve is a factor of {factor} from the run's: compare where the two part."),
        "page_later": _("The page is shown once you have answered."),
        "curves_later": _("The curves come with the run."),
        "settings": _("Back to the lesson's settings"),
        "elsewhere": _("It counts from the lesson's start, with the sliders alone."),
        "goto": _("Step {number}: press Enter"),
        "no_step": _("There is no step {number}: this lesson has {count}."),
        "no_page": _("Here the lesson shows a page of the program, which a file has not."),
        "papers": _("Print, save"),
        "sheet": _("Teacher's sheet"),
        "handout": _("Handout"),
        "file": _("This lesson as a file"),
        "needs": _("In a file nothing is worked out anew: the sliders are in the program."),
        "page_waiting": _("The page is on its way …"),
        "challenge": _("Challenge: bring lane {lane} to f* within {within} steps."),
        "met": _("Done: step {step}."),
        "best": _("Your best: step {step}."),
        "not_yet": _("Not there yet."),
        "waiting": _("The scene is on its way …"),
        "lost": _("The server does not answer. What is shown stays; another step is asked for again when the connection is back."),
    }

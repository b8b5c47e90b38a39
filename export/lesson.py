"""A lesson as it is told to a browser: what stands beside each scene, and the scenes' runs."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from core import N_, parameters
from export.address import asked
from export.page import shown
from lessons import LESSONS, Step
from lessons.base import Both, Choice, Place, Sketch, Slide
from links.race import WARMUP
from locales import LANGUAGES, _, speaking
from optimizers import OPTIMIZERS
from player import messages

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
        "answer": float(question.answer(step.seen))  # a number, not a text
    }


def scene(step: Step, language: str) -> dict[str, Any] | None:
    """The runs, as a page by itself has them; None for a page that has none, which is shown as it is."""
    it, complaints = asked(step.scene if step.scene.startswith("data") else step.scene.removeprefix("race"), language)
    assert not complaints, complaints
    return shown(it, language, "") if it.page in ("race", "data") else None


def slider(step: Step, key: str) -> dict[str, Any]:
    """A setting of a lane that can be tried."""
    i, _dot, name = key.partition(".")
    flat = step.seen.flat
    allowed = WARMUP if name == "warmup" else parameters(OPTIMIZERS[flat[f"{i}.rule"]])[name]
    return messages.slider(key, flat[key], allowed, int(i), ruled=False)


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
        "happened": _("What happened"),
        "again": _("Ask me again"),
        "try": _("Try it"),
        "next": _("Next"),
        "back": _("Back"),
        "end": _("All lessons"),
        "right": _("Yes, that is how it goes."),
        "wrong": _("Not this time: it is “{answer}”."),
        "missed": _("You said {guess}, and it is {answer}."),
        "challenge": _("Challenge: bring lane {lane} to f* within {within} steps."),
        "met": _("Done: step {step}."),
        "best": _("Your best: step {step}."),
        "not_yet": _("Not there yet."),
        "waiting": _("The scene is on its way …"),
        "lost": _("The server does not answer. What is shown stays; another step is asked for again when the connection is back."),
    }

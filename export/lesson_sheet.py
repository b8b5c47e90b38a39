"""A teacher's sheet and a handout of lessons, as HTML that is read on a second screen and printed on A4."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import sha256
from html import escape
from importlib.util import find_spec
from urllib.parse import urlencode

import figures
from core.number import short
from export.address import asked
from export.lesson import PAGES
from export.options import Options
from export.words import markup
from export.words.caption import caption
from lessons import LESSONS, Step
from lessons.base import Both, Choice, Place, Sketch, Slide
from lessons.parts.lecture import begins
from lessons.parts.seen import TABLES
from locales import _, speaking
from player import ADDRESS, FILES
from player.bundle import bundle

ENTRY = "player/hosts/lesson/sheet.js"
KINDS = ("sheet", "handout")
STYLE = "player/hosts/lesson/sheet.css"
LINES = 5  # to write on, where a question is answered in words
WIDTHS = {1: 600.0, 2: 760.0}  # CSS pixels of a picture, by the number of lanes; others are as wide as WIDEST
WIDEST = 1000.0
Picture = Callable[[str, int], str]  # of a lesson and a step's number: the address of its picture


def pictures_there() -> bool:
    """Whether there is what draws pictures without a browser."""
    return find_spec("py_mini_racer") is not None


def sheet_files() -> dict[str, bytes]:
    """The script of a sheet that is served, by its address."""
    return {f"{ADDRESS}/sheet.js": bundle(ENTRY).encode()}


def is_drawn(step: Step) -> bool:
    """Whether a sheet has a picture of the step: it shows runs, and no other page."""
    return step.scene.partition("?")[0] in TABLES


@lru_cache(maxsize=64)
def picture(name: str, number: int, language: str, kind: str) -> str:
    """A step's scene as SVG: at its end with the curves, or for a handout before it begins. Raises ImportError without mini-racer."""
    from export.drawn import svgs

    step = LESSONS[name].steps[number]
    its = asked(step.scene, language)[0]
    its.flat["lang"] = language
    over = kind == "sheet"
    lanes = its.flat["lanes"]
    curves = over and (lanes > 1 or isinstance(step.question, Sketch))  # below one lane they would take all the room
    options = Options(theme="print", width=WIDTHS.get(lanes, WIDEST), curves=curves)
    with speaking(language):
        return svgs(its, options, [its.flat["steps"] if over else 0])[0]


def inside(language: str, kind: str) -> Picture:
    """Pictures that stand in the page itself."""
    return lambda name, number: f"data:image/svg+xml;base64,{b64encode(picture(name, number, language, kind).encode()).decode()}"


def html(names: Sequence[str], language: str, kind: str, live: str, pictures: Picture | None, head: str = "", bar: str = "") -> str:
    """The sheet of these lessons, "sheet" or "handout". `live` is the program's address with a slash at its end, nothing where it is not known."""
    with speaking(language):
        title = {"sheet": _("Teacher's sheet"), "handout": _("Handout")}[kind]
        whole = LESSONS[names[0]].title.said(language, {}) if len(names) == 1 else _("Lessons")
        starts = begins([LESSONS[name].minutes for name in names])
        parts = [of_lesson(name, begin, language, kind, live, pictures) for name, begin in zip(names, starts, strict=True)]
        contents = table(names, starts, language) if len(names) > 1 else ""
        keys = of_keys() if kind == "sheet" else ""
    return f"""<!doctype html>
<html lang="{language}" class="dl-sheet-page" data-paper="{kind}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Descent Lab">
<title>{escape(whole)} · {escape(title)} · Descent Lab</title>
<link rel="icon" href="data:,">
<style>
{FILES[STYLE].decode()}</style>
{head}
</head>
<body>
{bar}
<main>
<p class="dl-sheet-kind">Descent Lab · {escape(title)}</p>
{contents}{keys if len(names) > 1 else ""}{"".join(parts)}{keys if len(names) == 1 else ""}
</main>
</body>
</html>
"""


def table(names: Sequence[str], starts: Sequence[int], language: str) -> str:
    """What a class of several lessons comes to."""
    rows = "".join(
        f'<tr><td>{begin // 60}:{begin % 60:02}</td><td><a href="#{name}">{escape(LESSONS[name].title.said(language, {}))}</a></td>'
        f"<td>{escape(minutes(LESSONS[name].minutes))}</td></tr>"
        for name, begin in zip(names, starts, strict=True)
    )
    total = minutes(sum(LESSONS[name].minutes for name in names))
    title = _("Lessons")
    return f"<h1>{escape(title)} <small>{escape(total)}</small></h1><table>{rows}</table>"


def of_keys() -> str:
    """The keys of who presents."""
    keys = {
        "Page Down, Page Up": _("To the next step, to the step before, as a clicker sends them"),
        _("Space"): _("Play and pause"),
        "← →": _("One step of the run back and on"),
        "P": _("Presentation mode"),
        "B": _("A black screen, and back"),
    }
    keys_title = _("Keys")
    said = "".join(f"<dt>{escape(key)}</dt><dd>{escape(text)}</dd>" for key, text in keys.items())
    return f'<aside class="dl-sheet-keys"><h3>{escape(keys_title)}</h3><dl>{said}</dl></aside>'


def minutes(count: int) -> str:
    return _("{minutes} min").format(minutes=count)


def of_lesson(name: str, begin: int, language: str, kind: str, live: str, pictures: Picture | None) -> str:
    """One lesson: its idea, its time, what it builds on, its source, and its steps."""
    lesson = LESSONS[name]
    after = ", ".join(LESSONS[other].title.said(language, {}) for other in lesson.after if other in LESSONS)
    facts = [minutes(lesson.minutes), *([_("after: {lessons}").format(lessons=after)] if after else []), lesson.reference]
    facts = facts if kind == "sheet" else [lesson.reference]
    address = f"{live}lessons?{urlencode({'lesson': name, 'lang': language})}" if live else ""
    qr = f'<figure class="dl-sheet-code">{figures.code(address)}<figcaption>{escape(address)}</figcaption></figure>' if address else ""
    idea = f"<p class='dl-sheet-idea'>{escape(lesson.idea.said(language, {}))}</p>" if kind == "sheet" else ""  # it is what a student is to find
    own_name = _("Name")
    name_field = f'<p class="dl-sheet-name">{escape(own_name)}</p>' if kind == "handout" else ""
    steps = "".join(of_step(name, number, language, kind, pictures) for number in range(len(lesson.steps)))
    return (
        f'<article id="{name}">{qr}<h1>{escape(lesson.title.said(language, {}))}</h1>{idea}'
        f"<p class='dl-sheet-facts'>{escape(' · '.join(facts))}</p>{name_field}{steps}</article>"
    )


def of_step(name: str, number: int, language: str, kind: str, pictures: Picture | None) -> str:
    """A step: on the sheet with its answer and what to say, on the handout with room to write."""
    step = LESSONS[name].steps[number]

    def said(text: Both) -> str:
        return paragraphs(text.said(language, step.written))

    title = escape(step.title.said(language, step.written))
    runs = is_drawn(step)
    alt = escape(settings(step, language) if runs else step.title.said(language, step.written))
    drawn = f'<img src="{escape(pictures(name, number))}" alt="{alt}">' if pictures and runs else ""
    other = _("This step shows the page {page}.").format(page=_(page_of(step)))
    elsewhere = "" if runs else f"<p class='dl-sheet-facts'>{escape(other)}</p>"
    parts = [f"<h2><span>{number + 1}</span> {title}</h2>", said(step.setting), elsewhere]
    if kind == "handout":
        parts += [
            f"<p class='dl-sheet-facts'>{alt}</p>" if runs else "",
            drawn,
            asked_of(step, language),
            room(_("What happened")),
            *trying(step, language),
        ]
    else:
        parts += [answered(step, language), drawn, section(_("What happened"), said(step.happened))]
        parts += [section(_("To say, to look at"), said(step.say), "dl-sheet-say")] if step.say.en else []
        parts += [*trying(step, language), challenged(step)]
    return f'<section id="{name}-{step.name}">{"".join(parts)}</section>'


def paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def section(title: str, body: str, name: str = "") -> str:
    return f'<div class="dl-sheet-part {name}"><h3>{escape(title)}</h3>{body}</div>'


def page_of(step: Step) -> str:
    return PAGES[step.scene.partition("?")[0]]


@lru_cache(maxsize=256)
def settings_of(scene: str, language: str) -> str:
    its = asked(scene, language)[0]
    its.flat["lang"] = language
    with speaking(language):
        return markup.plain(caption(its))


def settings(step: Step, language: str) -> str:
    """All settings of a scene, in words."""
    return settings_of(step.scene, language)


def asked_of(step: Step, language: str) -> str:
    """The question with room for its answer, in an order of the options that no pattern gives away."""
    question = step.question
    if question is None:
        return ""
    text = paragraphs(question.text.said(language, step.written))
    if isinstance(question, Choice):
        options = sorted((option.text.en for option in question.options), key=lambda said: sha256(said.encode()).digest())
        own = {option.text.en: option.text for option in question.options}
        text += "<ul class='dl-sheet-options'>" + "".join(f"<li>{escape(own[en].said(language, step.written))}</li>" for en in options) + "</ul>"
    elif isinstance(question, Slide):
        text += f"<p class='dl-sheet-blank'>{escape(question.symbol)} = </p>"
    elif isinstance(question, Place):
        mark = _("Mark it in the picture.")
        text += f"<p class='dl-sheet-facts'>{escape(mark)}</p>" if pictures_there() else "<p class='dl-sheet-blank'>(x, y) = </p>"
    else:
        axis = _("Steps")
        text += f"<div class='dl-sheet-axes'><span>f − f*</span><span>{escape(axis)}</span></div>"
    return section(_("Predict"), text)


def room(title: str) -> str:
    return section(title, "<p class='dl-sheet-line'></p>" * LINES)


def answered(step: Step, language: str) -> str:
    """The question and its answer."""
    question = step.question
    if question is None:
        return ""
    text = paragraphs(question.text.said(language, step.written))
    if isinstance(question, Choice):
        marks = [("✓" if option.right(step.seen) else "–", option.text.said(language, step.written)) for option in question.options]
        options = "".join(f"<li{' class=dl-right' if mark == '✓' else ''}>{mark} {escape(option)}</li>" for mark, option in marks)
        text += f"<ul class='dl-sheet-answers'>{options}</ul>"
    else:
        text += f"<p class='dl-right'>{escape(answer(step))}</p>"
    return section(_("Predict"), text)


def answer(step: Step) -> str:
    """What the runs say, where that is a number or a place."""
    question = step.question
    if isinstance(question, Slide):
        return f"{question.symbol} = {short(float(question.answer(step.seen)))}"
    lanes = [question.lane] if isinstance(question, Sketch) else list(getattr(question, "lanes", ())) or range(1, len(step.seen.race.lanes) + 1)
    return " · ".join(ended(step, lane) for lane in lanes)


def ended(step: Step, lane: int) -> str:
    """Where a lane's run ends; of a curve, between which values it runs."""
    rule = _(step.seen.lane(lane).rule.title)
    if isinstance(step.question, Sketch) and step.seen.race.surface.lowest is not None:
        return _("{rule}: f − f* from {first} to {last}").format(rule=rule, first=short(step.seen.gap(lane, 0)), last=short(step.seen.gap(lane)))
    x, y = step.seen.path(lane)[-1]
    return f"{rule}: ({short(float(x))}, {short(float(y))})"


def trying(step: Step, language: str) -> list[str]:
    text = paragraphs(step.try_it.said(language, step.written))
    return [section(_("Try it"), text)] if text else []


def challenged(step: Step) -> str:
    """The challenge, and one way to meet it."""
    if step.challenge is None:
        return ""
    said = _("Challenge: bring lane {lane} to f* within {within} steps.").format(lane=step.challenge.lane, within=step.challenge.within)
    by = _("This does: {settings}").format(settings=step.challenge.by.replace("&", ", "))
    return f"<p class='dl-sheet-challenge'>{escape(said)} {escape(by)}</p>"

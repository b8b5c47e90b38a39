"""The page of all lessons: the lecture's parts with their lessons, of which a class is planned by ticking them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from urllib.parse import urlencode

from lessons import LESSONS
from lessons.base import Both
from lessons.parts.lecture import CLASS, begins, parts
from locales import LANGUAGES, _
from player import ADDRESS, FILES, opening
from player.bundle import bundle
from rooms import CODE

ENTRY = "player/hosts/lesson/index.js"
STYLES = ("player/hosts/page/page.css", "player/hosts/lesson/index.css")
PAGES = "./", "explore", "data", "train", "catalogue"


@cache
def index_files() -> dict[str, bytes]:
    """The page's script and style sheet, by the address at which they are served."""
    return {f"{ADDRESS}/lessons.js": bundle(ENTRY).encode(), f"{ADDRESS}/lessons.css": b"".join(FILES[name] for name in STYLES)}


def index(language: str, complaints: Iterable[str]) -> str:
    """The page in a language that is spoken; `complaints`: what of the address was ignored."""
    heads = dict(zip(LESSONS, begins([lesson.minutes for lesson in LESSONS.values()]), strict=True))
    body = "".join(part(title, names, heads, language) for (_place, title), names in parts(LESSONS))
    minutes = sum(lesson.minutes for lesson in LESSONS.values())
    lead = _("{count} lessons, {minutes} minutes in all: predict, run, see why, try.").format(count=len(LESSONS), minutes=minutes)
    title, pages = escape(_("Lessons")), escape(_("Pages"))
    return f"""<!doctype html>
<html lang="{language}" class="dl-page dl-lesson-index">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Descent Lab</title>
<link rel="icon" href="data:,">
{opening()}
<link rel="stylesheet" href="{ADDRESS}/lessons.css">
<script src="{ADDRESS}/lessons.js"></script>
</head>
<body>
<header class="dl-index-top"><nav aria-label="{pages}">{way(language)}</nav>{choices(language)}</header>
{"".join(f'<p class="dl-complaint" role="status">{escape(each)}</p>' for each in complaints)}
<main><h1>{title}</h1><p class="dl-index-lead">{escape(lead)}</p>{door(language)}{body}</main>
{plan(language, minutes)}
</body>
</html>
"""


def way(language: str) -> str:
    """The program's name, and links to its other pages."""
    names = _("Race"), _("Explore"), _("Data"), _("Train"), _("Catalogue")
    links = "".join(f'<a href="{page}?{urlencode({"lang": language})}">{escape(name)}</a>' for page, name in zip(PAGES, names, strict=True))
    return f'<b class="dl-brand">Descent Lab</b>{links}'


def choices(language: str) -> str:
    """Light or dark, and the language; without a script the other language is a link."""
    menu, look = escape(_("Language")), escape(_("Light or dark"))
    options = "".join(f'<option value="{key}"{" selected" if key == language else ""}>{name}</option>' for key, name in LANGUAGES.items())
    others = "".join(f'<a href="lessons?lang={key}" lang="{key}" hreflang="{key}">{name}</a>' for key, name in LANGUAGES.items() if key != language)
    return (
        f'<div class="dl-choices"><button type="button" class="dl-look" title="{look}" aria-label="{look}">◐</button>'
        f'<select class="dl-language" title="{menu}" aria-label="{menu}">{options}</select><noscript>{others}</noscript></div>'
    )


def door(language: str) -> str:
    """Where a student types the code of the lecture hall's room."""
    label, button = escape(_("Code of the lecture hall's room")), escape(_("Join"))
    field = f'<input name="room" size="{CODE + 2}" maxlength="{2 * CODE}" required autocomplete="off" autocapitalize="characters" spellcheck="false">'
    hidden = f'<input type="hidden" name="lang" value="{language}">'
    return f'<form class="dl-door" action="lessons"><label>{label} {field}</label>{hidden}<button>{button}</button></form>'


def part(title: Both, names: list[str], heads: dict[str, int], language: str) -> str:
    """A part of the lecture, with the sum of its minutes."""
    minutes = minutes_of(sum(LESSONS[name].minutes for name in names))
    rows = "".join(row(name, heads[name], language) for name in names)
    return f'<section><h2>{escape(title.said(language, {}))} <span class="dl-minutes">{minutes}</span></h2><ol>{rows}</ol></section>'


def row(name: str, begin: int, language: str) -> str:
    """A lesson: whether the class has it, when it begins, what it is about, what it builds on, and how far this browser has come in it."""
    lesson = LESSONS[name]
    title, idea = (escape(text.said(language, {})) for text in (lesson.title, lesson.idea))
    number = list(LESSONS).index(name) + 1
    after = ", ".join(f'<a href="#{other}">{escape(LESSONS[other].title.said(language, {}))}</a>' for other in lesson.after if other in LESSONS)
    builds_on = _("after: {lessons}")
    builds = f"<span>{escape(builds_on).format(lessons=after)}</span>" if after else ""
    steps = escape(_("{count} steps").format(count=len(lesson.steps)))
    address = escape(urlencode({"lesson": name, "lang": language}))
    chosen = escape(_("In the class: {lesson}").format(lesson=lesson.title.said(language, {})))
    return (
        f'<li id="{name}" data-minutes="{lesson.minutes}" data-steps="{len(lesson.steps)}"><input type="checkbox" checked aria-label="{chosen}">'
        f'<span class="dl-begin">{clock(begin)}</span><span class="dl-number">{number}</span>'
        f'<div><a class="dl-lesson-link" href="lessons?{address}">{title}</a> <span class="dl-reached" hidden></span><p>{idea}</p>'
        f'<p class="dl-facts"><span>{minutes_of(lesson.minutes)}</span><span>{steps}</span>{builds}</p></div></li>'
    )


def minutes_of(minutes: int) -> str:
    return escape(_("{minutes} min").format(minutes=minutes))


def clock(minutes: int) -> str:
    """Minutes since the class began, as a clock has them: 1:05."""
    return f"{minutes // 60}:{minutes % 60:02}"


def plan(language: str, minutes: int) -> str:
    """What the class comes to; a script keeps it up to date, and the addresses of its sheets."""
    said = {
        "class": _("Your class: {minutes} of {all} minutes"),
        "nothing": _("No lesson is ticked."),
        "done": _("✓ done"),
        "under-way": _("step {step} of {count}"),
        "over": _("Here {all} minutes are over."),
    }
    data = "".join(f' data-{name}="{escape(text)}"' for name, text in said.items())
    now = escape(said["class"].format(minutes=minutes, all=CLASS))
    every, none = escape(_("Tick all")), escape(_("Tick none"))
    buttons = f'<button type="button" class="dl-every">{every}</button><button type="button" class="dl-none">{none}</button>'
    papers = {"sheet": _("Teacher's sheet"), "handout": _("Handout")}
    links = "".join(f'<a href="lessons/{kind}?lang={language}">{escape(text)}</a>' for kind, text in papers.items())
    return f'<footer class="dl-plan" data-all="{CLASS}"{data}><output>{now}</output>{buttons}{links}</footer>'

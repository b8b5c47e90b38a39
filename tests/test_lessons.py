"""Lessons: every link is read without complaint, every number in a text is the scene's own, and what the texts claim happens."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from export.address import asked
from export.lesson import told
from lessons import LESSONS, Lesson, Step
from lessons.base import Both, Choice, Place, Sketch, Slide
from lessons.parts.seen import Seen, TABLES
from locales import LANGUAGES

STEPS = [(name, number) for name, lesson in LESSONS.items() for number in range(len(lesson.steps))]
TYPED = re.compile(r"\d+(?:\.\d+)?|∞")  # in a text, outside its braces
ALLOWED = {"0", "1", "2", "3"}  # of a formula or a count that no run gives, such as 2/λmax
HANGUL = re.compile("[가-힣]")

over_lessons = pytest.mark.parametrize("name", LESSONS)
over_steps = pytest.mark.parametrize(("name", "number"), STEPS, ids=[f"{name}-{LESSONS[name].steps[k].name}" for name, k in STEPS])


def step_of(name: str, number: int) -> Step:
    return LESSONS[name].steps[number]


def texts_of(step: Step) -> list[Both]:
    question = step.question
    asked_for = [question.text, *([text for text, _right in question.options] if isinstance(question, Choice) else [])] if question else []
    return [step.title, step.setting, step.happened, step.try_it, step.say, *asked_for]


def runs(step: Step) -> bool:
    """Whether its scene has runs, which a page without them shows as it is."""
    return step.scene.partition("?")[0] in TABLES


@over_lessons
def test_a_lesson_is_whole(name: str):
    lesson: type[Lesson] = LESSONS[name]
    assert [step.name for step in lesson.steps] == list(dict.fromkeys(step.name for step in lesson.steps))
    assert all(re.fullmatch("[a-z][a-z0-9_]*", step.name) for step in lesson.steps)
    assert len(lesson.steps) >= 2
    assert 2 <= lesson.minutes <= 15
    assert lesson.reference
    for text in (lesson.title, lesson.idea):
        assert text.en
        assert HANGUL.search(text.ko)


@over_lessons
def test_what_a_lesson_builds_on_comes_before_it(name: str):
    assert all(LESSONS[other].place < LESSONS[name].place for other in LESSONS[name].after)


@over_steps
def test_a_link_is_read_without_complaint(name: str, number: int):
    _asked, complaints = asked(step_of(name, number).scene)
    assert [str(each) for each in complaints] == []


@over_steps
def test_a_text_stands_in_both_languages_with_the_same_numbers(name: str, number: int):
    step = step_of(name, number)
    for text in texts_of(step):
        fields = [{field for _text, field, _spec, _conversion in Formatter().parse(said) if field} for said in text]
        assert fields[0] == fields[1]
        assert fields[0] <= set(step.numbers)
        assert bool(text.en) == bool(text.ko)
        assert not text.ko or HANGUL.search(text.ko) or not re.search("[a-z]{4}", text.en)


@over_steps
def test_no_number_of_a_run_is_typed(name: str, number: int):
    for text in texts_of(step_of(name, number)):
        for said in text:
            bare = "".join(literal for literal, _field, _spec, _conversion in Formatter().parse(said))
            assert set(TYPED.findall(re.sub(r"[A-Za-z_βρμνηλκ][₀-₉0-9]", "", bare))) - ALLOWED == set(), bare


@over_steps
def test_what_a_step_claims_happens(name: str, number: int):
    step = step_of(name, number)
    if not runs(step):
        assert not step.numbers or step.claims
    assert [k for k, claim in enumerate(step.claims) if not claim(step.seen)] == []
    assert all(step.written.values())
    question = step.question
    if isinstance(question, Choice):
        assert [bool(right(step.seen)) for _text, right in question.options].count(True) == 1
        assert 2 <= len(question.options) <= 5
    elif isinstance(question, Slide):
        assert question.range.low <= float(question.answer(step.seen)) <= question.range.high
    elif isinstance(question, Place | Sketch):
        assert runs(step)
        assert set(question.lanes if isinstance(question, Place) else [question.lane]) <= set(range(1, len(step.seen.race.lanes) + 1))


@over_steps
def test_a_challenge_can_be_met_with_what_can_be_tried_and_is_not_met_yet(name: str, number: int):
    step = step_of(name, number)
    if step.challenge is None:
        return
    lane, within, by = step.challenge.lane, step.challenge.within, step.challenge.by
    changed = [pair.partition("=")[0] for pair in by.split("&")]
    assert set(changed) <= set(step.tried)
    kept = [pair for pair in step.scene.split("&") if pair.partition("=")[0] not in changed]
    seen = Seen("&".join([*kept, by]))
    assert seen.kind(lane) == "reached"
    assert seen.since(lane) <= within
    assert step.seen.kind(lane) != "reached" or step.seen.since(lane) > within


@pytest.mark.parametrize("language", LANGUAGES)
@over_steps
def test_a_step_is_told_in_each_language(name: str, number: int, language: str):
    step = told(name, number, language)
    assert step["title"]
    assert step["happened"]
    assert (step["scene"] is not None) == runs(step_of(name, number))
    assert "{" not in step["setting"] + step["happened"] + step["try"]

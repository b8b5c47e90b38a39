"""A lesson's page as a person uses it, and a lesson with every kind of question, which stands in no folder."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from core import Range
from lessons import LESSONS
from lessons.base import Both, Choice, Lesson, Option, Place, Sketch, Slide, Step

BOWL = "?surface=bowl&surface.kappa=10&surface.angle=0&x=-1.8&y=1&steps=40&lanes=1&1.rule=gradient_descent&1.lr=0.05"
ADD = "from tests.lesson_page import add; add()"  # before the program begins
SEEK = "(scrub) => { scrub.value = scrub.max; scrub.dispatchEvent(new Event('input')); }"
NUMBERS = {"turns": lambda seen: seen.turns(1, 1)}


class Asked(Lesson):
    """Every kind of question on one bowl, and a page in a frame."""

    place = 99
    title = Both("Every question", "모든 질문")
    idea = Both("They are asked.", "질문합니다.")
    minutes = 2
    reference = "None"
    steps = (
        Step(
            name="choice",
            title=Both("Choose", "고르기"),
            scene=BOWL,
            setting=Both("A bowl.", "그릇입니다."),
            question=Choice(
                Both("How often does it cross?", "몇 번 건널까요?"),
                (
                    Option(Both("never", "건너지 않습니다"), lambda seen: seen.turns(1, 1) == 0),
                    Option(Both("once", "한 번"), lambda seen: seen.turns(1, 1) == 1),
                    Option(Both("often", "여러 번"), lambda seen: seen.turns(1, 1) > 1),
                ),
            ),
            happened=Both("It crossed {turns} times.", "건넌 횟수: {turns}."),
            numbers=NUMBERS,
        ),
        Step(
            name="sketch",
            title=Both("Draw", "그리기"),
            scene=BOWL,
            setting=Both("The same bowl.", "같은 그릇입니다."),
            question=Sketch(Both("How does f − f* fall?", "f − f*는 어떻게 줄어들까요?")),
            happened=Both("It fell.", "줄어들었습니다."),
        ),
        Step(
            name="even",
            title=Both("Slide", "밀기"),
            scene=BOWL,
            setting=Both("The same bowl.", "같은 그릇입니다."),
            question=Slide(Both("How many steps?", "몇 단계일까요?"), "k", Range(0, 100), lambda seen: seen.steps),
            happened=Both("So many.", "그만큼입니다."),
        ),
        Step(
            name="place",
            title=Both("Mark", "표시하기"),
            scene=BOWL.replace("lanes=1", "lanes=2") + "&2.rule=gradient_descent&2.lr=0.19",
            setting=Both("Two runs.", "두 번 실행합니다."),
            question=Place(Both("Where does lane 2 end?", "레인 2는 어디서 끝날까요?"), (2,)),
            happened=Both("There.", "거기입니다."),
            try_it=Both("Try another rate.", "다른 학습률을 써 보세요."),
            tried=("2.lr",),
        ),
        Step(
            name="frame",
            title=Both("A page", "페이지"),
            scene="explore?",
            setting=Both("A page as it is.", "그대로인 페이지입니다."),
            happened=Both("", ""),
        ),
    )


def add() -> None:
    """Put it among the lessons of a program that is about to begin."""
    LESSONS["asked"] = Asked


class LessonPage:
    """A lesson at a step; what is asked and told on it."""

    def __init__(self, page: Page, link: str = "lesson=zigzag") -> None:
        self.page = page
        page.goto(f"/lessons?{link}")
        expect(page.locator(".dl-lesson-text h2")).not_to_be_empty()

    def title(self, text: str) -> None:
        """Wait for the step of this title."""
        expect(self.page.locator(".dl-lesson-text h2")).to_have_text(text)

    @property
    def happened(self) -> Locator:
        """What is told after the run."""
        return self.page.locator(".dl-lesson-after")

    def run(self) -> None:
        """Run it, and wait at its end."""
        self.page.locator(".dl-lesson-run").click()
        self.seek()

    def seek(self) -> None:
        """To the end, at once."""
        self.page.locator(".dl-scrub").evaluate(SEEK)
        expect(self.happened).to_be_visible()

    def count(self, text: str) -> None:
        """Wait until the clock shows this."""
        expect(self.page.locator(".dl-count")).to_have_text(text)

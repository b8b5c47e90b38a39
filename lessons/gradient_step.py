"""A gradient step: what it is, which way it goes, how long it is, and where the gradient comes from."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from core import Range
from lessons.base import Both, Choice, Lesson, Option, Place, Slide, Step
from lessons.network import network
from lessons.parts.seen import Seen
from runs.differences import Differences, differences

MOUNTAINS = "?surface=himmelblau&x=-0.5&y=-0.5"


def slope(seen: Seen, step: int) -> float:
    """‖∇f‖ where the first lane is after so many steps."""
    return float(np.hypot(*seen.race.surface.gradient(seen.path(1)[step])))


def turned(seen: Seen) -> float:
    """The angle in degrees between −∇f at the start and the way to the minimum where the run ends."""
    way = seen.path(1)[-1] - seen.path(1)[0]
    down = -seen.race.surface.gradient(seen.path(1)[0])
    return float(np.degrees(np.arccos(way @ down / np.linalg.norm(way) / np.linalg.norm(down))))


def by_differences(seen: Seen) -> Differences:
    return compared(seen.race.surface, seen.race.start)


@lru_cache
def compared(surface, start: tuple[float, float]) -> Differences:  # pyright: ignore[reportMissingParameterType]
    return differences(surface, np.array(start))


def best_width(seen: Seen) -> float:
    """The h whose central differences are nearest to the gradient by formula."""
    found = by_differences(seen)
    return float(found.widths[found.errors.argmin()])


def error_at(seen: Seen, width: float) -> float:
    """The error of the h nearest to this one."""
    found = by_differences(seen)
    return float(found.errors[np.abs(np.log(found.widths / width)).argmin()])


class GradientStep(Lesson):
    """p ← p − η∇f(p), and nothing else."""

    place = 1
    title = Both("A gradient step", "그래디언트 한 걸음")
    idea = Both(
        "Feel the slope under your feet, step downhill in proportion to it, and feel again: gradient descent knows nothing more.",
        "발밑의 기울기를 느끼고, 그에 비례해 내리막으로 한 걸음 내딛고, 다시 느낍니다. 경사 하강법이 아는 것은 이것뿐입니다.",
    )
    minutes = 6
    reference = "Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847; Nocedal, Wright, Numerical Optimization, 2006, section 8.1 for differences"
    steps = (
        Step(
            name="blindfolded",
            title=Both("Blindfolded on a mountain", "눈을 가린 채 산 위에서"),
            scene=f"{MOUNTAINS}&field=1&steps=40&speed=0.5&lanes=1&1.rule=gradient_descent&1.lr=0.01",
            setting=Both(
                "You stand near the top of a hill with your eyes bound. There are four valleys, and all you can feel is how the ground slopes under your feet. "
                "The arrows show −∇f, the steepest way down at each place.",
                "눈을 가린 채 언덕 꼭대기 근처에 서 있습니다. 골짜기는 네 개이고, 느낄 수 있는 것은 발밑의 기울기뿐입니다. 화살표는 그 자리에서 가장 가파른 내리막 방향 −∇f입니다.",
            ),
            question=Place(
                Both("In which valley does gradient descent end? Mark the place.", "경사 하강법은 어느 골짜기에서 끝날까요? 그곳을 표시하세요.")
            ),
            happened=Both(
                "It went down to ({x}, {y}), after {steps} steps. Each step goes the way of the slope where it is; "
                "the first goes {angle}° off the way to where it ends. No look ahead, no plan.",
                "{steps}단계 뒤 ({x}, {y})에 있습니다. 걸음마다 그 자리의 기울기를 따르며, 첫 방향은 끝난 곳을 향한 방향과 {angle}° 어긋나 있습니다. 앞을 내다보지도, 계획하지도 않습니다.",
            ),
            numbers={
                "x": lambda seen: seen.path(1)[-1, 0],
                "y": lambda seen: seen.path(1)[-1, 1],
                "steps": lambda seen: seen.steps,
                "angle": lambda seen: f"{turned(seen):.0f}",
            },
            claims=(lambda seen: seen.gap(1) < 1e-3, lambda seen: turned(seen) > 10, lambda seen: len(seen.race.surface.minima().T) == 4),
            try_it=Both(
                "Move η: how does the path change, and when does another valley win?",
                "η를 바꿔 보세요. 경로가 어떻게 변하고, 언제 다른 골짜기로 가나요?",
            ),
            tried=("1.lr",),
            say=Both(
                "Have a student close the eyes and say what they would do. Nobody says 'look for the lowest point': that is what an optimizer cannot do.",
                "학생 한 명에게 눈을 감고 어떻게 할지 말해 보게 하세요. ‘가장 낮은 곳을 찾겠다’고는 아무도 말하지 않습니다. 최적화 기법도 그럴 수 없습니다.",
            ),
        ),
        Step(
            name="length",
            title=Both("How long is a step?", "한 걸음의 길이"),
            scene="?surface=bowl&surface.kappa=2&surface.angle=0&x=-1.8&y=1&steps=30&speed=0.5&lanes=1&1.rule=gradient_descent&1.lr=0.2",
            setting=Both(
                "p ← p − η∇f(p) with η = {rate}. At the start ‖∇f‖ is {first}, so that the first step is {step} long.",
                "η = {rate}일 때 p ← p − η∇f(p)입니다. 출발점의 ‖∇f‖는 {first}이므로 첫걸음의 길이는 {step}입니다.",
            ),
            question=Choice(
                Both("What happens to the steps on the way down, at the same η?", "η가 그대로일 때, 내려가면서 걸음은 어떻게 될까요?"),
                options=(
                    Option(
                        Both("They stay as long as the first one", "첫걸음과 같은 길이를 유지합니다"),
                        lambda seen: np.ptp([slope(seen, k) for k in range(10)]) < 1e-3,
                    ),
                    Option(
                        Both("They get shorter, since the slope gets smaller", "기울기가 작아지므로 짧아집니다"),
                        lambda seen: all(slope(seen, k + 1) < slope(seen, k) for k in range(20)),
                    ),
                    Option(Both("They get longer: it gathers speed", "속도가 붙어 길어집니다"), lambda seen: slope(seen, 5) > slope(seen, 0)),
                ),
            ),
            happened=Both(
                "They get shorter: after ten steps ‖∇f‖ is {later}. η is not a length but a factor of the slope; where the ground gets level, steps get small by themselves. "
                "Nothing rolls here, and nothing gathers speed: that is what momentum will add.",
                "짧아집니다. 열 단계 뒤 ‖∇f‖는 {later}입니다. η는 길이가 아니라 기울기에 곱하는 수이고, 땅이 평평해지면 걸음은 저절로 작아집니다. "
                "여기서는 아무것도 구르지 않고 속도가 붙지도 않습니다. 그것은 모멘텀이 더해 줄 일입니다.",
            ),
            numbers={
                "rate": lambda seen: seen.rate(1),
                "first": lambda seen: slope(seen, 0),
                "step": lambda seen: float(np.hypot(*seen.moved(1))),
                "later": lambda seen: slope(seen, 10),
            },
            claims=(
                lambda seen: abs(float(np.hypot(*seen.moved(1))) - seen.rate(1) * slope(seen, 0)) < 1e-12,
                lambda seen: slope(seen, 10) < 0.2 * slope(seen, 0),
            ),
        ),
        Step(
            name="differences",
            title=Both("The gradient without a formula", "식 없이 구하는 그래디언트"),
            scene="?surface=beale&x=1&y=1&steps=100&lanes=1&1.rule=gradient_descent&1.lr=0.01",
            setting=Both(
                "If only f can be evaluated, the slope along an axis is about (f(p + h) − f(p − h)) / 2h. Here the gradient by this rule can be compared with the one by formula.",
                "f의 값만 계산할 수 있다면 한 축의 기울기는 대략 (f(p + h) − f(p − h)) / 2h입니다. 여기서는 이렇게 구한 그래디언트를 식으로 구한 것과 비교할 수 있습니다.",
            ),
            question=Slide(
                Both("Which h gives the most exact gradient at the start?", "출발점에서 가장 정확한 그래디언트를 주는 h는 얼마일까요?"),
                symbol="h",
                range=Range(1e-13, 1.0, log=True),
                answer=best_width,
            ),
            happened=Both(
                "Not the smallest: at h = {best} the error is {least}. A smaller h drowns in rounding ({narrow} at h = {tiny}), a larger one no longer sees the slope "
                "but the bend ({wide} at h = {large}).",
                "가장 작은 h가 아닙니다. h = {best}에서 오차가 {least}입니다. h가 더 작으면 반올림에 묻히고(h = {tiny}에서 {narrow}), 더 크면 기울기가 아니라 굽은 정도를 보게 됩니다(h = {large}에서 {wide}).",
            ),
            numbers={
                "best": best_width,
                "least": lambda seen: error_at(seen, best_width(seen)),
                "tiny": lambda seen: 1e-12,
                "narrow": lambda seen: error_at(seen, 1e-12),
                "large": lambda seen: 0.1,
                "wide": lambda seen: error_at(seen, 0.1),
            },
            claims=(
                lambda seen: error_at(seen, best_width(seen)) < 1e-8,
                lambda seen: error_at(seen, 1e-12) > 1e-6,
                lambda seen: error_at(seen, 0.1) > 1e-3,
            ),
            say=Both(
                "Ask which h a program should take that knows nothing of f. The Data page draws this error over h as a V.",
                "f에 대해 아무것도 모르는 프로그램이라면 h를 얼마로 해야 할지 물어보세요. 데이터 페이지는 이 오차를 h에 대한 V자 곡선으로 보여 줍니다.",
            ),
        ),
        Step(
            name="cost",
            title=Both("What that costs", "그 비용"),
            scene="?surface=beale&x=1&y=1&steps=100&lanes=1&1.rule=gradient_descent&1.lr=0.01",
            setting=Both(
                "On this map two coordinates take {two} evaluations of f for one gradient. The network of a later lesson has {weights} coordinates.",
                "이 지도에서는 좌표가 둘이므로 그래디언트 한 번에 f를 {two}번 계산합니다. 뒤에 나올 신경망의 좌표는 {weights}개입니다.",
            ),
            question=Slide(
                Both(
                    "How many evaluations does one gradient of that network take by differences?",
                    "그 신경망의 그래디언트를 차분으로 한 번 구하려면 f를 몇 번 계산해야 할까요?",
                ),
                symbol="n",
                range=Range(1, 1e6, log=True, whole=True),
                answer=lambda seen: 2 * network().coordinates,
            ),
            happened=Both(
                "{many}: two for each weight, for a single step. Backpropagation gets the exact gradient for about the price of two or three evaluations, "
                "however many weights there are. Differences are for checking a formula, not for descending.",
                "{many}번입니다. 한 걸음을 위해 가중치마다 두 번씩 계산합니다. 역전파는 가중치가 몇 개이든 f를 두세 번 계산하는 비용으로 정확한 그래디언트를 얻습니다. "
                "차분은 식을 검산하는 데 쓰고, 내려가는 데는 쓰지 않습니다.",
            ),
            numbers={
                "two": lambda seen: by_differences(seen).evaluations,
                "weights": lambda seen: network().coordinates,
                "many": lambda seen: 2 * network().coordinates,
            },
            claims=(lambda seen: by_differences(seen).evaluations == 4,),
        ),
    )

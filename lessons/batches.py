"""Batches: how many examples a step looks at, and what iterations and epochs count."""

from __future__ import annotations

import numpy as np

from core import Range
from lessons.base import Both, Challenge, Choice, Lesson, Option, Sketch, Slide, Step
from lessons.parts.seen import Seen

LINE = "data?surface=linear_regression"
THREE = "&lanes=3&1.rule=gradient_descent&1.lr=0.1&1.batch=1&2.rule=gradient_descent&2.lr=0.1&2.batch=20&3.rule=gradient_descent&3.lr=0.1&3.batch=100"


def size(seen: Seen, i: int) -> int:
    """A lane's batch size B."""
    return seen.lane(i).batch or seen.problem.count


def epochs(seen: Seen, i: int) -> float:
    """How many times a lane has gone through all examples, where B divides N."""
    return seen.steps * size(seen, i) / seen.problem.count


def after_one(seen: Seen, i: int) -> float:
    """f − f* after the first epoch."""
    return seen.gap(i, seen.problem.count // size(seen, i))


def rises(seen: Seen, i: int, first: int, last: int) -> int:
    """In how many of the steps first + 1 … last the loss over all examples rises."""
    return int((np.diff(seen.run(i).loss[first : last + 1]) > 0).sum())


def lately(seen: Seen, i: int) -> float:
    """The mean f − f* of the last hundred steps."""
    lowest = seen.race.surface.lowest
    assert lowest is not None
    return float(seen.run(i).loss[-100:].mean() - lowest)


class BatchesLesson(Lesson):
    """Full batch, one sample, mini-batch: what a step costs, what it is worth, and why it need not go downhill."""

    place = 14
    title = Both("Full batch, one sample, mini-batch", "전체 배치, 표본 하나, 미니배치")
    idea = Both(
        "A step may look at all examples, at one, or at some: fewer make it cheap and uncertain, and early on a cheap step is worth as much.",
        "한 걸음은 모든 예를, 하나만을, 또는 일부를 보고 내디딜 수 있습니다. 적게 볼수록 싸지만 불확실하며, 초반에는 싼 걸음도 비싼 걸음만큼 쓸모가 있습니다.",
    )
    minutes = 7
    after = ("learning_rate",)
    reference = "Bottou, Curtis, Nocedal, Optimization Methods for Large-Scale Machine Learning, SIAM Review 60(2), 2018, section 3"
    steps = (
        Step(
            name="words",
            title=Both("Batch, iteration, epoch", "배치, 반복, 에폭"),
            scene=f"{LINE}&steps=100{THREE}",
            setting=Both(
                "A line is fitted to N = {all} points; the map shows the loss over its slope and intercept. Each step, an iteration, looks at a batch of B examples: "
                "B = {one} is one sample, B = {some} a mini-batch, B = {full} the full batch. A pass over all N is an epoch.",
                "N = {all}개의 점에 직선을 맞춥니다. 지도는 기울기와 절편에 대한 손실입니다. 한 걸음, 곧 한 번의 반복(iteration)은 예 B개의 배치를 봅니다. "
                "B = {one}이면 표본 하나, B = {some}이면 미니배치, B = {full}이면 전체 배치입니다. N개를 한 바퀴 다 보면 1에폭입니다.",
            ),
            question=Slide(
                Both("How many epochs are {steps} iterations with B = {some}?", "B = {some}일 때 {steps}번의 반복은 몇 에폭일까요?"),
                symbol="epochs",
                range=Range(0.5, 200.0, log=True),
                answer=lambda seen: epochs(seen, 2),
            ),
            happened=Both(
                "{epochs_2}: an epoch is N/B = {per} iterations. One sample at a time they are {epochs_1}, with the full batch {epochs_3}. The number of steps is the same, and yet the lanes have looked "
                "at {seen_1}, {seen_2} and {seen_3} examples. Whoever says “after a hundred” has to say of what.",
                "{epochs_2}에폭입니다. 1에폭은 N/B = {per}번의 반복입니다. 표본 하나씩이면 {epochs_1}에폭, 전체 배치이면 {epochs_3}에폭입니다. 걸음 수는 같지만 "
                "본 예는 각각 {seen_1}, {seen_2}, {seen_3}개입니다. “백 번 뒤”라고 말할 때는 무엇의 백 번인지 밝혀야 합니다.",
            ),
            numbers={
                "all": lambda seen: seen.problem.count,
                "one": lambda seen: size(seen, 1),
                "some": lambda seen: size(seen, 2),
                "full": lambda seen: size(seen, 3),
                "steps": lambda seen: seen.steps,
                "per": lambda seen: seen.problem.count // size(seen, 2),
                "epochs_1": lambda seen: epochs(seen, 1),
                "epochs_2": lambda seen: epochs(seen, 2),
                "epochs_3": lambda seen: epochs(seen, 3),
                "seen_1": lambda seen: seen.steps * size(seen, 1),
                "seen_2": lambda seen: seen.steps * size(seen, 2),
                "seen_3": lambda seen: seen.steps * size(seen, 3),
            },
            claims=(
                lambda seen: size(seen, 3) == seen.problem.count,
                lambda seen: all(seen.problem.count % size(seen, i) == 0 for i in (1, 2, 3)),
            ),
            say=Both(
                "SGD in papers mostly means mini-batches. Have the class read the line under the data aloud: epoch, examples.",
                "논문의 SGD는 대개 미니배치를 뜻합니다. 데이터 아래에 적힌 에폭과 예의 수를 소리 내어 읽게 해 보세요.",
            ),
        ),
        Step(
            name="work",
            title=Both("For the same work", "같은 계산량으로"),
            scene=f"{LINE}&steps=100&over=epochs{THREE}",
            setting=Both(
                "The same three, with the charts over epochs: what a lane has looked at is what it has cost. They begin at f − f* = {start}.",
                "같은 세 가지를 이번에는 에폭을 가로축으로 봅니다. 본 예의 수가 곧 계산량입니다. f − f* = {start}에서 시작합니다.",
            ),
            question=Choice(
                Both("Whose loss is lowest after one epoch?", "1에폭 뒤 손실이 가장 낮은 것은 무엇일까요?"),
                options=(
                    Option(
                        Both("The full batch: its gradient is exact", "전체 배치: 그래디언트가 정확하므로"),
                        lambda seen: after_one(seen, 3) < min(after_one(seen, 1), after_one(seen, 2)),
                    ),
                    Option(
                        Both("The mini-batch: the golden mean", "미니배치: 중간이 가장 좋으므로"),
                        lambda seen: after_one(seen, 2) < min(after_one(seen, 1), after_one(seen, 3)),
                    ),
                    Option(
                        Both("One sample: it has taken the most steps", "표본 하나: 가장 많이 걸었으므로"),
                        lambda seen: after_one(seen, 1) < min(after_one(seen, 2), after_one(seen, 3)),
                    ),
                    Option(
                        Both("No difference: the same examples", "차이 없음: 같은 예를 보았으므로"),
                        lambda seen: np.ptp([after_one(seen, i) for i in (1, 2, 3)]) < 0.1,
                    ),
                ),
            ),
            happened=Both(
                "One sample: {one} after {steps_1} steps, the mini-batch {some} after {steps_2}, the full batch {full} after a single one. "
                "While all examples say nearly the same, asking one is as good as asking all, and a hundred times cheaper. In the end the exact gradient wins: see the right end of its curve.",
                "표본 하나입니다. {steps_1}걸음 뒤 {one}, 미니배치는 {steps_2}걸음 뒤 {some}, 전체 배치는 단 한 걸음 뒤 {full}입니다. "
                "모든 예가 거의 같은 말을 하는 동안에는 하나에게 묻는 것이 전부에게 묻는 것만큼 좋고, 백 배 쌉니다. 끝에 가서는 정확한 그래디언트가 이깁니다. 곡선의 오른쪽 끝을 보세요.",
            ),
            numbers={
                "start": lambda seen: seen.gap(1, 0),
                "one": lambda seen: after_one(seen, 1),
                "some": lambda seen: after_one(seen, 2),
                "full": lambda seen: after_one(seen, 3),
                "steps_1": lambda seen: seen.problem.count // size(seen, 1),
                "steps_2": lambda seen: seen.problem.count // size(seen, 2),
            },
            claims=(
                lambda seen: seen.problem.count == 100 and size(seen, 3) == 100,
                lambda seen: seen.gap(3) < min(seen.gap(1), seen.gap(2)),
            ),
            try_it=Both(
                "The full batch has an exact gradient and bears a much higher rate. How few epochs can it do with?",
                "전체 배치는 그래디언트가 정확하여 훨씬 큰 학습률도 견딥니다. 몇 에폭이면 충분할까요?",
            ),
            tried=("3.lr",),
            challenge=Challenge(lane=3, within=20, by="3.lr=0.5"),
            say=Both(
                "Students compare curves over iterations, as most plots do. Show the same runs over both axes before you let them say which is faster.",
                "학생들은 대부분의 그림처럼 반복을 가로축으로 비교합니다. 어느 것이 빠른지 말하기 전에 같은 실행을 두 가로축으로 모두 보여 주세요.",
            ),
        ),
        Step(
            name="downhill",
            title=Both("Not every step goes down", "모든 걸음이 내리막은 아닙니다"),
            scene=f"{LINE}&steps=100&lanes=2&1.rule=gradient_descent&1.lr=0.1&1.batch=1&2.rule=gradient_descent&2.lr=0.1&2.batch=100",
            setting=Both(
                "One sample against the full batch, {steps} steps each. The first lane's step lowers the loss of the one example that it looks at.",
                "표본 하나와 전체 배치가 각각 {steps}걸음을 갑니다. 첫 번째 레인의 걸음은 자기가 본 예 하나의 손실을 줄입니다.",
            ),
            question=Slide(
                Both(
                    "In how many of its {steps} steps does the loss over all examples rise?",
                    "{steps}걸음 중 전체 예의 손실이 오히려 커지는 것은 몇 번일까요?",
                ),
                symbol="n",
                range=Range(0.0, 100.0),
                answer=lambda seen: rises(seen, 1, 0, seen.steps),
            ),
            happened=Both(
                "In {all}, nearly half; in the first {few} in {early}. The mean of the examples' gradients is the gradient: on average the step is right. "
                "Far from the minimum the examples agree; close to it half of them pull the other way. The full batch went up {full} times.",
                "{all}번으로 거의 절반이며, 처음 {few}걸음에서는 {early}번입니다. 예마다의 그래디언트를 평균하면 전체 그래디언트이므로 평균적으로는 옳은 걸음입니다. "
                "최소점에서 멀 때는 예들의 의견이 모이고, 가까우면 절반이 반대로 당깁니다. 전체 배치에서는 {full}번입니다.",
            ),
            numbers={
                "steps": lambda seen: seen.steps,
                "all": lambda seen: rises(seen, 1, 0, seen.steps),
                "few": lambda seen: 20,
                "early": lambda seen: rises(seen, 1, 0, 20),
                "full": lambda seen: rises(seen, 2, 0, seen.steps),
            },
            claims=(
                lambda seen: 0.4 < rises(seen, 1, 0, seen.steps) / seen.steps < 0.5,
                lambda seen: rises(seen, 2, 0, seen.steps) == 0,
                lambda seen: bool(np.allclose(seen.problem.gradients(seen.path(1)[0]).mean(axis=1), seen.problem.gradient(seen.path(1)[0]))),
            ),
            say=Both(
                "Students take a rising loss for a bug. Here each rise is a step that is right for the one example it looked at.",
                "학생들은 손실이 커지면 버그라고 여깁니다. 여기서는 손실이 커지는 걸음도 그때 본 예에는 옳은 걸음입니다.",
            ),
        ),
        Step(
            name="rest",
            title=Both("Who comes to rest", "누가 멈출까요"),
            scene=f"{LINE}&steps=300&speed=4.0{THREE}",
            setting=Both(
                "The three once more, for {steps} steps at the same rate η = {rate}, over iterations.",
                "같은 셋을 η = {rate}에서 {steps}단계까지, 반복을 가로축으로 봅니다.",
            ),
            question=Sketch(Both("Draw the curve of f − f* for one sample at a time.", "표본 하나씩일 때의 f − f* 곡선을 그려 보세요."), lane=1),
            happened=Both(
                "It falls fast and then stays about {one}, in the mean of the last hundred steps; the mini-batch stays about {some}, and the full batch is at f* at step {full}. "
                "At the minimum the mean gradient is 0, the single ones are not, and a constant rate keeps taking steps on them. Larger batches, or a falling rate, lower that floor.",
                "빠르게 내려간 뒤 마지막 백 단계의 평균이 {one}쯤에 머뭅니다. 미니배치는 {some}쯤이고, 전체 배치는 {full}단계에 f*에 도달합니다. "
                "최소점에서 평균 그래디언트는 0이지만 예 하나하나의 그래디언트는 0이 아니므로, 일정한 학습률로는 계속 움직이게 됩니다. 배치를 키우거나 학습률을 낮추면 그 바닥이 내려갑니다.",
            ),
            numbers={
                "steps": lambda seen: seen.steps,
                "rate": lambda seen: seen.rate(1),
                "one": lambda seen: lately(seen, 1),
                "some": lambda seen: lately(seen, 2),
                "full": lambda seen: seen.since(3),
            },
            claims=(
                lambda seen: [seen.kind(i) for i in (1, 2, 3)] == ["restless", "restless", "reached"],
                lambda seen: lately(seen, 1) > 20 * lately(seen, 2) > 0,
                lambda seen: bool(np.abs(seen.problem.gradients(seen.race.surface.minima()[:, 0])).mean() > 0.3),
            ),
            try_it=Both(
                "Lower the first lane's η: what does it gain, and what does it lose?", "첫 번째 레인의 η를 낮춰 보세요. 무엇을 얻고 무엇을 잃나요?"
            ),
            tried=("1.lr",),
        ),
    )

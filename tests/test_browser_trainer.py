"""Trainings as a page hears of them: from a server of several processes, one of which may be behind another."""

from __future__ import annotations

from tests.blank_page import Call

TAKE = """({ Trainer }, answers) => {
  const trainer = new Trainer(() => {});
  return answers.map((answer) => {
    trainer.take({ place: 0, error: "", ...answer });
    return trainer.found.lanes.map(({ step }) => step);
  });
}"""


def test_what_has_come_is_not_taken_back_by_a_process_that_is_behind(call: Call):
    heard = [[10, 20], [40, 60], [5, 5], [40, 60], [50, 60]]
    shown = call("stage/trainer.js", TAKE, [{"lanes": [{"step": step} for step in steps]} for steps in heard])
    assert shown == [[10, 20], [40, 60], [40, 60], [40, 60], [50, 60]]

"""The clock that all parts of the page share: its speed, its end, and when it stands still."""

from __future__ import annotations

import pytest

from tests.blank_page import Call

PLAY = """({ clock, configure, play, onText }, settings, times) => {
  const [steps, written] = [[], []];
  onText(({ step }) => written.push(Math.floor(step)));
  configure(settings);
  frame(0);
  play();
  for (const time of times) {
    frame(time);
    steps.push(clock.step);
  }
  return { steps, written, playing: clock.playing };
}"""


def test_the_clock_goes_twenty_steps_a_second_at_speed_one(call: Call):
    times = [1000 + 100 * k for k in range(11)]
    assert call("stage/clock.js?speed", PLAY, {"total": 100}, times)["steps"] == pytest.approx([2.0 * k for k in range(11)])
    assert call("stage/clock.js?faster", PLAY, {"total": 100, "speed": 2}, times)["steps"] == pytest.approx([4.0 * k for k in range(11)])


def test_the_clock_stops_at_the_last_step(call: Call):
    told = call("stage/clock.js?end", PLAY, {"total": 3}, [0, 100, 200, 300])
    assert told["steps"] == pytest.approx([0, 2, 3, 3])
    assert not told["playing"]


def test_a_loop_rests_at_the_end_before_it_begins_again(call: Call):
    steps = call("stage/clock.js?loop", PLAY, {"total": 2, "loop": True}, range(0, 1800, 100))["steps"]
    assert steps[1] == 2
    assert steps.index(0, 1) == pytest.approx(1 + 15, abs=1)  # 1.5 s in frames of 0.1 s


def test_a_tab_that_was_in_the_background_goes_on_where_it_was(call: Call):
    assert call("stage/clock.js?tab", PLAY, {"total": 1000}, [0, 100, 60_000])["steps"] == pytest.approx([0, 2, 7])


def test_numbers_stand_long_enough_to_be_read_while_it_plays(call: Call):
    written = call("stage/clock.js?text", PLAY, {"total": 1000, "speed": 4}, range(0, 1001, 10))["written"]
    assert 7 <= len(written) - 2 <= 8  # one every 125 ms and not one every frame, after those before it played


def test_a_held_clock_stays_at_its_first_step_until_it_is_let_go(call: Call):
    script = """({ clock, configure, hold, play, seek }) => {
      configure({ total: 10 });
      hold(true);
      seek(7);
      play();
      const held = [clock.step, clock.playing];
      hold(false);
      seek(7);
      return [...held, clock.step];
    }"""
    assert call("stage/clock.js?held", script) == [0, False, 7]

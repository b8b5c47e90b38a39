"""The curves' parts by themselves: axes, quantities, and what is read off a chart."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.blank_page import Call

# Axes

AXIS = """(axes, name, given, values) => {
  const { place, ticks } = axes[name](...given);
  return { places: values.map(place), ticks };
}"""


def test_a_log_axis_has_powers_of_ten_and_zero_on_its_floor(call: Call):
    told = call("base/axis.js", AXIS, "logAxis", [-2, 2], [1e-2, 1, 1e2, 0, -1])
    assert told["places"][:4] == pytest.approx([0, 0.5, 1, 0])
    assert np.isnan(told["places"][4])
    assert [tick["label"] for tick in told["ticks"]] == ["0.01", "0.1", "1", "10", "100"]
    assert [tick["at"] for tick in told["ticks"]] == pytest.approx([0, 0.25, 0.5, 0.75, 1])


def test_an_axis_for_sizes_ends_sixteen_decades_below_its_top(call: Call):
    told = call("base/axis.js", AXIS, "gapAxis", [[[1, 1e-3, 1e-30]], 1], [1e-16, 1e-30])
    assert told["places"][0] == pytest.approx(0, abs=0.07)
    assert told["places"][1] < 0
    assert all(0 <= tick["at"] <= 1 for tick in told["ticks"])


def test_a_run_that_leaves_an_axis_by_far_does_not_stretch_it(call: Call):
    near, far = (call("base/axis.js", AXIS, "gapAxis", [[[1, 50, *more]], 1], []) for more in ([], [1e9]))
    assert near == far


def test_an_axis_for_values_holds_runs_that_begin_at_zero_and_fall(call: Call):
    slow, fast = [0.0, -0.1, -9.1], [0.0, -0.1, -91.0]
    told = call("base/axis.js", AXIS, "valueAxis", [[slow, fast], 0], [0, -9.1, -91])
    assert told["places"][::2] == pytest.approx([1, 0])
    assert 0 < told["places"][1] < 1


def test_an_axis_on_both_sides_of_zero_is_symmetrical_about_it(call: Call):
    told = call("base/axis.js", AXIS, "symlogAxis", [-100, 100, 0.01], [-100, -1, 0, 1, 100])
    assert told["places"] == pytest.approx([0, 1 - told["places"][3], 0.5, told["places"][3], 1])
    assert told["ticks"][0] == {"at": pytest.approx(0.5), "label": "0"}


@pytest.mark.parametrize("total", [1, 7, 10, 200, 1000, 9999])
def test_steps_have_round_ticks_from_the_first_one_on(call: Call, total: int):
    ticks = call("base/axis.js", "({ stepTicks }, total) => stepTicks(total, 6)", total)
    steps = [int(tick["label"]) for tick in ticks]
    stride = steps[1]
    assert steps == list(range(0, total + 1, stride))
    assert str(stride).rstrip("0") in ("1", "2", "5")
    assert len(steps) <= 7


# Quantities

QUANTITY = """({ quantity }, name, lanes, lowest) => {
  const words = { gap: "gap", value: "value", below: "below", rate: "rate", slope: "slope", lacking: "not {lanes}", "inner.v": "v" };
  const { title, values } = quantity(name, lanes.map((lane) => ({ offers: [], further: {}, slope: [0, 0], ...lane,
    loss: Float64Array.from(lane.loss), rate: Float64Array.from(lane.rate) })), words, lowest);
  return { title, values: values.map((each) => each && [...each.values]) };
}"""


def lane(loss: list[float], rate: tuple[float, ...] = (0.1,), **more: Any) -> dict[str, Any]:
    return {"title": "A", "loss": loss, "rate": list(rate), **more}


def test_losses_are_shown_over_the_lowest_value_where_none_falls_below_it(call: Call):
    assert call("charts/quantities.js", QUANTITY, "gap", [lane([3, 2])], 1) == {"title": ["gap"], "values": [[2, 1]]}
    assert call("charts/quantities.js", QUANTITY, "gap", [lane([3, 0])], 1) == {"title": ["below"], "values": [[3, 0]]}
    assert call("charts/quantities.js", QUANTITY, "gap", [lane([3, 0])], None) == {"title": ["value"], "values": [[3, 0]]}


def test_a_loss_that_differs_from_the_lowest_by_rounding_is_an_exact_zero(call: Call):
    lowest = -959.6406627208506
    told = call("charts/quantities.js", QUANTITY, "gap", [lane([0.0, np.nextafter(lowest, -1e4), lowest])], lowest)
    assert told == {"title": ["gap"], "values": [[-lowest, 0, 0]]}


def test_a_rate_that_never_changes_is_sent_once_and_shown_at_every_step(call: Call):
    told = call("charts/quantities.js", QUANTITY, "rate", [lane([3, 2, 1]), lane([3, 2, 1], (0.2, 0.1))], 0)
    assert told["values"] == [[0.1, 0.1], [0.2, 0.1]]


def test_a_quantity_names_the_lanes_that_lack_it(call: Call):
    having = lane([1, 1], offers=["inner.v"], further={"inner.v": [0, -1]})
    told = call("charts/quantities.js", QUANTITY, "inner.v", [having, lane([1, 1], title="B")], 0)
    assert told == {"title": ["v", "not B"], "values": [[1, 0.1], None]}


# Reading a chart


def test_a_chart_is_read_at_the_nearest_step_with_the_largest_value_first(call: Call):
    script = """async ({ Reading }, at) => {
      const [canvas, values] = [document.createElement("canvas"), document.createElement("div")];
      document.body.append(canvas, values);
      const reading = new Reading(canvas, values);
      const series = [["low", [3, 2, 1, NaN]], ["high", [30, 20, 10, 5]], ["gone", [9, 8, NaN, NaN]]];
      const chart = { total: 3, series: series.map(([name, values]) => ({ name, values, colour: "red" })) };
      const box = { width: 158, height: 100, names: false };
      const draw = () => reading.draw(canvas.getContext("2d"), chart, { text: "#000000", background: "#ffffff" }, box, "step");
      draw();
      reading.at({ offsetX: 46 + at });
      draw();
      return [values.hidden, ...[...values.children].map((row) => row.innerText.replace("\\n", " "))];
    }"""
    assert call("charts/reading.js", script, 30) == [False, "step1", "high20.0", "gone8.00", "low2.00"]
    assert call("charts/reading.js", script, 65) == [False, "step2", "high10.0", "low1.00", "gone–"]
    assert call("charts/reading.js", script, 300)[0] is True, "beside the plot nothing is read"

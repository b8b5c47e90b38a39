"""The browser side's modules by themselves, called in a blank page of the program's origin: they need no Node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from core import Range
from figures import LOOKS
from player import ADDRESS, pack

Call = Callable[..., Any]

# Calls a script with a served module; the script may load() others. No frame comes by itself: frame(time) is one, at so many milliseconds.
CALL = """async ([base, name, ...given]) => {
  if (!window.frame) {
    let wanted = [];
    window.requestAnimationFrame = (act) => wanted.push(act);
    window.frame = (time) => { const now = wanted; wanted = []; for (const act of now) act(time); };
  }
  const load = (name) => import(`${base}/${name}`);
  return await (SCRIPT)(await load(name), ...given);
}"""


@pytest.fixture(scope="module")
def call(browser: Browser, server: str) -> Iterator[Call]:
    """call(name, script, *given) is what script(module, *given) returns in the page. A module is there once; with `?…` it is another."""
    base = f"{server}/{ADDRESS}/player"
    with browser.new_context() as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route(f"{server}/blank", lambda route: route.fulfill(body="<!doctype html><title>blank</title>", content_type="text/html"))
        page.goto(f"{server}/blank")
        yield lambda name, script, *given: page.evaluate(CALL.replace("SCRIPT", script), [base, name, *given])
        assert errors == []


# One message


def test_what_is_packed_in_python_is_unpacked_in_the_browser(call: Call):
    numbers = np.array([0.1, -0.0, np.nan, np.inf, -np.inf, 5e-324])
    value = {
        "lane": {"title": "Adam η", "nothing": None, "many": [1, {"a": True}]},
        "path": np.arange(10, dtype=np.float32).reshape(2, 5),
        "cube": np.arange(12.0).reshape(2, 3, 2),
        "numbers": numbers,
        "empty": np.zeros(0, dtype=np.float32),
    }
    told = call(
        "base/unpack.js",
        """({ unpack }, bytes) => {
          const { lane, path, cube, numbers, empty } = unpack(new Uint8Array(bytes));
          const kind = (array) => array.constructor.name;
          return { lane, path: path.map((row) => [kind(row), ...row]), cube: cube.map((face) => face.map((row) => [...row])),
                   numbers: [...numbers], kinds: [kind(numbers), kind(empty)], empty: empty.length };
        }""",
        list(pack(value)),
    )
    assert told["lane"] == value["lane"]
    assert told["path"] == [["Float32Array", *row] for row in value["path"].tolist()]
    assert told["cube"] == value["cube"].tolist()
    assert np.array(told["numbers"]).tobytes() == numbers.tobytes()
    assert told["kinds"] == ["Float64Array", "Float32Array"]
    assert told["empty"] == 0


# The clock

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


# Guesses


def test_a_guess_is_measured_once_its_run_is_shown_to_the_end(call: Call):
    script = """async (predict) => {
      const [store, clock, mode] = await Promise.all(["store", "clock", "mode"].map((name) => load(`stage/${name}.js`)));
      store.setSurface({ view: [[0, 10], [0, 5]], home: [[0, 10], [0, 5]], lowest: 0 });
      clock.configure({ total: 4 });
      const lane = { index: 1, path: [[0, 3], [0, 4]], link: {} };
      store.setLane(lane, null);
      const said = [predict.guess(1, [0, 0])];
      mode.setMode({ present: 0, hide: [], predict: 1 });
      said.push(predict.waiting(), predict.guessNext([0, 0]), predict.progress().set, predict.missed(lane, 4));
      predict.reveal();
      said.push(predict.waiting(), predict.missed(lane, 3), predict.missed(lane, 4));
      store.setLane({ ...lane, link: { "1.lr": "2" } }, null);
      said.push(predict.progress().set);
      return said;
    }"""
    told = call("stage/predict.js", script)
    assert told == [False, True, True, 1, None, False, None, {"distance": "5", "part": "50 %"}, 0]


# Drawing without a page

DRAW = """
const draw = async (base, lane, colours) => {
  const { Run } = await import(`${base}/drawing/run.js`);
  const { Plane } = await import(`${base}/drawing/plane.js`);
  const context = new OffscreenCanvas(200, 100).getContext("2d", { willReadFrequently: true });
  const run = new Run();
  run.show(lane);
  const ground = new Plane({ x: 0, y: 0, width: 200, height: 100, scale: 1 }, [[0, 2], [0, 1]]);
  for (const step of [1, 2.5]) {
    context.clearRect(0, 0, 200, 100);
    run.drawPast(context, step, ground, colours);
    run.drawNow(context, step, ground, colours);
  }
  return [...context.getImageData(0, 0, 200, 100).data];
};"""


WORKER = """(_, script, ...given) => {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage([base, ...given]);
  });
}"""


def test_a_run_draws_itself_where_there_is_no_page(call: Call):
    look = LOOKS[1]
    run = {
        "path": [[0.2, 0.8, 1.2, 1.6], [0.2, 0.7, 0.3, 0.8]],
        "marks": [[[0.3, 0.9, 1.3], [0.3, 0.8, 0.4]]],
        "marker": look.marker,
        "colours": {"light": look.light, "dark": look.dark},
        "many": {"count": 2, "points": [[0.2, 0.2, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7], [0.2, 0.2, 0.6, 0.8, 0.2, 0.4, 0.7, 0.9]],
                 "predicted": {"at": [1, 0.5], "axes": [[0.3, 0], [0, 0.2]]}},
    }  # fmt: skip
    colours = {"name": "light", "background": "#ffffff", "text": "#31333f", "font": "sans-serif"}
    here = call("drawing/run.js", f"async (_, ...given) => {{ {DRAW} return await draw(base, ...given); }}", run, colours)
    there = call("drawing/run.js", WORKER, DRAW + "onmessage = async ({ data }) => postMessage(await draw(...data));", run, colours)
    seen, pixels = (np.array(drawn).reshape(-1, 4) for drawn in (here, there))
    weighed = [colours[:, :3] * colours[:, 3:] / 255 for colours in (seen, pixels)]
    assert np.abs(weighed[0] - weighed[1]).max() < 3, "a page and a worker may round a pixel at an edge in different ways, and no more"
    line = [int(look.light[k : k + 2], 16) for k in (1, 3, 5)]
    assert ((pixels[:, :3] == line).all(axis=1) & (pixels[:, 3] == 255)).sum() > 20, "its head and its cloud"


# A surface in 3-D

HILLS = {"x": {"from": -4.0, "step": 0.4, "count": 21}, "y": {"from": -3.0, "step": 0.4, "count": 16}}


def hilly(gap: bool = False) -> dict[str, Any]:
    """A surface as the browser has it: f = hills from 0 to 10 on a grid of 21 × 16, the map's level asinh(f / 0.01), with a gap in a corner."""
    x, y = (axis["from"] + axis["step"] * np.arange(axis["count"]) for axis in (HILLS["x"], HILLS["y"]))
    f = 5 * (1 - np.cos(1.7 * x)[None, :] * np.cos(1.3 * y)[:, None])
    z = np.arcsinh(f / 0.01)
    rows = [[None if gap and i < 4 and j < 4 else float(v) for i, v in enumerate(row)] for j, row in enumerate(z)]
    map_ = {"z": rows, "zmin": float(z.min()), "zmax": float(z.max()), "contours": {"size": float(np.ptp(z)) / 18}}
    return {"figure": {"data": [map_]}, "grid": {**HILLS, "base": 0.0, "scale": 0.01}, "lowest": 0.0, "aspect": 4 / 3}


# What the scripts below are made of: a surface with NaN for null, and a space with the picture of what stands nearest.
SOLID = """
const inPicture = (u, v) => u > 2 && v > 2 && u < 318 && v < 238;
const solid = async (surface, kind, camera, box = { x: 0, y: 0, width: 320, height: 240, scale: 1 }) => {
  const [{ Relief }, { meshOf }, { Space }, { Raster }] = await Promise.all(
    ["drawing/relief", "drawing/mesh", "drawing/space", "base/raster"].map((name) => load(`${name}.js`)));
  surface.figure.data[0].z = surface.figure.data[0].z.map((row) => Float64Array.from(row, (v) => v ?? NaN));
  const relief = new Relief(surface, kind);
  const space = new Space(box, relief, camera);
  const raster = new Raster(2 * box.width, 2 * box.height);
  const paint = { table: Float32Array.of(0, 0, 0, 255, 255, 255), top: 18, line: [0, 0, 0], strength: 0, wide: 1 };
  const mesh = meshOf(relief);
  for (const part of [mesh.sides, mesh.top])
    raster.draw({ ...space.onScreenAll(part.places, 2), level: part.level, shade: part.shade }, part.triangles, paint);
  space.seen = raster;
  return { relief, space, raster, mesh };
};
"""
CAMERAS = [{"turn": 0.46, "tilt": 0.78, "zoom": 1, "pan": [0, 0]}, {"turn": -2.5, "tilt": 0.3, "zoom": 2, "pan": [0.1, -0.05]}]


def test_the_nearest_of_two_triangles_is_seen(call: Call):
    """Whichever is drawn first; and a third, a corner of which is nowhere, is not drawn."""
    told = call(
        "base/raster.js",
        """({ Raster }, order) => {
          const raster = new Raster(8, 8);
          const corners = {
            x: [0, 8, 0, 0, 8, 0, NaN], y: [0, 0, 8, 0, 0, 8, 0], near: [1, 1, 1, 2, 2, 2, 9],
            level: [0, 0, 0, 1, 1, 1, 1], shade: [1, 1, 1, 1, 1, 1, 1],
          };
          const paint = { table: Float32Array.of(200, 0, 0, 0, 100, 0), top: 1, line: [0, 0, 0], strength: 0, wide: 0 };
          for (const triangle of order) raster.draw(corners, triangle, paint);
          return [[...raster.pixels.slice(0, 4)], [...raster.pixels.slice(-4)], [...raster.near].filter((v) => v === 2).length];
        }""",
        [[3, 4, 5], [0, 1, 2], [6, 1, 2]],
    )
    assert told == [[0, 100, 0, 255], [0, 0, 0, 0], 28], "the pixels whose middles lie inside: 8 · 7 / 2"


def test_level_lines_lie_at_whole_levels(call: Call):
    """A slope of 0.1 levels a pixel: its one dark line between level 0 and 2 is where it has level 1, and there is none at the ends."""
    dark = call(
        "base/raster.js",
        """({ Raster }) => {
          const raster = new Raster(20, 4);
          const corners = { x: [0, 20, 0, 20], y: [0, 0, 4, 4], near: [1, 1, 1, 1], level: [0, 2, 0, 2], shade: [1, 1, 1, 1] };
          const paint = { table: Float32Array.of(200, 200, 200, 200, 200, 200), top: 2, line: [0, 0, 0], strength: 1, wide: 1 };
          raster.draw(corners, [0, 1, 2, 1, 3, 2], paint);
          return [...raster.pixels].filter((_, i) => i % 4 === 0).slice(20, 40);
        }""",
    )
    assert [i for i, red in enumerate(dark) if red < 150] == [9, 10], "on both sides of x = 10"


def test_a_camera_stays_above_the_ground_and_upright(call: Call):
    """However it is turned, it looks down by 8 to 90 degrees, and what is upright in space is upright in the middle of the picture."""
    told = call(
        "base/camera.js",
        """({ HOME, turned, rowsOf }, moves) => moves.map(([across, down]) => {
          const camera = turned(HOME, across, down);
          const rows = rowsOf(camera, [0.7, 0.5, [0, 0.4]], { width: 300, height: 200, margins: [0, 0, 0, 0] });
          const at = (z) => { const [u, v, w] = rows.map((row) => row[2] * z + row[3]); return [u / w, v / w]; };
          return { tilt: camera.tilt, low: at(0), high: at(0.4) };
        })""",
        [[0.3 * i, 0.7 * j] for i in range(-20, 21, 4) for j in range(-4, 5)],
    )
    for each in told:
        assert np.radians(8) <= each["tilt"] <= np.radians(90)
        assert each["low"][0] == pytest.approx(each["high"][0], abs=1e-9), "an upright line"
        assert each["high"][1] <= each["low"][1] + 1e-9, "what is higher is higher in the picture"


def test_the_box_fills_the_picture_from_every_side(call: Call):
    solid = [0.7, 0.5, [-0.03, 0.45]]
    corners = np.array([[x, y, z, 1] for x in (-0.7, 0.7) for y in (-0.5, 0.5) for z in (-0.03, 0.45)])
    cameras = [{"turn": turn, "tilt": tilt, "zoom": 1, "pan": [0, 0]} for turn in np.linspace(-3, 3, 9) for tilt in (0.2, 0.8, np.pi / 2)]
    picture = {"width": 330, "height": 230, "margins": [38, 22, 16, 26]}
    for rows in call(
        "base/camera.js", "({ rowsOf }, cameras, solid, picture) => cameras.map((c) => rowsOf(c, solid, picture))", cameras, solid, picture
    ):
        u, v, w = np.array(rows) @ corners.T
        left, right, top, bottom = [(u / w).min() - 38, 330 - 22 - (u / w).max(), (v / w).min() - 16, 230 - 26 - (v / w).max()]
        assert min(left, right, top, bottom) > -1e-6
        assert min(left + right, top + bottom) == pytest.approx(0, abs=1e-6)


def test_a_zoom_keeps_what_lies_under_the_hand_and_never_leaves_the_picture(call: Call):
    script = """({ HOME, zoomed, rowsOf }, steps) => {
      const seen = (camera) => {
        const rows = rowsOf(camera, [0.7, 0.5, [0, 0.4]], { width: 300, height: 200, margins: [10, 10, 10, 10] });
        return (x, y, z) => {
          const [u, v, w] = rows.map((r) => r[0] * x + r[1] * y + r[2] * z + r[3]);
          return [u / w / 300 - 0.5, v / w / 200 - 0.5];
        };
      };
      const at = seen(HOME)(0.1, -0.2, 0.1);
      const closer = zoomed(HOME, 3, at);
      let camera = closer;
      for (const [times, by] of steps) camera = zoomed(camera, times, [0, 0], by);
      return [at, seen(closer)(0.1, -0.2, 0.1), closer.zoom, camera.pan, zoomed(camera, 1e-3)];
    }"""
    at, then, zoom, pan, out = call("base/camera.js", script, [[1, [9, -9]]] * 3)
    assert then == pytest.approx(at, abs=1e-12)
    assert (zoom, pan) == (3, [1, -1])
    assert (out["zoom"], np.abs(out["pan"]).tolist()) == (1, [0, 0])


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("kind", ["f", "log"])
def test_a_click_is_the_inverse_of_where_a_point_is_seen(call: Call, kind: str, camera: dict[str, Any]):
    """Every point that nothing hides is found again under its pixel, within the width of a tenth of a cell."""
    points = [[x, y] for x in np.arange(-3.7, 3.8, 0.53) for y in np.arange(-2.8, 2.9, 0.47)]
    script = f"""async (_, surface, kind, camera, points) => {{
      {SOLID}
      const {{ space, relief }} = await solid(surface, kind, camera);
      return points.map(([x, y]) => {{
        const [u, v, near] = space.onScreen([x, y, relief.height(x, y)]);
        return inPicture(u, v) && !space.hides(u, v, near) ? space.at(u, v) : null;
      }});
    }}"""
    told = call("base/camera.js", script, hilly(), kind, camera, points)
    off = [np.hypot(*np.subtract(point, found)) for point, found in zip(points, told, strict=True) if found]
    assert len(off) > len(points) / 4
    assert np.median(off) < 1e-6
    assert np.mean(np.array(off) < 0.2) > 0.95, "but where a hill's edge lies within a pixel"


@pytest.mark.parametrize("camera", CAMERAS)
def test_what_a_hill_stands_before_is_hidden(call: Call, camera: dict[str, Any]):
    """As a march along the line of sight has it, but for points within a pixel of a hill's edge."""
    points = [[x, y] for x in np.arange(-3.7, 3.8, 0.25) for y in np.arange(-2.8, 2.9, 0.25)]
    script = f"""async (_, surface, camera, points) => {{
      {SOLID}
      const {{ space, relief }} = await solid(surface, "f", camera);
      const marched = ([x, y, z]) => {{
        const way = space.eye.map((v, i) => v - [x, y, z][i]);
        for (let t = 0.0005; t < 0.4; t += 0.0005) {{
          const ground = relief.height(x + t * way[0], y + t * way[1]);
          if (Number.isNaN(ground)) return false;
          if (ground > z + t * way[2]) return true;
        }}
        return false;
      }};
      const places = points.map(([x, y]) => space.lifted(x, y)).filter((place) => inPicture(...space.onScreen(place)));
      return places.map((place) => [space.hides(...space.onScreen(place)), marched(place)]);
    }}"""
    told = np.array(call("base/camera.js", script, hilly(), camera, points))
    assert 0.02 < told[:, 1].mean() < 0.9
    assert (told[:, 0] == told[:, 1]).mean() > 0.93
    assert (told[:, 0] & ~told[:, 1]).mean() < 0.02, "what is seen is not drawn as hidden"


def test_where_the_surface_has_a_gap_nothing_is_drawn_nor_picked(call: Call):
    script = f"""async (_, surface, camera, whole) => {{
      {SOLID}
      const {{ space, relief }} = await solid(surface, "f", camera);
      const [u, v] = (await solid(whole, "f", camera)).space.onScreen([-3.8, -2.8, 0.2]);
      return [relief.height(-3.8, -2.8), space.project(-3.8, -2.8), space.at(u, v), relief.height(0, 0)].map((value) => JSON.stringify(value));
    }}"""
    height, place, picked, beside = call("base/camera.js", script, hilly(gap=True), {**CAMERAS[0], "tilt": 1.5}, hilly())
    assert (height, place, picked) == ("null", "[null,null]", "null")
    assert float(beside) == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize(("kind", "lowest", "title"), [("f", 0.0, "f"), ("log", 0.0, "f − f*"), ("log", None, "f")])
def test_heights_and_their_numbers_belong_together(call: Call, kind: str, lowest: float | None, title: str):
    """A tick stands where a surface has that f: f as it is, or asinh((f − base) / knee), which rises and nowhere clips."""
    surface = {**hilly(), "lowest": lowest}
    surface["grid"] = {**surface["grid"], "base": 7.0}
    script = """({ heightsOf }, surface, kind, rises) => {
      const { of, low, high, ticks, title } = heightsOf(surface, kind);
      return { title, low, high, ticks: ticks(5), heights: rises.map((rise) => of(Math.asinh(rise / 0.01))) };
    }"""
    rises = [0.0, 0.1, 1.0, 4.0, 10.0]
    told = call("drawing/heights.js", script, surface, kind, rises)
    knee = 0.05 * surface["grid"]["scale"] * np.sinh(surface["figure"]["data"][0]["zmax"])
    height = np.array if kind == "f" else lambda rise: np.arcsinh(np.array(rise) / knee)
    assert told["title"] == title
    assert told["heights"] == pytest.approx(height(rises), rel=1e-9)
    offset = 0.0 if title == "f − f*" else 7.0
    assert len(told["ticks"]) >= 2
    for tick in told["ticks"]:
        assert tick["at"] == pytest.approx(float(height(float(tick["text"]) - offset)), abs=1e-9)
        assert told["low"] - 1e-9 <= tick["at"] <= told["high"] + 1e-9


# What is typed


@pytest.mark.parametrize(
    ("within", "whole"), [("(0, inf)", False), ("[0, 1)", False), ("(0, 1]", False), ("[1, 1000000000]", True), ("(-inf, inf)", False)]
)
def test_a_number_is_accepted_as_the_server_accepts_it(call: Call, within: str, whole: bool):
    values = [-1.0, -1e-300, 0.0, 1e-300, 0.5, 1 - 2**-53, 1.0, 1 + 2**-52, 2.5, 1e9, 1e9 + 1, 1e300]
    told = call("base/interval.js", "({ accepts }, values, ...of) => values.map((value) => accepts(...of, value))", values, within, whole)
    assert told == [Range(0, 1, within=within, whole=whole).holds(value) for value in values]


def test_a_number_is_read_as_it_is_written(call: Call):
    texts = ["0.05", " 5e-4 ", "5e−4", ".5", "2.", "+3", "−1", "", "x", "0,05", "0x10", "1e", "Infinity", "1 2"]
    told = call("base/interval.js", "({ numberIn }, texts) => texts.map((text) => { const v = numberIn(text); return isNaN(v) ? null : v; })", texts)
    assert told == [0.05, 5e-4, 5e-4, 0.5, 2, 3, -1, *[None] * 7]

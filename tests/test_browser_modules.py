"""Single modules of the browser side: messages, guesses, runs drawn without a page, typed numbers."""

from __future__ import annotations

import numpy as np
import pytest

from core import Range
from figures import LOOKS
from player import pack
from tests.blank_page import Call

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


# Runs without panels


def test_a_run_without_a_panel_never_takes_the_place_of_one(call: Call):
    """Between two pages both are there for a while: the lane's panel of the one, and what the other still asks for."""
    script = """async ({ Runs }, bytes) => {
      const { stage, setLane, dropLane } = await load("stage/store.js");
      let asked, answer;
      window.fetch = () => new Promise((resolve) => { answer = () => resolve(new Response(new Uint8Array(bytes))); asked?.(); });
      const own = { link: { "1.lr": "1" } }, told = [];
      const look = () => told.push([...stage.lanes].map(([index, { title, link }]) => [index, title ?? null, link]));
      const panel = { name: "its panel" };
      let wanted = new Map([[1, "1.lr=2"], [2, "1.lr=3"]]);
      const runs = new Runs(() => wanted, (index) => ({ look: index }));
      const working = runs.work();
      setLane({ ...own, index: 1 }, panel);
      const second = new Promise((resolve) => (asked = resolve));
      answer();
      await second;
      answer();
      await working;
      look();
      dropLane(1, panel);
      look();
      setLane({ ...own, index: 1 }, panel);
      wanted = new Map();
      runs.end();
      look();
      dropLane(1, panel);
      look();
      return told;
    }"""
    told = call("stage/runs.js", script, list(pack({"lane": {"title": "a run", "link": {}}})))
    own, first, second = [1, None, {"1.lr": "1"}], [1, "a run", None], [2, "a run", None]
    assert [sorted(lanes, key=lambda lane: lane[0]) for lanes in told] == [[own, second], [first, second], [own], []]


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


def test_a_stretch_of_a_band_ends_where_there_is_no_value(call: Call):
    script = """({ pieces }) => {
      const [chart, plot] = [{ axis: { place: (v) => v } }, { x: 0, y: 0, width: 10, height: 10 }];
      return [[NaN, 1, 2, NaN, 3], [1, 2], [NaN], []].map((values) => pieces(Float32Array.from(values), chart, plot));
    }"""
    assert call("charts/plot.js", script) == [[[1, 2], [4, 4]], [[0, 1]], [], []]

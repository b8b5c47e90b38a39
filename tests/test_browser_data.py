"""The Data page in a browser: the data follow the hand and stay in the link, and what the browser works out is what Python works out."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, Request, expect

from core.number import short
from figures import LOOKS
from links.data import DATA, problem_of, stops
from player import ADDRESS
from problems import PROBLEMS, Problem
from problems.batches import Batches
from problems.points import points
from runs.batched import batch_covariance
from tests.blank_page import Call
from tests.conftest import NewPage
from tests.fingers import PHONE, drag
from tests.race_page import eventually, go, idle
from tests.test_browser_access import faultless
from tests.test_browser_looks import rgb
from tests.test_browser_picture import picture

FIVE = "1,1;-1,-0.9;2,0.8;-2,-1;0.5,0.1"
CHOSEN = ".dl-examples-said"
STORE = f"/{ADDRESS}/player/stage/store.js"
LANES = """async (store) => {
  const { stage, lanesInOrder } = (await import(store));
  return lanesInOrder().map(({ examples, batch }) => [stage.link.surface, stage.link["surface.points"], examples, batch]);
}"""


def shown(page: Page, link: str) -> Page:
    """This link of the page, once the panel, the surface and every lane show it."""
    go(page, f"/data?v=1&at=20&{link}")
    flat = DATA.read(dict(parse_qsl(link)), "en")[0]
    problem = problem_of(flat)
    expect(page.locator(".dl-f:not(:empty)").first).to_be_attached()
    expect(page.locator(".dl-clouds-list li").first).to_be_visible()
    wanted = [[flat["surface"], flat["surface.points"], problem.count, flat[f"{i}.batch"]] for i in range(1, flat["lanes"] + 1)]
    eventually(lambda: page.evaluate(LANES, STORE), lambda lanes: lanes == wanted)
    eventually(lambda: lowest(page), lambda now: now == pytest.approx(problem.lowest))
    idle(page)
    return page


def given(page: Page) -> np.ndarray:
    """The points in the address."""
    return points(page.evaluate("new URLSearchParams(location.search).get('surface.points') ?? ''"))


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a point of the data is on the screen."""
    box = page.locator(".dl-examples-plot").bounding_box()
    assert box
    data = points(page.evaluate("new URLSearchParams(location.search).get('surface.points')"))
    low, high = data[:2].min(axis=1), data[:2].max(axis=1)
    low, high = low - 0.12 * (high - low), high + 0.12 * (high - low)
    across, up = (np.array([x, y]) - low) / (high - low)
    return box["x"] + 38 + across * (box["width"] - 46), box["y"] + 8 + (1 - up) * (box["height"] - 40)


def test_points_are_moved_added_and_deleted_by_hand_and_the_link_has_them(open_page: NewPage):
    page = shown(open_page(), f"surface.points={FIVE}")
    f = lambda: page.locator(".dl-f").first.inner_text()  # noqa: E731
    before, at_first, asked = f(), lowest(page), asked_surfaces(page)
    page.mouse.move(*place(page, 2, 0.8))
    page.mouse.down()
    page.mouse.move(*place(page, 1.5, 0.2), steps=4)
    eventually(f, lambda now: now != before)  # the lane follows before it is let go,
    eventually(
        lambda: (lowest(page), asked[-1:]), lambda now: now[1] and now[0] != at_first and now[0] == pytest.approx(now[1][0].lowest)
    )  # the surface too
    assert np.array_equal(given(page), points(FIVE))
    page.mouse.up()
    eventually(lambda: given(page)[:, 2], lambda moved: moved == pytest.approx([1.5, 0.2], abs=0.03))
    idle(page)
    expect(page.locator(CHOSEN)).to_contain_text("Point 3 of 5")
    page.mouse.click(*place(page, 0.5, -0.6))
    eventually(lambda: given(page).shape, lambda shape: shape == (2, 6))
    idle(page)
    page.locator(".dl-examples-delete").click()
    eventually(lambda: given(page).shape, lambda shape: shape == (2, 5))
    idle(page)
    page.keyboard.press("Control+z")
    eventually(lambda: given(page).shape, lambda shape: shape == (2, 6))


def lowest(page: Page) -> float:
    """f* of the surface on the stage."""
    return page.evaluate("async (store) => (await import(store)).stage.surface.lowest", STORE)


def asked_surfaces(page: Page) -> list[Problem]:
    """The surfaces that a hand asks for from now on."""
    found: list[Problem] = []

    def note(request: Request) -> None:
        if urlsplit(request.url).path == "/surface":
            found.append(problem_of(DATA.read(dict(parse_qsl(urlsplit(request.url).query)), "en")[0]))

    page.on("request", note)
    return found


def test_a_drag_that_is_taken_away_puts_everything_back(open_page: NewPage):
    page = shown(open_page(), f"surface.points={FIVE}")
    f, at_first = page.locator(".dl-f").first, lowest(page)
    before = f.inner_text()
    page.mouse.move(*place(page, 2, 0.8))
    page.mouse.down()
    page.mouse.move(*place(page, 1.5, 0.2), steps=4)
    eventually(lambda: lowest(page), lambda now: now != at_first)
    eventually(f.inner_text, lambda now: now != before)
    page.locator(".dl-examples-plot").dispatch_event("pointercancel")
    eventually(lambda: (lowest(page), f.inner_text()), lambda now: now == (at_first, before))
    page.mouse.up()
    assert np.array_equal(given(page), points(FIVE))


def test_keys_do_what_a_mouse_does(open_page: NewPage):
    page = shown(open_page(), f"surface.points={FIVE}")
    page.locator(".dl-examples-plot").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(CHOSEN)).to_contain_text("Point 4 of 5: (−2, −1)")
    page.keyboard.press("Shift+ArrowRight")
    eventually(lambda: given(page)[0, 3], lambda x: -2 < x < -1.9)
    idle(page)
    page.keyboard.press("Delete")
    eventually(lambda: given(page).shape, lambda shape: shape == (2, 4))


def test_the_loss_of_one_weight_is_a_curve_with_its_tangent_and_that_of_the_batch(open_page: NewPage, call: Call):
    page = shown(open_page(), "surface=one_weight&at=3")
    expect(page.locator(".dl-graph")).to_have_count(3)
    expect(page.locator(".st-key-y")).to_have_count(0)
    problem = PROBLEMS["one_weight"](examples=30)
    x = np.linspace(-2, 4, 241)
    data = {"model": "one_weight", "gain": 0, "classes": False, "points": problem.data.tolist()}
    curve = {"from": -2, "step": 6 / 240, "values": problem.value(np.array([x, 0 * x])).tolist(), "data": data}
    script = """({ Graph }, curve, path, rows) => {
      const graph = new Graph({ x: 0, y: 0, width: 300, height: 200, scale: 1 }, [[-2, 4], [-1, 1]], curve);
      const [left, top] = graph.project(path[0][1]);
      const { height, slope } = graph.trail(path, { path, rows }).batchAt(1);
      return [graph.slope(path[0][1]), height, slope, graph.at(left, top)];
    }"""
    rows, p = [[1, 2, 3], [4, 8, 65535]], np.array([0.25, 0.0])
    batch = problem.batch(np.array([4, 8]))
    slope, height, of_batch, there = call("drawing/graph.js", script, curve, [[1.0, 0.25], [0, 0]], rows)
    assert slope == pytest.approx(problem.gradient(p)[0], rel=1e-9)
    assert (height, of_batch) == pytest.approx((float(batch.value(p)), batch.gradient(p)[0]), rel=1e-6)
    assert there == pytest.approx([0.25, 0])


def test_a_click_on_the_curve_moves_the_start(open_page: NewPage):
    page = shown(open_page(), "surface=one_weight&at=3")
    box = page.locator(".dl-graph").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.5 * box["height"])
    eventually(lambda: page.evaluate("Number(new URLSearchParams(location.search).get('x'))"), lambda x: x > 1.5)
    assert page.evaluate("new URLSearchParams(location.search).get('y')") in (None, "0.0")


def test_another_number_of_examples_is_chosen_with_the_slider(open_page: NewPage):
    page = shown(open_page(), "surface.examples=10000")
    expect(page.locator(".dl-examples")).to_have_attribute("aria-label", "Data: 10000 examples")
    page.locator(".st-key-data_menu button").first.click()
    page.locator(".st-key-surface-examples input[type=range]").focus()
    page.keyboard.press("ArrowLeft")
    eventually(lambda: page.evaluate("new URLSearchParams(location.search).get('surface.examples')"), lambda now: now not in ("10000", None))
    count = page.evaluate("new URLSearchParams(location.search).get('surface.examples')")
    expect(page.locator(".dl-examples")).to_have_attribute("aria-label", f"Data: {count} examples")
    eventually(lambda: lowest(page), lambda now: now == pytest.approx(PROBLEMS["linear_regression"](examples=int(count)).lowest))
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)


def test_a_file_is_loaded_and_an_error_names_line_and_column(open_page: NewPage):
    page = shown(open_page(), f"surface.points={FIVE}")

    def load(text: str) -> None:
        page.locator(".dl-examples-file").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": text.encode()})

    said = page.locator(".dl-said")
    load("x,y\n1,2\n3,abc\n")
    expect(said).to_have_text("Line 3, column 2: abc is no number.")
    load("1,2\n3,4,5\n")
    expect(said).to_have_text("Line 2: 3 columns, and 2 are needed.")
    load("1,2\n" * 20_000)
    expect(said).to_contain_text("80000 bytes")
    assert np.array_equal(given(page), points(FIVE))
    load("x;y\r\n0;1\r\n1;3\r\n2;4.5\r\n")
    eventually(lambda: given(page).tolist(), lambda now: now == [[0, 1, 2], [1, 3, 4.5]])
    expect(page.locator(".st-key-controls3 .dl-slider-value").nth(1)).to_have_text("3")  # the full batch is all of them
    idle(page)


@pytest.mark.parametrize("name", list(PROBLEMS))
def test_the_browsers_fits_and_gradients_are_those_of_the_models(call: Call, name: str):
    problem = PROBLEMS[name](examples=30)
    p = np.array([0.7, 0.0 if problem.single else -0.4])
    data = {"model": name, "gain": getattr(problem, "gain", 0), "classes": problem.classes, "points": problem.data.tolist()}
    script = """({ gradients, cloud }, data, p) => {
      const all = gradients(data, p);
      const { off, measured, predicted } = cloud(all, 5, 500);
      return [all.map((each) => [...each]), off.map((each) => each.length), measured, predicted, cloud(all, 1, 500).measured];
    }"""
    found, counts, measured, predicted, alone = call("drawing/fits.js", script, data, p.tolist())
    assert np.array(found) == pytest.approx(problem.gradients(p), rel=1e-6, abs=1e-8)
    assert counts == [500, 500]
    assert predicted == pytest.approx(np.trace(batch_covariance(problem, p, 5)), rel=1e-6)
    assert measured == pytest.approx(predicted, rel=0.25)
    assert alone == pytest.approx(np.trace(batch_covariance(problem, p, 1)), rel=1e-6)


def test_curves_over_epochs_lie_where_each_lane_has_come_to(call: Call):
    lanes = [{"seen": [0, b, 2 * b], "examples": 10, "evaluations": 1} for b in (1, 10)]
    script = "({ acrossOf }, lanes) => [acrossOf(lanes, 'epochs').at, acrossOf(lanes, 'iterations'), acrossOf(lanes, 'epochs').ticks(500)]"
    at, none, ticks = call("charts/across.js", script, lanes)
    assert (at[0][0], at[1][0], at[1][2], none) == (0, 0, 1, None)
    assert at[0] == sorted(at[0])
    assert at[0][2] < at[1][1]
    assert [tick["label"] for tick in ticks] == ["0", "0.1", "1"]


def test_the_settings_of_the_page_are_complete_and_batches_are_within_the_data():
    flat, complaints = DATA.read({"surface.points": "hubble", "1.batch": "25"}, "en")
    assert [str(each) for each in complaints] == ["1.batch=25 was ignored: allowed is 1, 2, … 24; 1 is used instead."]
    assert [flat[f"{i}.batch"] for i in (1, 2, 3)] == [1, 20, 24]
    assert stops(24) == [1, 2, 4, 8, 16, 20, 24]


def test_a_finger_moves_a_point_adds_one_and_deletes_it(open_page: NewPage):
    page = shown(open_page(**PHONE), f"surface.points={FIVE}")
    plot = page.locator(".dl-examples-plot")
    plot.scroll_into_view_if_needed()
    (x0, y0), (x1, y1) = place(page, 2, 0.8), place(page, 1.5, -0.4)
    drag(page, [(x0 + (x1 - x0) * k / 5, y0 + (y1 - y0) * k / 5) for k in range(6)])  # mostly downwards: the page does not scroll
    eventually(lambda: given(page)[:, 2], lambda moved: moved == pytest.approx([1.5, -0.4], abs=0.06))
    idle(page)
    page.touchscreen.tap(*place(page, 0, -0.8))
    eventually(lambda: given(page).shape, lambda shape: shape == (2, 6))
    idle(page)
    before = given(page)
    page.touchscreen.tap(*place(page, -1, -0.9))
    expect(page.locator(CHOSEN)).to_contain_text("Point 2 of 6")
    bin_ = page.locator(".dl-examples-delete")
    box = bin_.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    bin_.tap()
    eventually(lambda: given(page).tolist(), lambda now: now == np.delete(before, 1, axis=1).tolist())


def test_the_data_and_the_clouds_are_in_the_picture_that_is_saved(open_page: NewPage):
    page = shown(open_page(), f"surface.points={FIVE}&1.batch=1&2.batch=2&3.batch=5")
    _name, image, texts = picture(page)
    seen = Batches(5, 2).seen(20)
    assert {
        "The data, and each lane's fit at this step",
        "Batch gradients around the full gradient",
        f"B 2: epoch {short(seen / 5)} · {seen} ex.",
    } <= set(texts)
    pixels = np.asarray(image).astype(int)[-600:]  # the lowest part
    for look in LOOKS[:3]:
        assert (np.abs(pixels - rgb(look.light)).sum(axis=2) <= 6).sum() > 300, "each lane's fit"
    go(page, f"/data?v=1&at=20&hide=data&surface.points={FIVE}")
    expect(page.locator(".dl-examples")).to_be_hidden()
    idle(page)
    assert "The data, and each lane's fit at this step" not in picture(page)[2]


def test_axe_finds_nothing_serious_on_the_page_and_on_a_phone_in_its_menus(open_page: NewPage):
    faultless(shown(open_page(), f"surface.points={FIVE}"))
    page = shown(open_page(**PHONE), f"surface.points={FIVE}")
    for name in ("data_menu", "batches_menu"):
        page.locator(f".st-key-{name} button").first.tap()
        expect(page.locator("[data-testid=stPopoverBody]")).to_be_visible()
        faultless(page, "[data-testid=stPopoverBody]")
        page.keyboard.press("Escape")
        expect(page.locator("[data-testid=stPopoverBody]")).to_have_count(0)

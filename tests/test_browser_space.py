"""The surfaces in 3-D by themselves: pictures, cameras, what is picked and what is hidden, and heights."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.blank_page import Call

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

"""The encoders of animations, by themselves: what they make is opened and looked at."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.blank_page import Call, called

# A red square that goes to the right on blue paper, 8 pixels a frame.
DRAW = """(context, i) => {
  context.fillStyle = "#0072b2"; context.fillRect(0, 0, 160, 90);
  context.fillStyle = "#d55e00"; context.fillRect(8 * i, 30, 30, 30);
}"""
PAPER, SQUARE = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)
MADE = f"""async ({{ encode }}, wanted) => {{
  const parts = [];
  const progress = (part) => parts.push(part);
  const blob = await encode({{ width: 160, height: 90, count: 12, rate: 10, hold: 0.5, ...wanted, draw: {DRAW}, progress }});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return {{ type: blob.type, parts, bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) }};
}}"""
# What a player shows of a file: its size, how long it lasts, and the colours at a place at some times.
PLAYED = """async (_module, type, bytes, times, [x, y]) => {
  const video = Object.assign(document.createElement("video"), { muted: true });
  const told = (name) => new Promise((resolve, reject) => {
    video.addEventListener(name, resolve, { once: true });
    video.addEventListener("error", () => reject(video.error), { once: true });
  });
  const loaded = told("loadeddata");
  video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], { type }));
  await loaded;
  const colours = [];
  for (const time of times) {
    const sought = told("seeked");
    video.currentTime = time;
    await sought;
    const context = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext("2d");
    context.drawImage(video, 0, 0);
    colours.push([...context.getImageData(x, y, 1, 1).data.slice(0, 3)]);
  }
  return { size: [video.videoWidth, video.videoHeight], duration: video.duration, colours };
}"""


def made(call: Call, **wanted: Any) -> dict[str, Any]:
    """What `encode` makes of the square: {type, parts: of the progress, bytes}."""
    return call("export/animation.js", MADE, wanted)


def opened(answer: dict[str, Any]) -> Image.Image:
    return Image.open(BytesIO(b64decode(answer["bytes"])))


def test_a_gif_has_every_frame_in_its_own_colours_and_goes_round(call: Call):
    image = opened(made(call, kind="gif", comment="The square, http://localhost/?at=3 — 안녕"))
    assert (image.format, image.size, image.info["loop"]) == ("GIF", (160, 90), 0)
    assert image.info["comment"].decode() == "The square, http://localhost/?at=3 — 안녕"
    assert getattr(image, "n_frames", 1) == 12
    for i in range(12):
        image.seek(i)
        assert image.info["duration"] == (500 if i == 11 else 100), "the last one stays"
        pixels = np.asarray(image.convert("RGB"))
        expected = np.full((90, 160, 3), PAPER)
        expected[30:60, 8 * i : 8 * i + 30] = SQUARE
        assert np.array_equal(pixels, expected), "flat colours are exactly what was drawn"


def test_a_gif_has_of_each_frame_what_is_new(call: Call):
    """On paper full of dots, which is what takes room."""
    script = """async ({ encode }, count) => {
      const dots = Array.from({ length: 4096 }, (_, k) => ((k * 48271) ^ (k * k)) % 97);
      const draw = (context, i) => {
        for (const [k, dot] of dots.entries()) {
          context.fillStyle = `rgb(${2 * dot} 99 ${dot})`;
          context.fillRect(k % 64, Math.floor(k / 64), 1, 1);
        }
        context.fillStyle = "#fff"; context.fillRect(i, 30, 8, 8);
      };
      return (await encode({ kind: "gif", width: 64, height: 64, count, rate: 10, hold: 0, draw })).size;
    }"""
    first, all_frames = (call("export/animation.js", script, count) for count in (1, 12))
    assert first > 1500
    assert (all_frames - first) / 11 < 0.1 * first


@pytest.mark.parametrize("rate", [30, 15])
def test_a_gifs_frames_last_as_long_as_they_should_together(call: Call, rate: int):
    """A GIF counts in hundredths of a second."""
    image = opened(made(call, kind="gif", rate=rate, count=31, hold=0))
    lasting = []
    for i in range(31):
        image.seek(i)
        lasting.append(image.info["duration"])
    assert set(lasting) == ({30, 40} if rate == 30 else {60, 70})
    assert sum(lasting) == pytest.approx(1000 * 31 / rate, abs=5)


@pytest.mark.parametrize(("kind", "codecs", "mark"), [("mp4", (b"avc1", b"vp09"), b"ftyp"), ("webm", (b"V_VP9", b"V_VP8"), b"\x1aE\xdf\xa3")])
def test_a_video_plays_for_as_long_as_it_should_and_can_be_sought_in(call: Call, kind: str, codecs: tuple[bytes, ...], mark: bytes):
    answer = made(call, kind=kind, title="The square", comment="http://localhost/?at=3")
    content = b64decode(answer["bytes"])
    assert mark in content[:12]
    assert any(codec in content for codec in codecs)
    assert b"http://localhost/?at=3" in content
    assert answer["parts"] == sorted(answer["parts"])
    assert answer["parts"][-1] == 1
    played = call("export/animation.js", PLAYED, answer["type"], answer["bytes"], [0.05, 0.85], [76, 45])
    assert played["size"] == [160, 90]
    assert played["duration"] == pytest.approx(1.6, abs=0.06), "eleven tenths of a second, and the last frame for half of one"
    assert [np.abs(np.subtract(colour, expected)).max() < 40 for colour, expected in zip(played["colours"], (PAPER, SQUARE), strict=True)] == [
        True,
        True,
    ]


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_what_is_cancelled_ends_at_once(call: Call, kind: str):
    script = """async ({ encode }, kind) => {
      const work = new AbortController();
      let [drawn, late] = [0, 0];
      const draw = () => { drawn++; if (work.signal.aborted) late++; };
      const progress = (part) => part > 0.2 && work.abort();
      return encode({ kind, width: 64, height: 64, count: 50, rate: 10, hold: 0, draw, progress, signal: work.signal })
        .then(() => "made", ({ name }) => [name, drawn < 30, late]);
    }"""
    assert call("export/animation.js", script, kind) == ["AbortError", True, 0]


def test_the_page_goes_on_while_a_gif_is_made(call: Call):
    """Between two pieces of work timers fire."""
    script = """async ({ encode }) => {
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      const draw = (context, i) => { context.fillStyle = `rgb(${i} ${2 * i} 0)`; context.fillRect(0, 0, 400, 400); };
      await encode({ kind: "gif", width: 400, height: 400, count: 100, rate: 20, hold: 0, draw });
      clearInterval(timer);
      return turns;
    }"""
    assert call("export/animation.js", script) >= 5


def test_the_estimate_is_near_what_comes_out(call: Call):
    script = f"""async ({{ estimate }}, kind) => estimate({{ kind, width: 160, height: 90, count: 12, rate: 10, hold: 0.5, draw: {DRAW} }})"""
    assert call("export/estimate.js", script, "gif") == pytest.approx(len(b64decode(made(call, kind="gif")["bytes"])), rel=0.2)


def test_the_frames_cover_the_steps_and_end_at_the_last_one(call: Call):
    script = """({ countOf, stepOf }, spans) => spans.map((span) => {
      const count = countOf(span);
      return [count, stepOf(0, span), stepOf(1, span), stepOf(count - 2, span), stepOf(count - 1, span)];
    })"""
    spans = [(0, 200, 20, 20), (10, 60, 25, 10), (0, 7, 3, 10), (0, 1, 0.7, 30)]
    found = call("export/frames.js", script, [dict(zip(("from", "to", "speed", "rate"), span, strict=True)) for span in spans])
    assert [count for count, *_steps in found] == [201, 21, 25, 44]
    for (start, end, speed, rate), (_count, first, second, before, last) in zip(spans, found, strict=True):
        assert (first, last) == (start, end)
        assert second - first == pytest.approx(speed / rate)
        assert 0 < last - before <= speed / rate + 1e-9


def test_without_webcodecs_a_video_is_recorded_while_it_plays(browser: Browser, server: str):
    """As over plain http under another host name."""
    with called(browser, server, before="delete window.VideoEncoder; delete window.VideoFrame;") as call:
        ways = call("export/codecs.js", "async ({ wayOf }) => (await wayOf('webm', { width: 160, height: 90, rate: 10 })).by")
        assert ways == "recorder"
        answer = made(call, kind="webm", count=5)
        assert b64decode(answer["bytes"])[:4] == b"\x1aE\xdf\xa3"
        played = call("export/animation.js", PLAYED, answer["type"], answer["bytes"], [0.0, 0.8], [20, 45])
        assert played["size"] == [160, 90]
        assert played["duration"] >= 0.7, "four tenths of a second, and the last frame"
        near = [np.abs(np.subtract(colour, expected)).max() < 40 for colour, expected in zip(played["colours"], (SQUARE, PAPER), strict=True)]
        assert near == [True, True]


def test_where_nothing_makes_videos_there_is_no_way(browser: Browser, server: str):
    with called(browser, server, before="delete window.VideoEncoder; delete window.MediaRecorder;") as call:
        assert call("export/codecs.js", "({ wayOf }) => wayOf('mp4', { width: 160, height: 90, rate: 10 })") is None

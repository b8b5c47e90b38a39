"""The context that writes SVG, and the files that are made of it, in a blank page: what is drawn is in the text."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from tests.blank_page import Call

SVG = "{http://www.w3.org/2000/svg}"


def written(call: Call, drawing: str, *given: Any) -> ElementTree.Element:
    """What a drawing, JavaScript with `c` as its context, leaves: the root of the SVG."""
    script = f"""({{ SvgContext }}, ...given) => {{
      const c = new SvgContext();
      {drawing}
      return c.content;
    }}"""
    space = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return ElementTree.fromstring(f"<svg {space}>{call('export/svg.js', script, *given)}</svg>")


def test_a_path_has_short_numbers_and_each_point_by_its_way_from_the_last(call: Call):
    root = written(
        call, "c.beginPath(); c.moveTo(1.004, 0.5); c.lineTo(2, 0.25); c.lineTo(2.001, 0.2501); c.lineTo(1, 1); c.closePath(); c.stroke();"
    )
    [path] = root.findall(f"{SVG}path")
    assert path.get("d") == "M1 .5l1-.25-1 .75z"
    assert (path.get("fill"), path.get("stroke"), path.get("stroke-width")) == ("none", "#000000", "1")


def test_what_is_filled_and_then_stroked_is_one_element(call: Call):
    root = written(
        call, "c.rect(0, 0, 2, 1); c.fillStyle = 'rgba(255, 0, 0, 0.5)'; c.globalAlpha = 0.5; c.fill(); c.strokeStyle = '#0f0'; c.stroke();"
    )
    [path] = root.findall(f"{SVG}path")
    assert (path.get("fill"), path.get("fill-opacity"), path.get("stroke"), path.get("stroke-opacity")) == ("#ff0000", ".25", "#00ff00", ".5")


def test_matrix_dashes_and_clips_come_and_go_with_save_and_restore(call: Call):
    root = written(
        call,
        """c.save(); c.translate(10, 20); c.scale(2, 2); c.setLineDash([3, 1]); c.lineWidth = 1.5;
        c.beginPath(); c.rect(0, 0, 5, 5); c.clip();
        c.beginPath(); c.moveTo(1, 1); c.lineTo(2, 1); c.stroke(); c.restore();
        c.beginPath(); c.moveTo(1, 1); c.lineTo(2, 1); c.stroke();""",
    )
    [clip] = root.findall(f".//{SVG}clipPath")
    [inside] = root.findall(f"{SVG}g")
    assert inside.get("clip-path") == f"url(#{clip.get('id')})"
    assert clip[0].get("d") == "M10 20l10 0 0 10-10 0z"
    [first] = inside
    assert (first.get("d"), first.get("stroke-width"), first.get("stroke-dasharray")) == ("M12 22l2 0", "3", "6 2")
    [second] = root.findall(f"{SVG}path")
    assert (second.get("d"), second.get("stroke-dasharray")) == ("M1 1l1 0", None)


def test_texts_are_text_with_their_font_and_anchor(call: Call):
    script = (
        """c.font = 'italic 600 12px "A Font", serif'; c.textAlign = "right"; c.textBaseline = "middle"; c.fillText("a < b  & c\\u0007", 5, 10);"""
    )
    [text] = written(call, script).findall(f"{SVG}text")
    assert text.text == "a < b\u00a0 & c"
    assert (text.get("font-family"), text.get("font-size"), text.get("font-weight"), text.get("font-style")) == (
        '"A Font", serif',
        "12",
        "600",
        "italic",
    )
    assert (text.get("text-anchor"), text.get("x"), float(text.get("y") or 0)) == ("end", "5", pytest.approx(14.2))


def test_equal_things_are_written_once_and_used_wherever_they_stand(call: Call):
    script = """const key = {};
    for (const x of [0, 50]) { c.save(); c.translate(x, 7); c.shared(key, () => c.fillRect(1, 1, 2, 2)); c.restore(); }"""
    root = written(call, script)
    assert [path.get("d") for path in root.iter(f"{SVG}path")] == ["M1 1l2 0 0 2-2 0z"]
    uses = root.findall(f"{SVG}use")
    assert [(use.get("x"), use.get("y")) for use in uses] == [("0", "7"), ("50", "7")]


def test_a_group_is_as_transparent_as_a_whole_and_what_is_put_under_stays_in_it(call: Call):
    script = """c.fillRect(0, 0, 9, 9); c.globalAlpha = 0.4;
    c.group(() => { c.beginPath(); c.moveTo(0, 0); c.lineTo(1, 1); c.stroke();
      c.globalCompositeOperation = "destination-over"; c.strokeStyle = "#ffffff"; c.stroke(); });"""
    root = written(call, script)
    [group] = root.findall(f"{SVG}g")
    assert group.get("opacity") == ".4"
    assert [path.get("stroke") for path in group] == ["#ffffff", "#000000"]


def test_a_circle_is_round_on_paper_too(call: Call):
    """As one browser draws what the other way of drawing says: the same pixels but for their edges."""
    script = """async ({ SvgContext }) => {
      const draw = (c) => {
        c.fillStyle = "#000"; c.lineWidth = 3;
        c.beginPath(); c.arc(30, 30, 20, 0, 2 * Math.PI); c.fill();
        c.beginPath(); c.ellipse(80, 30, 20, 10, 0.5, 0.3, 4); c.stroke();
        c.beginPath(); c.arc(120, 30, 15, 1, -1, true); c.stroke();
        c.save(); c.translate(30, 80); c.rotate(0.4); c.scale(2, 2); c.strokeRect(-5, -5, 10, 10); c.restore();
        c.beginPath(); c.moveTo(80, 80); c.quadraticCurveTo(100, 60, 120, 80); c.bezierCurveTo(130, 90, 90, 100, 80, 80); c.fill();
      };
      const canvas = Object.assign(document.createElement("canvas"), { width: 150, height: 110 });
      const pixels = (c) => [...c.getImageData(0, 0, 150, 110).data].filter((_, i) => i % 4 === 3);
      draw(canvas.getContext("2d"));
      const drawn = pixels(canvas.getContext("2d"));
      const vector = new SvgContext();
      draw(vector);
      const image = new Image();
      const text = `<svg xmlns="http://www.w3.org/2000/svg" width="150" height="110">${vector.content}</svg>`;
      image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
      await image.decode();
      canvas.getContext("2d").clearRect(0, 0, 150, 110);
      canvas.getContext("2d").drawImage(image, 0, 0);
      const again = pixels(canvas.getContext("2d"));
      return [drawn.filter((v, i) => Math.abs(v - again[i]) > 64).length, drawn.filter((v) => v > 128).length];
    }"""
    different, inked = call("export/svg.js", script)
    assert inked > 1500
    assert different < 5


def test_a_png_says_what_it_is_of(call: Call):
    script = """async ({ withTexts }) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 3, height: 2 });
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      return [...withTexts(new Uint8Array(await blob.arrayBuffer()), { Title: "Zwei Mulden — 두 우물", Source: "http://a/?b=1" }, 192)];
    }"""
    image = Image.open(BytesIO(bytes(call("export/png.js", script))))
    image.load()
    assert image.size == (3, 2)
    assert image.info["Title"] == "Zwei Mulden — 두 우물"
    assert image.info["Source"] == "http://a/?b=1"
    assert image.info["dpi"] == pytest.approx((192, 192), abs=0.1)


def test_a_path_that_is_stroked_twice_is_two_elements(call: Call):
    lines = "c.beginPath(); c.moveTo(0, 0); c.lineTo(5, 5); c.lineWidth = 4; c.stroke(); c.lineWidth = 1; c.stroke();"
    root = written(call, f"{lines} c.fill(); c.stroke();")
    assert [path.get("stroke-width") for path in root.iter(f"{SVG}path")] == ["4", "1", "1"]

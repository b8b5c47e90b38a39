"""Pictures one after the other as a GIF: one palette, and of each picture only what has changed."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np

from core import Array
from export.pictures import colours, pixels, readable

COLOURS = 127  # and one for what has not changed
SVG, XLINK = ("{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}")


def gif(svgs: Sequence[str], scale: float, milliseconds: int, last: int, comment: str = "") -> bytes:
    """The pictures, all of one size, for so long each and the last one for `last`, over and over; `comment` is said in the file.

    Raises ImportError without CairoSVG or Pillow.
    """
    from PIL import Image

    pictures = list(rendered(svgs, scale))
    few = Image.fromarray(pictures[-1]).quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = np.array(few.getpalette()).reshape(-1, 3)
    nearest = lookup(palette)
    frames = [nearest[places(picture)] for picture in pictures]
    changed = [frames[0], *(np.where(one == other, COLOURS, other).astype(np.uint8) for one, other in pairwise(frames))]
    shown = [Image.fromarray(frame) for frame in changed]
    for frame in shown:
        frame.putpalette([*palette.ravel().tolist(), *[0] * 3 * (COLOURS + 1 - len(palette))])
    made, lengths = BytesIO(), [milliseconds] * (len(frames) - 1) + [last]
    said = {"comment": comment.encode()} if comment else {}
    shown[0].save(
        made, "GIF", save_all=True, append_images=shown[1:], duration=lengths, loop=0, disposal=1, transparency=COLOURS, optimize=False, **said
    )
    return made.getvalue()


def places(pixels: Array) -> Array:
    """The place of each pixel's colour, (height, width, 3), among all colours of six bits a channel; shape (height, width)."""
    r, g, b = (pixels >> 2).astype(np.int32).transpose(2, 0, 1)
    return (r << 12) | (g << 6) | b


def lookup(palette: Array) -> Array:
    """For each of these colours the nearest one of the palette (n, 3), as its number; shape (64³,)."""
    level = np.arange(64) * 255 / 63
    squares = [(level[:, None] - column) ** 2 for column in palette.T]
    red, green, blue = (np.asarray(each, np.float32) for each in squares)
    found = [(red[i][None, None] + green[:, None] + blue[None]).argmin(axis=-1).astype(np.uint8) for i in range(64)]
    return np.stack(found).ravel()


def rendered(svgs: Sequence[str], scale: float) -> Iterator[Array]:
    """Each picture as (height, width, 3); what is written once in a picture for several uses, the maps, is made pixels of once for all pictures."""
    known: dict[str, ElementTree.Element] = {}
    for svg in svgs:
        root = ElementTree.fromstring(readable(svg))
        for defs in root.iter(f"{SVG}defs"):
            for group in defs.findall(f"{SVG}g"):
                text = ElementTree.tostring(group, "unicode")
                if text not in known:
                    known[text] = as_image(root, defs, group, scale)
                place = list(defs).index(group)
                defs.remove(group)
                defs.insert(place, known[text])
        yield colours(ElementTree.tostring(root, "unicode"), scale)


def as_image(root: ElementTree.Element, defs: ElementTree.Element, group: ElementTree.Element, scale: float) -> ElementTree.Element:
    """A group of a picture as the same group with pixels in it."""
    from PIL import Image

    alone = ElementTree.Element(root.tag, root.attrib)
    alone.extend([defs, ElementTree.Element(f"{SVG}use", {f"{XLINK}href": f"#{group.get('id')}"})])
    picture = Image.open(BytesIO(pixels(ElementTree.tostring(alone, "unicode"), scale)))
    left, top, right, bottom = box = picture.getbbox() or (0, 0, 1, 1)
    made = BytesIO()
    picture.crop(box).save(made, "PNG")
    place = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    href = {f"{XLINK}href": f"data:image/png;base64,{b64encode(made.getvalue()).decode()}"}
    found = ElementTree.Element(group.tag, group.attrib)
    found.append(ElementTree.Element(f"{SVG}image", {name: repr(length / scale) for name, length in place.items()} | href))
    return found

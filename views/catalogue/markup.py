"""The parts of a card that are plain HTML: its picture, small print, tables of numbers, and the list of parameters."""

from __future__ import annotations

from base64 import b64encode
from html import escape

from core import Entry, parameters
from core.number import short
from locales import _


def picture(label: str, svg: str, png: bytes | None = None) -> str:
    """An SVG filled with the page's text colour, over a PNG.

    It is a mask, because `st.html` drops SVG elements, and an SVG in an image does not know the colours around it.
    """
    ground = f"<img src='{address('png', png)}' alt=''>" if png else ""
    shape = f"<div style='--shape: url({address('svg+xml', svg.encode())})'></div>"
    return f"<div class='dl-picture' role='img' aria-label='{escape(label)}'>{ground}{shape}</div>"


def address(kind: str, data: bytes) -> str:
    """An image as an address that holds it whole."""
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of plain text in a style of the page's sheet."""
    return f"<p class='{style}'>{escape(text)}</p>"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table whose first column is words and whose others are numbers."""
    titles = "".join(f"<th scope='col'>{escape(text)}</th>" for text in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>"


def folded(title: str, content: str) -> str:
    """HTML that is shown when its title is clicked."""
    return f"<details><summary>{escape(title)}</summary>{content}</details>"


def parameter_list(entry: Entry) -> str:
    """Every parameter: its label and its name in code, what it does, its default, and the values that are offered and allowed."""
    items = []
    for name, allowed in parameters(entry).items():
        template = (
            _("Default {value}; the slider offers {low} to {high}; allowed: whole numbers in {within}.")
            if allowed.whole
            else _("Default {value}; the slider offers {low} to {high}; allowed: {within}.")
        )
        low, high, value = (short(number) for number in (allowed.low, allowed.high, getattr(entry, name)))
        numbers = template.format(value=value, low=low, high=high, within=allowed.interval.replace(", ", ",\N{NO-BREAK SPACE}"))
        shown = _(allowed.label)
        code = f"<code>{escape(name)}</code>" if shown != name else ""
        purpose = _(allowed.help).removeprefix(f"{shown}: ")
        items.append(f"<dt>{escape(shown)}{code}</dt><dd>{escape(purpose)} <span class='dl-quiet'>{escape(numbers)}</span></dd>")
    return f"<dl>{''.join(items)}</dl>" if items else ""


def facts(*parts: str) -> str:
    """Several parts as one block."""
    return f"<div class='dl-facts'>{''.join(parts)}</div>"

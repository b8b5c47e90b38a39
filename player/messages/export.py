"""What the Export dialog says: a section for the dialog itself and one for each of its tabs, under the tab's name."""

from __future__ import annotations

from locales import LANGUAGES, _
from player.messages.texts import texts

Words = dict[str, str]


def export() -> dict[str, Words]:
    """The words of each section."""
    return {"dialog": dialog(), "picture": picture(), "animation": animation(), "page": page(), "data": data()} | texts()


def dialog() -> Words:
    return {
        "title": _("Export"),
        "close": _("Close"),
        "tabs": _("What is exported"),
        "saved": _("Saved: {name}"),
        "failed": _("It could not be made: {reason}"),
    }


def picture() -> Words:
    return {
        "tab": _("Picture"),
        "save": _("Save"),
        "preview": _("Preview"),
        "drawing": _("Drawing the picture …"),
        "nothing": _("There is nothing to save yet."),
        "size": _("{size}, {width} × {height} {unit}"),
        "scale": _("Resolution"),
        "format": _("Format"),
        "theme": _("Colours"),
        "light": _("Light"),
        "dark": _("Dark"),
        "print": _("For print, also in grey"),
        "part": _("What"),
        "all": _("Maps and curves"),
        "maps": _("Maps"),
        "lane": _("Lane {number}"),
        "strip": _("Film strip of one lane"),
        "strip_of": _("Lane"),
        "steps": _("At the steps"),
        "step": _("At step"),
        "curves": _("With curves"),
        "width": _("Width"),
        "font": _("Type size"),
        "offline": _("the server does not answer"),
        "large": _("{size} are more than this browser can draw."),
    }


def animation() -> Words:
    return {
        "tab": _("Animation"),
        "kind": _("Format"),
        "first": _("From step"),
        "last": _("To step"),
        "speed": _("Steps a second"),
        "rate": _("Frames a second"),
        "pixels": _("Size in pixels"),
        "own": _("As the figure is"),
        "width": _("Width"),
        "theme": _("Colours"),
        "light": _("Light"),
        "dark": _("Dark"),
        "preview": _("Preview"),
        "frame": _("Frame in the preview"),
        "progress": _("Making the animation"),
        "make": _("Make"),
        "cancel": _("Cancel"),
        "save": _("Save"),
        "comes": _("{kind}, {width} × {height} px: {count} frames, {seconds} s"),
        "about": _("{kind}, {width} × {height} px: {count} frames, {seconds} s, about {size}"),
        "done": _("{kind}, {width} × {height} px: {count} frames, {seconds} s, {size}"),
        "cancelled": _("Cancelled; nothing is left of it."),
        "nothing": _("Nothing moves on this page: an animation needs steps."),
        "plain_http": _("This page came over plain http, where browsers keep their video encoder to themselves."),
        "recorded": _("{kind} is recorded while it plays, which takes {seconds} s; a GIF takes less."),
        "no_h264": _("This browser has no H.264: the MP4 holds VP9, which some players do not show."),
        "impossible": _("This browser makes no {kind}. A GIF it makes."),
        "wrong_steps": _("The steps go from 0 to {total}, and the first comes before the last."),
        "wrong_speed": _("A speed lies between {low} and {high} steps a second."),
        "wrong_width": _("A width lies between {low} and {high} pixels."),
        "wrong_count": _("{count} frames are too many; {most} can be made. A higher speed, or fewer frames a second, makes fewer."),
    }


def page() -> Words:
    """The last ones are the names of parts that can be left out, and `lang_` with each language its name."""
    return {
        "tab": _("Page"),
        "save": _("Save"),
        "preview": _("Preview"),
        "waiting": _("Making the page …"),
        "size": _("{size}: one file that plays by itself, without a network"),
        "none": _("Only a race plays without a server, on the Race page or with data; this page has none."),
        "title": _("Title"),
        "view": _("View"),
        "flat": _("Maps"),
        "space": _("In 3-D"),
        "language": _("Language it begins with"),
        "play": _("It starts by itself"),
        "hide": _("Leave out"),
        "embed": _("In a frame of slides or a course site"),
        "frame": _("What is in the frame"),
        "frame_file": _("The file, saved beside them"),
        "frame_live": _("This page, from this server"),
        "frame_note": _("Another site can show this page once the server names it in DESCENT_LAB_EMBED; a file needs no permission."),
        "width": _("Width"),
        "height": _("Height"),
        "copy": _("Copy"),
        "copied": _("The lines were copied."),
        "selected": _("The lines could not be copied: select them and press Ctrl C."),
        "top": _("The row at the top"),
        "controls": _("Formulas and settings"),
        "readout": _("The numbers"),
        "verdicts": _("What is said of a run"),
        "curves": _("The curves"),
        "bar": _("The player's bar"),
    } | {f"lang_{language}": name for language, name in LANGUAGES.items()}


def data() -> Words:
    return {
        "tab": _("Data"),
        "save": _("Save"),
        "kind": _("Format"),
        "what": _("Table"),
        "csv": _("CSV: a table as text"),
        "npz": _("NPZ: NumPy's arrays"),
        "json": _("JSON: the settings alone"),
        "columns": _("The columns"),
        "python": _("How Python reads it"),
        "waiting": _("Working out the numbers …"),
        "size": _("{size}: {rows} rows, {columns} columns"),
        "settings": _("{size}: {rows} settings"),
    }

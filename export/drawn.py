"""A race's figure as SVG without a browser: the player's own modules, in V8."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from export.address import Asked
from export.options import Options
from export.pixels import with_pictures
from links.display import display_of
from links.entries import race_of
from locales import speaking
from player import messages
from player.bundle import bundle
from player.messages.lane import told
from player.messages.run import single
from player.messages.stage import seen, words
from player.messages.transport import file_name, note
from player.pack import pack

ENTRY = "player/hosts/batch/figure.js"
FONTS = {  # the first two are of one metric, on Linux and elsewhere
    "en": "'DejaVu Sans', Verdana, sans-serif",
    "ko": "'DejaVu Sans', Verdana, 'Noto Sans CJK KR', 'Malgun Gothic', 'Apple SD Gothic Neo', sans-serif",
}
WIDTHS = Path(__file__).parent / "widths.json"


def svgs(asked: Asked, options: Options, steps: Sequence[int]) -> list[str]:
    """The figure at each of these steps. Raises ImportError without mini-racer."""
    ask(ENTRY, "take", pack(message(asked)).hex())
    return [with_pictures(text) for text in ask(ENTRY, "svgs", chosen(asked, options, "all"), list(steps))]


def strip(asked: Asked, options: Options, steps: Sequence[int]) -> str:
    """One lane, the first where none is chosen, at several steps side by side. Raises ImportError without mini-racer."""
    ask(ENTRY, "take", pack(message(asked)).hex())
    return with_pictures(ask(ENTRY, "strip", chosen(asked, options, 1), list(steps)))


def chosen(asked: Asked, options: Options, part: int | str) -> dict[str, Any]:
    """How the figure is drawn; `part` where the options choose no lane."""
    return look(asked, options) | {"part": options.lane or part, "curves": options.curves}


def look(asked: Asked, options: Options) -> dict[str, Any]:
    """Colours, letters and size."""
    size = {name: value for name in ("width", "font") if (value := getattr(options, name))}
    return {"theme": options.theme, "font": FONTS[asked.flat["lang"]], "size": size}


def ask(entry: str, name: str, *given: Any) -> Any:
    """What the function of this name in a module returns, of what JSON can say; what it promises too."""
    call = f"figure.{name}({', '.join(map(json.dumps, given))})"
    made = engine(entry).eval(f"(async () => JSON.stringify((await {call}) ?? null))()")
    return json.loads(made.get())


@cache
def engine(entry: str) -> Any:
    """V8 with this of the player's modules, and all that it takes."""
    from py_mini_racer import MiniRacer

    with ThreadPoolExecutor(1) as thread:
        made = thread.submit(MiniRacer).result()  # in a thread that has an event loop it would wait for that
    made.eval(bundle(entry, "figure"))
    made.eval(f"figure.widths({WIDTHS.read_text('utf-8')})")
    return made


def message(asked: Asked) -> dict[str, Any]:
    """What the page would be sent."""
    race, display = race_of(asked.flat), display_of(asked.flat)
    with speaking(asked.flat["lang"]):
        lanes = []
        for i, its in enumerate(race.lanes, start=1):
            further = single(its, race.descended(its), race.start, race.steps).further
            lanes.append(told(race, i, display) | {"further": further})
        return {
            "surface": seen(race.surface, display.window),
            "link": display.link(),
            "words": words(),
            "lanes": lanes,
            "curves": messages.curves(race, display),
            "steps": race.steps,
            "hide": list(display.hidden),
            "data": messages.data(race) if asked.page == "data" else None,
            "file": file_name(race, display.hidden),
            "note": f"{note(race, display.hidden)} — Descent Lab",
            "address": asked.link,
        }

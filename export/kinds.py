"""The kinds of files that a figure can be made into: of which pages, and with which libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec

from export.code import code
from export.figures import Figure
from export.options import Refused
from export.page import html
from export.settings import json_of
from export.table import Table, csv, npz
from export.tables import Tell, made, names
from export.words import FORMS, words

File = tuple[str, bytes]  # the end of its name, ".csv", and what is in it
V8, CAIRO, PILLOW = "py_mini_racer", "cairosvg", "PIL"
NEEDS: Mapping[str, tuple[str, ...]] = {"svg": (V8,), "pdf": (V8, CAIRO), "png": (V8, CAIRO), "gif": (V8, CAIRO, PILLOW)}
CALLED = {V8: "mini-racer", CAIRO: "cairosvg", PILLOW: "pillow"}  # by pip
REQUIREMENTS = "requirements-export.txt"
RACES = ("race", "data")
PAGES = dict.fromkeys(("svg", "pdf", "png", "gif", "html"), RACES) | {"code": (*RACES, "explore")}  # the pages of what is not there of all
LAST = 1.5  # seconds that an animation stands at its end


def check(figures: list[Figure]) -> None:
    """Raises Refused where a figure's page has no such files, or a library is missing that it needs."""
    for figure in figures:
        own = [*figure.options.kinds, *(["code"] if figure.options.code else [])]
        page = figure.asked.page
        for kind in own:
            if page not in PAGES.get(kind, (page,)):
                allowed = ", ".join(each for each in (*TABLES, *MAKERS, "code") if page in PAGES.get(each, (page,)))
                raise Refused(f"{figure.where}{kind}: of the page {page} there is {allowed}; {kind} is there of {', '.join(PAGES[kind])}.")
        for kind in own:
            missing = [CALLED[name] for name in NEEDS.get(kind, ()) if find_spec(name) is None]
            if missing:
                raise Refused(f"{kind}: this needs {' and '.join(missing)}; pip install -r {REQUIREMENTS} brings it.")


def files(figure: Figure, tell: Tell) -> Iterator[File]:
    """All files of a figure."""
    known: dict[str, Table] = {}

    def table(name: str) -> Table:
        return known.get(name) or known.setdefault(name, made(figure.asked, name, tell))

    for kind in figure.options.kinds:
        tell(kind)
        if kind in TABLES:
            main, *others = names(figure.asked)
            for name in (main, *others):
                yield f"{'' if name == main else f'.{name}'}.{kind}", TABLES[kind](table(name))
        else:
            yield f".{kind}", MAKERS[kind](figure)
    for library in figure.options.code:
        lanes = [figure.options.lane] if figure.options.lane else range(1, figure.asked.flat.get("lanes", 1) + 1)
        for lane in lanes:
            yield f"_{lane}_{library}.py", code(figure.asked, lane, library).encode()
    for form in figure.options.caption:
        yield FORMS[form][0], words(figure.asked, form, figure.name).encode()


def step_of(figure: Figure) -> int:
    """The step that a picture shows."""
    return figure.asked.flat.get("at", figure.asked.flat["steps"])


def svg(figure: Figure) -> str:
    """The picture as SVG."""
    from export.drawn import strip, svgs

    its, options = figure.asked, figure.options
    return strip(its, options, options.strip) if options.strip else svgs(its, options, [step_of(figure)])[0]


def pdf(figure: Figure) -> bytes:
    from export import pictures

    return pictures.pdf(svg(figure), figure.name, figure.asked.link)


def png(figure: Figure) -> bytes:
    from export import pictures

    return pictures.png(svg(figure), figure.name, figure.asked.link, figure.options.scale)


def gif(figure: Figure) -> bytes:
    """Steps up to the one that pictures show, evenly spread."""
    from export import animation
    from export.drawn import svgs

    last, fps = step_of(figure), figure.options.fps
    count = min(last + 1, figure.options.frames)
    steps = [round(k * last / max(count - 1, 1)) for k in range(count)]
    return animation.gif(svgs(figure.asked, figure.options, steps), 1.0, round(100 / fps) * 10, int(1000 * LAST), figure.asked.link)


TABLES: Mapping[str, Callable[[Table], bytes]] = {"csv": lambda table: csv(table).encode(), "npz": npz}
MAKERS: Mapping[str, Callable[[Figure], bytes]] = {
    "svg": lambda figure: svg(figure).encode(),
    "pdf": pdf,
    "png": png,
    "gif": gif,
    "html": lambda figure: html(figure.asked),
    "json": lambda figure: json_of(figure.asked).encode(),
}

"""The kinds of files that a figure can be made into: of which pages, and with which libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec

from export.address import Asked, LINKS
from export.code import code
from export.figures import Figure
from export.options import PAPERS, Refused
from export.page import html
from export.settings import json_of
from export.table import Table, csv, npz
from export.tables import Tell, made, names
from export.words import FORMS, words
from lessons import LESSONS

File = tuple[str, bytes]  # the end of its name, ".csv", and what is in it
Drawn = Callable[[], str]  # the figure's picture as SVG, made when it is asked for, once
V8, CAIRO, PILLOW, WEASY = "py_mini_racer", "cairosvg", "PIL", "weasyprint"
NEEDS: Mapping[str, tuple[str, ...]] = (
    {"svg": (V8,), "pdf": (V8, CAIRO), "png": (V8, CAIRO), "gif": (V8, CAIRO, PILLOW)}
    | dict.fromkeys(("sheet", "handout"), (V8,))
    | dict.fromkeys(("sheet-pdf", "handout-pdf"), (V8, WEASY))
)
CALLED = {V8: "mini-racer", CAIRO: "cairosvg", PILLOW: "pillow", WEASY: "weasyprint"}  # by pip
REQUIREMENTS = "requirements-export.txt"
RACES = ("race", "data")
PAGES = dict.fromkeys(("gif", "html"), RACES) | {"code": (*RACES, "explore")} | dict.fromkeys(PAPERS, ("lessons",))  # of what is not there of all
OF_LESSONS = ("html", *PAPERS)
DRAWN = ("svg", "pdf", "png")
LAST = 1.5  # seconds that an animation stands at its end


def check(figures: list[Figure]) -> None:
    """Raises Refused where a figure's page has no such files, or a library is missing that it needs."""
    for figure in figures:
        own = [*figure.options.kinds, *(name for name in ("code", "caption") if getattr(figure.options, name))]
        page = figure.asked.page
        for kind in own:
            if not there(kind, page):
                allowed = ", ".join(each for each in (*TABLES, *MAKERS, *PAPERS, "code") if there(each, page))
                others = ", ".join(each for each in LINKS if there(kind, each))
                raise Refused(f"{figure.where}{kind}: of the page {page} there is {allowed}; {kind} is there of {others}.")
        if page not in RACES and set(own) & set(DRAWN):
            check_sheet(figure)
        for kind in own:
            missing = [CALLED[name] for name in NEEDS.get(kind, ()) if find_spec(name) is None]
            if missing:
                raise Refused(f"{kind}: this needs {' and '.join(missing)}; pip install -r {REQUIREMENTS} brings it.")


def there(kind: str, page: str) -> bool:
    """Whether a page has files of this kind."""
    return kind in OF_LESSONS if page == "lessons" else page in PAGES.get(kind, (page,))


def check_sheet(figure: Figure) -> None:
    """Raises Refused for what there is no picture of, of a page that is no race."""
    from export.sheets import lacking

    if said := lacking(figure.asked):
        raise Refused(f"{figure.where}{said}")
    page, options = figure.asked.page, figure.options
    for name in ("strip", *(["lane"] if page == "train" else [])):
        if getattr(options, name):
            raise Refused(f"{figure.where}{name}: a picture of the page {page} has all that it shows; {name} is there of {', '.join(RACES)}.")


def files(figure: Figure, tell: Tell) -> Iterator[File]:
    """All files of a figure."""
    known: dict[str, Table] = {}

    @cache
    def picture() -> str:
        return svg(figure, tell)

    def table(name: str) -> Table:
        return known.get(name) or known.setdefault(name, made(figure.asked, name, tell))

    for kind in figure.options.kinds:
        tell(kind)
        if kind in PAPERS:
            yield f".{kind.replace('-', '.') if '-' in kind else f'{kind}.html'}", paper(figure, kind)
        elif kind in TABLES:
            main, *others = names(figure.asked)
            for name in (main, *others):
                yield f"{'' if name == main else f'.{name}'}.{kind}", TABLES[kind](table(name))
        else:
            yield f".{kind}", MAKERS[kind](figure, picture)
    for library in figure.options.code:
        lanes = [figure.options.lane] if figure.options.lane else range(1, figure.asked.flat.get("lanes", 1) + 1)
        for lane in lanes:
            yield f"_{lane}_{library}.py", code(figure.asked, lane, library).encode()
    for form in figure.options.caption:
        yield FORMS[form][0], words(figure.asked, form, figure.name).encode()


def step_of(figure: Figure) -> int:
    """The step that a picture shows."""
    return figure.asked.flat.get("at", figure.asked.flat["steps"])


def svg(figure: Figure, tell: Tell) -> str:
    """The picture as SVG."""
    from export.drawn import strip, svgs
    from export.sheets import sheet

    its, options = figure.asked, figure.options
    if its.page not in RACES:
        return sheet(its, options, step_of(figure), tell)
    return strip(its, options, options.strip) if options.strip else svgs(its, options, [step_of(figure)])[0]


def pdf(figure: Figure, picture: Drawn) -> bytes:
    from export import pictures

    return pictures.pdf(picture(), figure.name, figure.asked.link)


def png(figure: Figure, picture: Drawn) -> bytes:
    from export import pictures

    return pictures.png(picture(), figure.name, figure.asked.link, figure.options.scale)


def page(figure: Figure, _picture: Drawn) -> bytes:
    """What plays by itself: a race, or a lesson."""
    its = figure.asked
    if its.page != "lessons":
        return html(its)
    from export.lesson_page import file

    if not its.flat["lesson"]:
        raise Refused(f"{figure.where}html: of one lesson there is a file; lesson= names it: {', '.join(LESSONS)}.")
    return file(its.flat["lesson"], its.flat["lang"], home(its))


def paper(figure: Figure, kind: str) -> bytes:
    """A teacher's sheet or a handout of a lesson, or of all."""
    from export import lesson_pdf, lesson_sheet

    its, (name, _dash, form) = figure.asked, kind.partition("-")
    names = [its.flat["lesson"]] if its.flat["lesson"] else list(LESSONS)
    language = its.flat["lang"]
    made = lesson_sheet.html(names, language, name, home(its), lesson_sheet.inside(language, name))
    return lesson_pdf.pdf(made) if form else made.encode()


def home(asked: Asked) -> str:
    """The program's address, with a slash at its end, where the link has one."""
    return asked.base.rpartition("/")[0] + "/" if asked.base.startswith(("http://", "https://")) else ""


def gif(figure: Figure, _picture: Drawn) -> bytes:
    """Steps up to the one that pictures show, evenly spread."""
    from export import animation
    from export.drawn import svgs

    last, fps = step_of(figure), figure.options.fps
    count = min(last + 1, figure.options.frames)
    steps = [round(k * last / max(count - 1, 1)) for k in range(count)]
    return animation.gif(svgs(figure.asked, figure.options, steps), 1.0, round(100 / fps) * 10, int(1000 * LAST), figure.asked.link)


TABLES: Mapping[str, Callable[[Table], bytes]] = {"csv": lambda table: csv(table).encode(), "npz": npz}
MAKERS: Mapping[str, Callable[[Figure, Drawn], bytes]] = {
    "svg": lambda _figure, picture: picture().encode(),
    "pdf": pdf,
    "png": png,
    "gif": gif,
    "html": page,
    "json": lambda figure, _picture: json_of(figure.asked).encode(),
}

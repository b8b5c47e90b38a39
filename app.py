"""The server: the pages, the browser modules, and what guards both. Start it with `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.routing import Route

from player import ADDRESS, FILES
from serving import Counted, Document, Files, Guard, Limits, Metrics, Pages, Preload, SecurityHeaders, Versions, while_running
from serving.private import address_of
from views.explore import basin_maps, bests, maps, paths, rates
from views.export import page, pdf, tables, texts
from views.lessons import page as lessons
from views.lessons import papers, room
from views.race import live, rulers, share, told
from views.train import answers, planes, sweeping
from views.trouble import sorry

ALONE = ("player/hosts/page/", "player/hosts/lesson/", "player/hosts/document/", "player/parts/lesson/")  # of no page that Streamlit draws
MOST_SVG = 4_000_000  # bytes that a browser may send to have them as PDF

app = st.App(
    "views/frame.py",
    routes=[
        Route(address_of("lane/{i}"), live.answer),
        Route(address_of("surface"), live.surface),
        Route(address_of("account/{i}"), told.answer),
        Route(address_of("ruler/{setting}"), rulers.answer),
        Route(address_of("map/{n}"), maps.answer),
        Route(address_of("best/{rule}"), bests.rule),
        Route(address_of("profile/{n}"), bests.surfaces),
        Route(address_of("paths"), paths.answer),
        Route(address_of("basins/{n}"), basin_maps.answer),
        Route(address_of("rates"), rates.answer),
        Route(address_of("training"), answers.answer),
        Route(address_of("ratesweep"), sweeping.answer),
        Route(address_of("plane"), planes.answer),
        Route(address_of("export/page"), page.answer),
        Route(address_of("export/pdf"), pdf.answer, methods=["POST"]),
        Route(address_of("export/table/{page}/{name}/{kind}"), tables.answer),
        Route(address_of("export/text/{kind}"), texts.answer),
        Route(address_of("lessons"), room.entrance),
        Route(address_of("lessons/step"), lessons.step),
        Route(address_of("lessons/file"), papers.save),
        Route(address_of("lessons/sheet"), papers.sheet),
        Route(address_of("lessons/handout"), papers.handout),
        Route(address_of("lessons/picture"), papers.drawn),
        Route(address_of("room/open"), room.opened, methods=["POST"]),
        Route(address_of("room/lead"), room.led, methods=["POST"]),
        Route(address_of("room/tell"), room.answered, methods=["POST"]),
        Route(address_of("room/state"), room.state),
        Route(address_of("network"), share.network),
        Route(address_of("code"), share.drawn),
    ],
    on_script_error=sorry,
    lifespan=while_running,
)
# Streamlit looks for the assignment above and then serves what the name holds.
assets = {f"{ADDRESS}/{name}": content for name, content in FILES.items()} | lessons.FILES | papers.FILES
own = [name for name in FILES if name.startswith("player/") and not name.startswith(ALONE)]  # no file's that plays alone
modules = [f"{ADDRESS}/{name}" for name in own if name.endswith((".js", ".css"))]
app = Files(Preload(Document(Pages(app)), ["", "explore"], modules), assets)
taking = {"export/pdf": MOST_SVG, **room.MOST}
app = SecurityHeaders(Versions(Counted(Guard(Metrics(Limits(app)), {address_of(path): most for path, most in taking.items()}))))

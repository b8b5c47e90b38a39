"""The server: the pages, the browser modules, and what guards both. Start it with `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.routing import Route

from player import ADDRESS, FILES
from serving import Document, Files, Guard, Preload, SecurityHeaders, while_running
from serving.private import address_of
from views.explore import basin_maps, bests, maps, paths, rates
from views.race import live, rulers, share, told
from views.train import answers, planes, sweeping
from views.trouble import sorry

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
        Route(address_of("network"), share.network),
        Route(address_of("code"), share.drawn),
    ],
    on_script_error=sorry,
    lifespan=while_running,
)
# Streamlit looks for the assignment above and then serves what the name holds.
assets = {f"{ADDRESS}/{name}": content for name, content in FILES.items()}
modules = [address for address in assets if address.startswith(f"{ADDRESS}/player/") and address.endswith((".js", ".css"))]
app = Preload(Document(app), ["", "explore"], modules)
app = SecurityHeaders(Guard(Files(app, assets)))

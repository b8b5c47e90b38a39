"""The server: mounts the pages, the browser modules and the security headers. Start it with `streamlit run app.py`."""

from __future__ import annotations

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from figures import PLOTLY_FOLDER
from player import ADDRESS, BROWSER
from player.serving import Kept, SecurityHeaders, prompt_answers
from views import live
from views.trouble import sorry

app = st.App(
    "views/frame.py",
    routes=[
        Mount(f"/{ADDRESS}/player", Kept(directory=BROWSER)),
        Mount(f"/{ADDRESS}/plotly", Kept(directory=PLOTLY_FOLDER)),
        Route("/lane/{i}", live.lane),
    ],
    middleware=[Middleware(SecurityHeaders)],
    on_script_error=sorry,
    lifespan=prompt_answers,
)

"""A lane's run while one of its sliders is dragged: the bytes that a rerun would bring, without a rerun."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from views import settings
from views.lane_data import panel_data
from views.language import speak


def lane(request: Request) -> Response:
    """Lane i of the link that the query is, packed as its panel takes it; 404 where the link has no such lane."""
    i = request.path_params["i"]
    flat, _ = settings.read(dict(request.query_params), "en")
    if not 1 <= i <= flat["lanes"]:
        raise HTTPException(404)
    speak(flat["lang"])
    return Response(panel_data(i, settings.race_of(flat), flat), media_type="application/octet-stream", headers={"Cache-Control": "no-store"})

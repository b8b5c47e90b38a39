"""The routes that a browser asks once a link has been copied: where others in the room find this server, and the link as a QR code."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import figures
from serving.network import answers_others, is_local, own_address

NEW = {"Cache-Control": "no-store"}


async def network(request: Request) -> Response:
    """{"open": whether the server hears other computers, "address": this one's in its network, or null}; told to this computer alone, else 404."""
    here = request.client is not None and is_local(request.client.host) and is_local(request.url.hostname or "")
    if not here:
        raise HTTPException(404)
    listening = st.get_option("server.address")
    opened = answers_others(listening)
    return JSONResponse({"open": opened, "address": own_address() if opened else None}, headers=NEW)


async def drawn(request: Request) -> Response:
    """The address `link` as a QR code, in SVG; 400 for what is no link of the web or too long for a code."""
    link = request.query_params.get("link", "")
    if urlsplit(link).scheme not in ("http", "https") or len(link.encode()) > figures.MOST:
        raise HTTPException(400)
    return Response(await run_in_threadpool(figures.code, link), media_type="image/svg+xml", headers=NEW)

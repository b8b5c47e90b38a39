"""The route to which a browser sends a figure's SVG to have it as PDF: a process apart makes one at a time, and no longer than some seconds."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from core import N_
from export.pdf import MISSING, there
from locales import LANGUAGES, _, speaking

HOME = Path(__file__).parents[2]  # where `python -m export.pdf` is found
LONGEST = 20.0  # seconds; a figure takes one
WAITING = 8  # people at a time; who comes then is asked to come again
BUSY = N_("The server makes other PDFs just now; try again in a moment.")
WRONG = N_("This figure could not be made into a PDF: {reason}")
SLOW = N_("This figure takes too long as a PDF; an SVG has the same.")

TURN = asyncio.Lock()
waiting = 0


async def answer(request: Request) -> Response:
    """The PDF of the SVG in the request's body; a sentence in the language of the request where there is none, 501 without the library."""
    global waiting
    language = request.headers.get("accept-language", "en")[:2]
    with speaking(language if language in LANGUAGES else "en"):
        if not there():
            return PlainTextResponse(_(MISSING), 501)
        if waiting >= WAITING:
            return PlainTextResponse(_(BUSY), 503)
        svg = await request.body()
        waiting += 1
        try:
            async with TURN:
                pdf, reason = await made(svg)
        except TimeoutError:
            return PlainTextResponse(_(SLOW), 422)
        finally:
            waiting -= 1
        if reason:
            return PlainTextResponse(_(WRONG).format(reason=reason), 422)
    return Response(pdf, media_type="application/pdf", headers={"Cache-Control": "no-store"})


async def made(svg: bytes) -> tuple[bytes, str]:
    """The PDF, and what was wrong where there is none. Raises TimeoutError."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "export.pdf", cwd=HOME, stdin=pipe, stdout=pipe, stderr=pipe)
    try:
        pdf, said = await asyncio.wait_for(process.communicate(svg), LONGEST)
    except BaseException:  # too slow, or whoever asked has gone
        process.kill()
        await process.wait()
        raise
    return pdf, (said.decode(errors="replace").strip().splitlines() or ["?"])[-1] if process.returncode else ""

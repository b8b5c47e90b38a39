"""PDF of a figure that a browser sends: who may send it, how much, and what is refused."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from export.pdf import pdf_of
from tests.elsewhere import finished
from tests.test_serving import asked
from views.export import pdf

SPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
FIGURE = f'<svg {SPACE} width="72pt" height="36pt" viewBox="0 0 96 48"><title>A &amp; B</title><desc>http://lab/?at=1</desc>{{}}</svg>'
DOT = "<circle r='5'/>"


def sent(body: bytes, language: str = "en") -> Response:
    """The route's answer."""

    async def ask() -> Response:
        messages = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> Any:
            return messages.pop() if messages else await asyncio.sleep(60)

        headers = [(b"accept-language", language.encode())]
        return await pdf.answer(Request({"type": "http", "method": "POST", "headers": headers}, receive))

    return finished(ask())


def text(answer: Response) -> str:
    return bytes(answer.body).decode()


def test_a_figure_becomes_a_page_of_its_size_with_its_title_and_link():
    made = pdf_of(FIGURE.format(DOT))
    assert made.startswith(b"%PDF-1.")
    assert b"/MediaBox [ 0 0 72 36 ]" in made
    assert b"A & B" in made
    assert b"http://lab/?at=1" in made


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:1/x.png", "/etc/hostname", "other.svg#a"])
@pytest.mark.parametrize("element", ["image", "use"])
def test_a_figure_that_asks_for_another_file_is_refused(element: str, address: str):
    with pytest.raises(ValueError, match=r"asks for no other file|not allowed"):
        pdf_of(FIGURE.format(f'<{element} xlink:href="{address}" width="5" height="5"/>'))


def test_only_the_programs_own_pages_may_send_a_figure_and_only_so_much(server: str):
    host = server.removeprefix("http://")
    figure = FIGURE.format(DOT).encode()
    assert asked(server, "/export/pdf", "POST", figure)[0].status == 403
    assert asked(server, "/export/pdf", "POST", figure, Origin="https://elsewhere.example")[0].status == 403
    assert asked(server, "/export/pdf", "POST", b"x" * 4_000_001, Origin=server)[0].status == 413
    assert asked(server, "/export/pdf", "PUT", figure, Origin=server)[0].status == 405
    answer, made = asked(server, "/export/pdf", "POST", figure, Origin=server, Host=host)
    assert (answer.status, made[:5]) == (200, b"%PDF-")


def test_what_is_no_figure_is_answered_in_a_sentence():
    answer = sent(b"<svg")
    assert answer.status_code == 422
    assert text(answer).startswith("This figure could not be made into a PDF: ")
    answer = sent(FIGURE.format('<image xlink:href="file:///etc/hostname" width="5" height="5"/>').encode())
    assert (answer.status_code, "file:///etc/hostname" in text(answer)) == (422, True)


def test_without_the_library_the_answer_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf, "there", lambda: False)
    assert (sent(b"").status_code, "pip install -r requirements-export.txt" in text(sent(b""))) == (501, True)
    assert "라이브러리" in text(sent(b"", "ko"))


def test_a_figure_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch):
    """Each of these holds ten of the next: at the end there would be 10¹² dots."""
    uses = [f"<use xlink:href='#g{k + 1}'/>" * 10 for k in range(12)]
    nested = "".join(f"<g id='g{k}'>{each}</g>" for k, each in enumerate(uses))
    monkeypatch.setattr(pdf, "LONGEST", 2.0)
    answer = sent(FIGURE.format(f"<defs>{nested}<g id='g12'>{DOT}</g></defs><use xlink:href='#g0'/>").encode())
    assert (answer.status_code, text(answer)) == (422, "This figure takes too long as a PDF; an SVG has the same.")

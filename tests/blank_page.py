"""The browser side's modules by themselves, called in a blank page of the program's origin: they need no Node."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser

from player import ADDRESS

Call = Callable[..., Any]

# Calls a script with a served module; the script may load() others. No frame comes by itself: frame(time) is one, at so many milliseconds.
CALL = """async ([base, name, ...given]) => {
  if (!window.frame) {
    let wanted = [];
    window.requestAnimationFrame = (act) => wanted.push(act);
    window.frame = (time) => { const now = wanted; wanted = []; for (const act of now) act(time); };
  }
  const load = (name) => import(`${base}/${name}`);
  return await (SCRIPT)(await load(name), ...given);
}"""


@contextmanager
def called(browser: Browser, server: str, before: str = "") -> Iterator[Call]:
    """call(name, script, *given) is what script(module, *given) returns in the page. A module is there once; with `?…` it is another.

    `before` is a script that runs before any other.
    """
    base = f"{server}/{ADDRESS}/player"
    with browser.new_context() as context:
        page = context.new_page()
        if before:
            page.add_init_script(before)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route(f"{server}/blank", lambda route: route.fulfill(body="<!doctype html><title>blank</title>", content_type="text/html"))
        page.goto(f"{server}/blank")
        yield lambda name, script, *given: page.evaluate(CALL.replace("SCRIPT", script), [base, name, *given])
        assert errors == []

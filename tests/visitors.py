"""Tabs that are kept from test to test: a page opens in a third of the time where its scripts were compiled before."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page

ColorScheme = Literal["light", "dark"]
BLANK = "_stcore/health"  # of the same origin: for another one the tab would get another process, which has compiled nothing
PAUSE = "document.querySelector('.dl-play[data-state=pause]')?.click()"  # it would go on at the cost of the tests that follow
STORED = "cookies,local_storage,indexeddb,cache_storage,service_workers"


class Visitor:
    """Someone who looks at a server: one tab, with a language, a kind of screen and a storage of their own.

    `errors` are what the tab has written to its console as errors, and what it has asked other hosts for.
    """

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server = page, server.rstrip("/")
        self.errors: list[str] = []
        self.scripts = ExitStack()
        page.on("console", lambda message: self.errors.append(f"{message.text} {message.location['url']}") if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda sent: self.errors.append(f"asked for {sent.url}") if self.abroad(sent.url) else None)
        add = page.add_init_script
        setattr(page, "add_init_script", lambda script: self.scripts.enter_context(add(script)))  # noqa: B010  to be taken away again

    def abroad(self, url: str) -> bool:
        """Whether a request leaves the program."""
        return url.startswith(("http:", "https:")) and not url.startswith(self.server)

    def looks(self, viewport: tuple[int, int], color_scheme: ColorScheme) -> None:
        """Give the visitor a window of this size on a screen of this kind."""
        self.page.set_viewport_size({"width": viewport[0], "height": viewport[1]})
        self.page.emulate_media(media="null", color_scheme=color_scheme, reduced_motion="null")

    def command(self, name: str, **given: str) -> None:
        """Something of DevTools' protocol that Playwright has no word for."""
        client = self.page.context.new_cdp_session(self.page)
        client.send(name, given)
        client.detach()

    def stays(self, act: str = "null") -> bool:
        """Take away what a test has put around the page, which stays as it is but for what `act` does there. False where that cannot be."""
        try:
            self.page.evaluate(act)
            self.scripts.close()
            self.page.unroute_all()
            self.page.context.clear_permissions()
            self.page.mouse.move(0, 0)
            self.command("Page.resetNavigationHistory")  # of which a browser keeps fifty entries
            own_time = self.page.evaluate("/native code/.test(setTimeout)")  # time that a test has stopped stands still for good
            self.errors.clear()
        except Error:  # the tab or its server is gone
            return False
        return own_time and len(self.page.context.pages) == 1

    def forgets(self) -> bool:
        """Make a stranger of the visitor: nothing is kept but what came over the network. False where that cannot be."""
        if not self.stays():
            return False
        try:
            self.page.goto(f"{self.server}/{BLANK}")
            self.page.evaluate("window.name = ''; sessionStorage.clear()")
            where = urlsplit(self.server)
            self.command("Storage.clearDataForOrigin", origin=f"{where.scheme}://{where.netloc}", storageTypes=STORED)
            self.command("Page.resetNavigationHistory")
            self.errors.clear()
        except Error:  # the server is gone
            return False
        return True


class Visitors:
    """Those who look at servers through one browser; who has left comes again as a stranger."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.away: dict[str, list[Visitor]] = {}
        self.kinds: dict[Visitor, str] = {}
        self.regulars: dict[str, Visitor] = {}

    def come(
        self, server: str, viewport: tuple[int, int], color_scheme: ColorScheme, *, permissions: Sequence[str] = (), new: bool = False, **options: Any
    ) -> Visitor:
        """Somebody who has never been at this server; `new` where even the cache is to be empty. Options go to Playwright's `new_context`."""
        kind = repr((server, sorted(options.items())))
        kept = self.away.setdefault(kind, [])
        visitor = kept.pop() if kept and not new else Visitor(self.browser.new_context(base_url=server, **options).new_page(), server)
        self.kinds[visitor] = kind
        if permissions:
            visitor.page.context.grant_permissions(permissions)
        visitor.looks(viewport, color_scheme)
        return visitor

    def leave(self, visitor: Visitor, again: bool = True) -> None:
        """Let a visitor go, for good where they are not wanted again."""
        kind = self.kinds.pop(visitor)
        if again and visitor.forgets():
            self.away[kind].append(visitor)
        else:
            visitor.page.context.close()

    def regular(self, server: str, *, locale: str = "en-US", **options: Any) -> Visitor:
        """The one who stays at this server, with the page as it was left; for each choice of Playwright's options another."""
        kind = repr((server, locale, sorted(options.items())))
        if kind not in self.regulars:
            self.regulars[kind] = self.come(server, (1440, 900), "light", locale=locale, **options)
        return self.regulars[kind]

    def rest(self, visitor: Visitor, again: bool = True) -> None:
        """Let a regular stay, on a page that plays no more, or where they are not wanted again go for good."""
        if not again or not visitor.stays(PAUSE):
            self.regulars = {kind: other for kind, other in self.regulars.items() if other is not visitor}
            self.leave(visitor, again=False)

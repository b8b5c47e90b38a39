"""Fingers on a touch screen."""

from __future__ import annotations

from playwright.sync_api import CDPSession, Page

Point = tuple[float, float]
PHONE = {"viewport": (390, 844), "has_touch": True, "is_mobile": True}  # for a page
SCROLLED = "Math.max(scrollY, ...[...document.querySelectorAll('.stMain')].map((e) => e.scrollTop))"

AT_REST = f"""() => new Promise((done) => {{
  let [before, frames] = [NaN, 0];
  const look = () => {{
    const now = {SCROLLED};
    frames = now === before ? frames + 1 : 0;
    before = now;
    return frames < 20 ? requestAnimationFrame(look) : done();
  }};
  look();
}})"""


def touch(client: CDPSession, kind: str, *points: Point) -> None:
    client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)]})


def drag(page: Page, points: list[Point]) -> None:
    """One finger along these points."""
    client = page.context.new_cdp_session(page)
    touch(client, "touchStart", points[0])
    for point in points[1:]:
        touch(client, "touchMove", point)
    touch(client, "touchEnd")


def swipe(page: Page, start: Point, down: float) -> None:
    """One finger from here so many pixels down, or up, until the page has come to rest: what is pushed goes on for a while.

    Once more where that moved nothing: on a busy machine the events come so late that the browser takes them for a long press.
    """
    x, y = start
    before = page.evaluate(SCROLLED)
    for _ in range(5):
        drag(page, [(x + k % 3, y + down * k / 10) for k in range(11)])
        page.evaluate(AT_REST)
        if page.evaluate(SCROLLED) != before:
            return


def pinch(page: Page, about: Point, start: float, end: float) -> None:
    """Two fingers about a point, so far apart at the start and at the end."""
    client, (x, y) = page.context.new_cdp_session(page), about

    def fingers(apart: float) -> tuple[Point, Point]:
        return (x - apart / 2, y), (x + apart / 2, y)

    touch(client, "touchStart", *fingers(start))
    for k in range(1, 5):
        touch(client, "touchMove", *fingers(start + (end - start) * k / 4))
    touch(client, "touchEnd")

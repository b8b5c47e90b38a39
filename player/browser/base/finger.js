// A finger on a slider: along it, it moves the slider; up or down, it scrolls the page; a tap sets the slider.

const SLOP = 6; // pixels until it is seen which way a finger goes

/** A finger came down with `event`: calls along(event) once it moves along the slider, or tapped() where it is lifted before it has moved. */
export function follow(event, along, tapped = () => {}) {
  const over = new AbortController();
  const on = (name, listener) =>
    addEventListener(name, (next) => next.pointerId === event.pointerId && listener(next), { capture: true, signal: over.signal });
  on("pointermove", (next) => {
    const [x, y] = [Math.abs(next.clientX - event.clientX), Math.abs(next.clientY - event.clientY)];
    if (Math.max(x, y) < SLOP) return;
    over.abort();
    if (x > y) along(next);
  });
  on("pointerup", () => {
    over.abort();
    tapped();
  });
  on("pointercancel", () => over.abort());
}

// What turns the surfaces in 3-D: the mouse or a finger, the wheel, two fingers, and the keys of a scene that has the focus.

import { turned, zoomed } from "../base/camera.js";
import { look, setCamera } from "../stage/look.js";

const HALF = Math.PI; // radians that a drag across the whole picture turns
const STILL = 4; // pixels within which a drag is still a click
const [WHEEL, PINCH] = [0.0015, 0.01]; // of a zoom's logarithm for a pixel of the wheel, and for one of a trackpad's pinch, which comes with Ctrl
const LINE = 16; // pixels of a wheel that counts lines
const [ACROSS, DOWN, CLOSER] = [0.1, 0.06, 1.2]; // radians and times that a key turns, tilts and zooms
const KEYS = {
  ArrowLeft: (camera) => turned(camera, -ACROSS, 0),
  ArrowRight: (camera) => turned(camera, ACROSS, 0),
  ArrowUp: (camera) => turned(camera, 0, -DOWN),
  ArrowDown: (camera) => turned(camera, 0, DOWN),
  "+": (camera) => zoomed(camera, CLOSER),
  "=": (camera) => zoomed(camera, CLOSER),
  "-": (camera) => zoomed(camera, 1 / CLOSER),
};

/** Listen to a map's element; solid(): whether it shows a surface in 3-D, aiming(): whether keys move a cross-hair. Returns what ends it. */
export function listenToScene(element, solid, aiming) {
  const over = new AbortController();
  const listen = (name, act, more = {}) => element.addEventListener(name, (event) => solid() && act(event), { signal: over.signal, ...more });
  let drag = null; // where the hand was last
  let pinch = null; // the middle of two fingers and how far they are apart
  let held = false; // it has been turned since the pointer came: the wheel is its own, and else the page's

  listen("mousedown", (event) => {
    event.preventDefault(); // the keys stay the clock's
    document.activeElement?.blur();
  });
  listen("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) drag = { x: event.clientX, y: event.clientY, id: event.pointerId, moving: false };
  });
  addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerId !== drag?.id || pinch) return;
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.moving && Math.hypot(dx, dy) < STILL) return;
      if (!drag.moving && event.pointerType === "touch" && Math.abs(dy) >= Math.abs(dx)) return (drag = null); // it scrolls the page
      held = true;
      drag = { ...drag, x: event.clientX, y: event.clientY, moving: true };
      const size = HALF / element.clientWidth;
      setCamera(turned(look.camera, size * dx, size * dy));
    },
    { signal: over.signal },
  );
  for (const end of ["pointerup", "pointercancel"])
    addEventListener(end, (event) => event.pointerId === drag?.id && (drag = null), { signal: over.signal });
  listen("pointerleave", () => (held = false));

  listen(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !held) return;
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1);
      setCamera(zoomed(look.camera, Math.exp(-(event.ctrlKey ? PINCH : WHEEL) * pixels), placeIn(element, event.clientX, event.clientY)));
    },
    { passive: false },
  );

  const fingers = ({ touches: [a, b] }) => ({
    at: placeIn(element, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2),
    apart: Math.max(Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY), 1),
  });
  for (const name of ["touchstart", "touchmove"]) {
    listen(
      name,
      (event) => {
        if (event.touches.length !== 2) return;
        event.preventDefault();
        const now = fingers(event);
        const by = pinch ? now.at.map((v, i) => v - pinch.at[i]) : null;
        if (by) setCamera(zoomed(look.camera, now.apart / pinch.apart, pinch.at, by));
        pinch = now;
      },
      { passive: false },
    );
  }
  for (const end of ["touchend", "touchcancel"]) listen(end, (event) => event.touches.length < 2 && (pinch = null));

  listen("keydown", (event) => {
    const key = KEYS[event.key];
    if (!key || aiming() || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setCamera(key(look.camera));
  });
  return () => over.abort();
}

/** A place of the window from the middle of an element, in sizes of it. */
function placeIn(element, x, y) {
  const { left, top, width, height } = element.getBoundingClientRect();
  return [(x - left) / width - 0.5, (y - top) / height - 0.5];
}

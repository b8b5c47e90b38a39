// Fingers on Streamlit's own sliders, which would jump to where they are touched and let no page scroll.
//
// They hear of a finger once it goes along them, and of a tap by the mouse events that browsers make of it. Their style lets the page scroll up and
// down.

import { follow } from "../../base/finger.js";
import { inSlider } from "./page.js";

const own = (event) => event.isTrusted && inSlider(event.target);

document.addEventListener(
  "pointerdown",
  (event) => {
    if (event.pointerType !== "touch" || !own(event)) return;
    event.stopPropagation();
    const { target, pointerId, pointerType, isPrimary, button, buttons } = event;
    const again = ({ clientX, clientY }) => ({
      bubbles: true,
      cancelable: true,
      composed: true,
      pointerId,
      pointerType,
      isPrimary,
      button,
      buttons,
      clientX,
      clientY,
    });
    follow(event, (next) => target.dispatchEvent(new PointerEvent("pointerdown", again(next))));
  },
  true,
);
document.addEventListener("touchstart", (event) => own(event) && event.stopPropagation(), { capture: true, passive: true });

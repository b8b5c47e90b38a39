// What a click on a map does, said once to everybody who comes for the first time.

import { onChange, stage } from "../stage/store.js";

const SHOWN = 8000; // milliseconds; the style sheet fades it in and out within these
const KNOWN = "descent-lab.first"; // in the browser's storage

let told = false; // since the page was opened: not every browser stores something

/** Say it on the map that `element` holds, over the plot area `box`, if that is the first map and it is to be said. */
export function sayFirst(element, { x, width, scale }) {
  if (
    told ||
    element !== document.querySelector(".dl-stage") ||
    !stage.words.first ||
    stage.link.x === undefined ||
    stage.surface?.curve ||
    quiet() ||
    remembered()
  )
    return;
  told = true;
  remember();
  const text = matchMedia("(pointer: coarse)").matches ? stage.words.first.tap : stage.words.first.click;
  const note = Object.assign(document.createElement("span"), { className: "dl-first", textContent: text });
  const [left, after] = [x * scale, element.clientWidth - (x + width) * scale]; // the axes beside the plot, whose width may still change
  Object.assign(note.style, { left: `calc(50% + ${(left - after) / 2}px)`, maxWidth: `calc(100% - ${left + after + 16 * scale}px)` });
  element.append(note);
  const start = () => `${stage.link.x} ${stage.link.y}`;
  const before = start();
  const go = () => {
    clearTimeout(timer);
    unlisten();
    note.remove();
  };
  const timer = setTimeout(go, SHOWN);
  const unlisten = onChange(() => (quiet() || start() !== before) && go());
}

/** Whether the page is shown to others, or a click means something else: as the link says, the bar that sets the mode comes last. */
function quiet() {
  return Number(stage.link.present) > 0 || Number(stage.link.predict) > 0 || String(stage.link.hide).split(",").includes("controls");
}

function remembered() {
  try {
    return localStorage.getItem(KNOWN) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(KNOWN, "1");
  } catch {
    // it is then said again at the next visit
  }
}

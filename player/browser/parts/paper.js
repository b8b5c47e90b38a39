// On paper: the stage as it stands, as large as one page has room for. What is left out there say the style sheets.

import { onChange } from "../stage/store.js";

const root = document.documentElement;
const PAGE = { width: 1062, height: 733 }; // pixels of A4 across within margins of 8 mm

function fit() {
  const [width, height] = [window.innerWidth, Math.max(window.innerHeight, root.scrollHeight)];
  root.style.setProperty("--dl-wide", `${width}px`);
  root.style.setProperty("--dl-on-paper", Math.min(PAGE.width / width, PAGE.height / height).toFixed(4));
}

onChange((what) => what === "room" && fit());
window.addEventListener("beforeprint", fit);

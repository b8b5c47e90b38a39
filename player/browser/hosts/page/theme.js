// Light or dark, as the system has it until somebody turns it over, which this browser remembers.

import { keep, kept, onKept } from "../../base/kept.js";

const KEPT = "look";
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();
let chosen = kept(KEPT);

/** Call changed() when it has changed. */
export function onTheme(changed) {
  listeners.add(changed);
}

export function turnTheme() {
  chosen = root.dataset.theme === "dark" ? "light" : "dark";
  keep(KEPT, chosen);
  put();
}

function put() {
  root.dataset.theme = ["light", "dark"].includes(chosen) ? chosen : dark.matches ? "dark" : "light";
  for (const changed of listeners) changed();
}

put();
dark.addEventListener("change", put);
onKept(KEPT, () => {
  chosen = kept(KEPT);
  put();
});

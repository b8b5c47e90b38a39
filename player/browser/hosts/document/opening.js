// The first script of every document that a server sends: of which version of the program it is, and what is said once another version answers it.
//
// It stands in the document itself, for nothing else of this version may be there any more. Others know it as `descentLab`.

import { ask } from "../../base/ask.js";
import { element } from "../../base/element.js";
import { connected, dismiss, ground, seeking } from "./streamlit.js";

const EVERY = 2000; // milliseconds between two looks at the connection
const { version: own, words } = JSON.parse(document.currentScript.dataset.told);

export const version = own;

const around = outer();
const marks = document.documentElement.dataset;
let notice = null;
let asking = false;
let sought = 0; // looks in a row that found the page without its server

/** The program's page that this one is a frame of, if it is. */
function outer() {
  try {
    return parent === window ? null : parent.descentLab;
  } catch {
    return null; // another site's
  }
}

/** Another version answers: say so on the page, once; returns the sentence. */
export function renewed() {
  marks.renewed = "";
  dismiss();
  if (around) return around.renewed(); // what is around a frame is of the old version as well
  const { said, reload } = words[language()] ?? words.en;
  if (!notice) {
    const button = element("button", { type: "button", textContent: reload });
    button.addEventListener("click", () => location.reload());
    notice = element("div", { className: "dl-renewed", role: "alert" }, element("span", {}, said), button);
  }
  place();
  return said;
}

/** Ask the server whether it is still of this version. */
export async function look() {
  if (asking) return; // a busy server answers late
  asking = true;
  await ask("_stcore/health", { cache: "no-store" }).catch(() => {}); // `ask` calls `renewed` where it is not
  asking = false;
}

/** Above all else, and in an open dialog, as nothing outside of it can be clicked. */
function place() {
  const dialog = document.querySelector("dialog:modal");
  const { color, backgroundColor } = getComputedStyle(ground() ?? document.body);
  const seen = backgroundColor !== "rgba(0, 0, 0, 0)";
  Object.assign(notice.style, { color: seen ? color : "CanvasText", backgroundColor: seen ? backgroundColor : "Canvas" });
  const home = dialog ?? document.body;
  if (notice.parentElement !== home) home.append(notice);
  dialog?.addEventListener("close", () => notice && document.body.append(notice), { once: true });
}

/** The page's, or where nothing is drawn yet the one that it would be drawn in. */
function language() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked in words) return asked;
  return document.querySelector("[class^=dl-]") ? document.documentElement.lang : navigator.language.slice(0, 2);
}

/** A page that has lost its server asks who is there now; one that has found its own again goes on. */
function watch() {
  if (seeking()) {
    sought += 1;
    if (sought > 1 && !("renewed" in marks)) look();
  } else if (sought && connected()) {
    sought = 0;
    notice?.remove();
    notice = null;
    delete marks.renewed;
  }
  if ("renewed" in marks) dismiss();
}

setInterval(watch, EVERY);
addEventListener("error", ({ target }) => target instanceof Element && target.matches("script, link") && look(), true); // another version has none
if (around && around.version !== version) around.renewed();

// Undo and redo: steps through the changes of a visit, which are the history's own entries. They never leave the page.
//
// The state of each entry says which change made it, so that Back and Forward are followed as well.

import { scriptRuns, watchServer } from "./page.js";

const PATIENCE = 1000; // milliseconds that the browser may take for its way to another entry
const EDITED = [
  "input:not([type=range], [type=checkbox], [type=radio], [role=combobox][aria-expanded=false])",
  "textarea",
  "[contenteditable=true]",
].join();

const newest = new Map(); // by visit to a page of the program: the number of its last change
let at = { visit: performance.timeOrigin, change: 0 }; // the entry that is shown
let path = location.pathname;
let target = null; // the change that is asked for, while the browser is on its way
let timer = null;
let opened = !scriptRuns(); // what the page writes before it stands is no change

const push = history.pushState.bind(history);
const replace = history.replaceState.bind(history);
const mark = () => replace({ ...history.state, at }, "");

history.pushState = (...entry) => {
  push(...entry);
  const same = location.pathname === path;
  path = location.pathname;
  at = same ? { ...at, change: at.change + opened } : { visit: `${performance.timeOrigin} ${performance.now()}`, change: 0 };
  newest.set(at.visit, at.change);
  target = null;
  mark();
};
history.replaceState = (state, ...rest) => replace({ ...state, at }, ...rest);
mark();
watchServer(({ finished }) => (opened ||= finished));
addEventListener("popstate", ({ state }) => {
  const { visit } = at;
  at = state?.at ?? { visit: `${performance.timeOrigin} ${performance.now()}`, change: 0 };
  path = location.pathname;
  clearTimeout(timer);
  timer = null;
  if (at.visit !== visit) target = null;
  travel();
});

/** Go so many changes forward, or back for a negative number; false where there are none. */
function go(by) {
  const wanted = (target ?? at.change) + by;
  if (wanted < 0 || wanted > (newest.get(at.visit) ?? at.change)) return false;
  target = wanted;
  travel();
  return true;
}

/** Keys may come faster than the browser travels. */
function travel() {
  if (timer || target === null) return;
  if (target === at.change) return (target = null);
  timer = setTimeout(() => (timer = target = null), PATIENCE);
  history.go(target - at.change);
}

/** Ctrl-Z or Cmd-Z undoes, with Shift it redoes, as Ctrl-Y does; `say(text)` shows a sentence, words() are {undone, redone}. Returns what ends it. */
export function listenToUndo(say, words) {
  const pressed = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.slice(-1).toLowerCase(); // a Korean layout has other letters
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if ((!redo && key !== "z") || (event.target instanceof Element && event.target.closest(EDITED))) return;
    event.preventDefault();
    if (!go(redo ? 1 : -1)) say(redo ? words().redone : words().undone);
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}

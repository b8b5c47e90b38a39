// Everything of Streamlit's page that the browser side leans on and that nobody has promised, as Streamlit 1.67 has it.
//
// It may change with any version: tests/test_browser_upgrades.py says what that breaks. Styles for its elements stand in style/streamlit.css.

import { LAYERS, onEscape } from "../../stage/escape.js";

const CONNECTION = "data-test-connection-state"; // of its root element
const SCRIPT = "data-test-script-state";

/** A link with more settings than these is dropped before the page's script sees it. */
export const MOST_SETTINGS = 1000;

/** Call changed({connected, finished}) where the connection to the server or the state of its script changes; finished: the script has just ended. */
export function watchServer(changed) {
  const root = document.querySelector(`[${CONNECTION}]`);
  const look = (changes) => {
    const told = changes.some(({ attributeName }) => attributeName === SCRIPT);
    changed({ connected: root.getAttribute(CONNECTION) === "CONNECTED", finished: told && root.getAttribute(SCRIPT) === "notRunning" });
  };
  if (root) new MutationObserver(look).observe(root, { attributeFilter: [CONNECTION, SCRIPT] });
  return Boolean(root);
}

/** Whether its script is under way. */
export function scriptRuns() {
  const root = document.querySelector(`[${SCRIPT}]`);
  return Boolean(root) && root.getAttribute(SCRIPT) !== "notRunning";
}

/** Its dialogs that are open now. */
export function openDialogs() {
  return document.querySelectorAll("[role=dialog]");
}

/** Call changed() when one has come or gone: they hang on the body itself. */
export function watchDialogs(changed) {
  new MutationObserver(changed).observe(document.body, { childList: true });
}

/** Whether a part of the page belongs to one of its own sliders. */
export function inSlider(target) {
  return target instanceof Element && Boolean(target.closest(".stSlider"));
}

/** The number field whose input an element is: {key, label}, the key that its widget has; null for any other element. */
export function numberField(input) {
  const field = input instanceof Element && input.closest(".stNumberInput");
  const keyed = field && field.closest("[class*=st-key-]");
  if (!keyed) return null;
  const name = [...keyed.classList].find((each) => each.startsWith("st-key-"));
  return { key: name.slice("st-key-".length), label: field.querySelector("label").textContent.trim() };
}

const marks = document.documentElement.dataset;
const BOARD = ".st-key-board"; // what holds maps, controls and curves

let controls = 140; // pixels that the tallest lane's took when they were last seen

/** Where the board begins and how wide it is, and how high a lane's controls are, in pixels. */
export function surroundings() {
  const { top, width } = document.querySelector(BOARD)?.getBoundingClientRect() ?? { top: 0, width: window.innerWidth };
  const seen = [...document.querySelectorAll('[class*="st-key-controls"]')].map((each) => each.offsetHeight).filter(Boolean);
  if (seen.length && marks.controls !== "folded") controls = Math.max(...seen);
  return { top: top + window.scrollY, width, controls };
}

/** Call changed() now, and when something around or on the board takes another size. */
export function watchSurroundings(changed) {
  const watcher = new ResizeObserver(changed);
  const page = document.querySelector(".stMainBlockContainer > .stVerticalBlock");
  if (page) watcher.observe(page);
  changed();
}

/**
 * Show the folded controls of a lane, or fold them again where they are shown. Another lane's, a click elsewhere and Escape fold them too.
 *
 * The root says whose are shown: Streamlit may make the controls anew at any moment.
 */
export function unfold(lane) {
  const was = marks.unfolded === String(lane);
  fold();
  if (was) return;
  marks.unfolded = lane;
  document.querySelector(`.st-key-controls${lane} input`)?.focus(); // the rate
}

/** Fold them; the focus goes back to the button that showed them. Whether any were shown. */
function fold() {
  const lane = marks.unfolded;
  if (!lane) return false;
  delete marks.unfolded;
  const focused = document.activeElement?.closest(`.st-key-controls${lane}`);
  if (focused) document.querySelector(`.st-key-panel${lane} .dl-unfold`)?.focus();
  return Boolean(document.querySelector(`.st-key-controls${lane}`));
}

/** Give the focus to a button of a lane, or where that is folded to the one that shows it. */
export function focusLane(lane, key) {
  const buttons = document.querySelectorAll(`.st-key-${key}${lane} button, .st-key-panel${lane} .dl-unfold`);
  [...buttons].find((each) => each.checkVisibility({ visibilityProperty: true }))?.focus();
}

let openers = 0;

/** A menu that is opened takes the focus, and whatever of it has to be rolled can be without a mouse. It gives the focus back by itself. */
document.addEventListener(
  "click",
  ({ target }) => {
    const opener = target instanceof Element && target.closest('[data-testid="stPopoverButton"]');
    if (!opener || opener.ariaExpanded === "true") return;
    const watcher = new MutationObserver(() => {
      const menu = document.querySelector('[data-testid="stPopoverBody"]');
      if (!menu) return;
      watcher.disconnect();
      const label = opener.querySelector("p");
      label.id ||= `dl-opener-${(openers += 1)}`;
      menu.setAttribute("aria-labelledby", label.id); // Streamlit names it by the label's source, with its asterisks
      menu.tabIndex = -1;
      menu.focus({ preventScroll: true });
      for (const formula of menu.querySelectorAll(".katex-display")) formula.tabIndex = 0;
    });
    watcher.observe(document.body, { childList: true, subtree: true });
  },
  true,
);

/** A click beside all controls gives the focus to no frame around the page. */
document.addEventListener("focusin", ({ target }) => target.matches?.(".stMain:not(:focus-visible)") && target.blur());

onEscape(LAYERS.folded, fold);
document.addEventListener(
  "pointerdown",
  ({ target }) => {
    const shown = `.st-key-controls${marks.unfolded}`;
    const inside = `${shown}, .dl-unfold, [data-testid="stPopoverBody"], [data-baseweb="popover"]`;
    if (!(target instanceof Element) || !target.closest(inside)) fold();
  },
  true,
);

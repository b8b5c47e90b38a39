// Everything of Streamlit's page that the browser side leans on and that nobody has promised, as Streamlit 1.67 has it.
//
// It may change with any version: tests/test_browser_upgrades.py says what that breaks. Styles for its elements stand in style/streamlit.css.

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

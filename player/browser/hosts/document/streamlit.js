// What the first script of a document leans on of Streamlit's page, as Streamlit 1.67 has it: nobody has promised it, as in hosts/streamlit/page.js.

const STATE = "data-test-connection-state";

const state = () => document.querySelector(`[${STATE}]`)?.getAttribute(STATE);

/** Whether the page has its server. */
export const connected = () => state() === "CONNECTED";

/** Whether it has none and asks for it. */
export const seeking = () => state() === "PINGING_SERVER";

/** Close what it says of the lost connection: it makes the page inert. Once closed, it is not opened again before the next connection. */
export function dismiss() {
  document.querySelector('[data-testid="stDialog"] button[aria-label="Close"]')?.click();
}

/** The element that has the page's colours; null where it is no page of Streamlit's. */
export const ground = () => document.querySelector(".stApp");

// Light or dark, as the system has it until somebody turns it over.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

/** Call changed() when it has changed. */
export function onTheme(changed) {
  listeners.add(changed);
}

export function turnTheme() {
  put(root.dataset.theme === "dark" ? "light" : "dark");
}

function put(name) {
  root.dataset.theme = name;
  for (const changed of listeners) changed();
}

put(dark.matches ? "dark" : "light");
dark.addEventListener("change", () => put(dark.matches ? "dark" : "light"));

// What was chosen last in the Export dialog, kept by this browser: the link has nothing of it.

const KEY = "descent-lab export";

function all() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // there is no storage, or something else is in it
  }
}

/** The choices of a section; usual = {name: value} names them, and stands for what has not been chosen or is no such thing. */
export function remembered(section, usual) {
  const kept = all()[section] ?? {};
  return Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, typeof kept[name] === typeof value ? kept[name] : value]));
}

/** Keep them for the next time. */
export function remember(section, choices) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...all(), [section]: choices }));
  } catch {
    // the next time begins with what is usual
  }
}

// What this browser keeps of the program's pages, under a name; nothing where it keeps nothing, as with a file from a disk.

const keyOf = (name) => `descent-lab ${name}`;

/** The value that was kept last, of what JSON can say; null where there is none. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(keyOf(name)));
  } catch {
    return null;
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(keyOf(name), JSON.stringify(value));
  } catch {
    // it is for this visit then
  }
}

/** Call changed() when another window has kept something under the name. */
export function onKept(name, changed) {
  addEventListener("storage", ({ key }) => key === keyOf(name) && changed());
}

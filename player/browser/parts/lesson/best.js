// A person's best in a challenge, which the browser keeps where that is allowed.

const own = new Map(); // as long as the page is open

/** The fewest steps so far, or null. */
export function bestOf(name) {
  const steps = [own.get(name), stored(name)].filter((each) => each > 0);
  return steps.length ? Math.min(...steps) : null;
}

/** Keep a number of steps, unless there were fewer. */
export function keepBest(name, steps) {
  const best = bestOf(name);
  if (best !== null && best <= steps) return;
  own.set(name, steps);
  try {
    localStorage.setItem(key(name), steps);
  } catch {
    // it is refused: then it is known until the page is closed
  }
}

function stored(name) {
  try {
    return Number(localStorage.getItem(key(name)));
  } catch {
    return 0;
  }
}

const key = (name) => `descent-lab challenge ${name}`;

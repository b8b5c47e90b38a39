// Long work in a page that stays usable: between two pieces of it the page gets its turn.

const LONG = 12; // milliseconds of work without a rest

/** A function to be awaited between two pieces of work: it rests where the last rest is long ago. */
export function breaths() {
  const { port1, port2 } = new MessageChannel(); // a timer would rest for 4 ms, and in a hidden tab for a second
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LONG) return;
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(null);
    });
    last = performance.now();
  };
}

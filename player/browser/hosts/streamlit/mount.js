// How Streamlit shows a part: it calls a mount with an element and data, again with every update, and what it returns when the element goes away.

import { useStyle } from "./style.js";

const unanswered = new Set(); // the mounts that have told the page something that it has not answered yet

/** Whether the page has not yet answered all that it was told. */
export function awaiting() {
  return unanswered.size > 0;
}

/**
 * A mount for a kind of part, one of which is made for each element.
 *
 * connect(part, calls, data), before the part shows the data, gives it Streamlit's calls {setStateValue, setTriggerValue}, and tell(name, value): a
 * trigger whose number, which it returns, comes back in data.heard, [visit, number]. What the page answers to an earlier one is not shown, as a newer
 * one is on its way.
 * listen(part), once, returns a function that ends what it began.
 */
export function mounting(Part, connect, listen = () => () => {}) {
  const mounted = new WeakMap();
  return ({ data, parentElement, ...calls }) => {
    useStyle();
    if (!mounted.has(parentElement)) {
      const part = new Part(parentElement);
      mounted.set(parentElement, { part, unlisten: listen(part), told: 0, awaited: 0, visit: null });
    }
    const mount = mounted.get(parentElement);
    const { part, unlisten } = mount;
    const tell = (name, value) => {
      mount.awaited = mount.told += 1;
      unanswered.add(mount);
      calls.setTriggerValue(name, { number: mount.told, value });
      return mount.told;
    };
    connect(part, { ...calls, tell }, data);
    if (isNew(mount, data)) part.show(data);
    return () => {
      mounted.delete(parentElement);
      unanswered.delete(mount);
      unlisten();
      part.end();
    };
  };
}

/** Whether it answers the last that was told, or comes from a visit that has not heard of any. */
function isNew(mount, { heard: [visit, number] = [null, 0] }) {
  if (visit !== mount.visit) Object.assign(mount, { visit, awaited: number });
  if (number < mount.awaited) return false;
  unanswered.delete(mount);
  return true;
}

// How Streamlit shows a part: it calls a mount with an element and data, again with every update, and what it returns when the element goes away.

import { useStyle } from "../../base/theme.js";

/**
 * A mount for a kind of part, one of which is made for each element.
 *
 * connect(part, calls, data), before the part shows the data, gives it Streamlit's calls {setStateValue, setTriggerValue}.
 * listen(part), once, returns a function that ends what it began.
 */
export function mounting(Part, connect, listen = () => () => {}) {
  const mounted = new WeakMap();
  return ({ data, parentElement, ...calls }) => {
    useStyle();
    if (!mounted.has(parentElement)) {
      const part = new Part(parentElement);
      mounted.set(parentElement, { part, unlisten: listen(part) });
    }
    const { part, unlisten } = mounted.get(parentElement);
    connect(part, calls, data);
    part.show(data);
    return () => {
      mounted.delete(parentElement);
      unlisten();
      part.end();
    };
  };
}

// The two charts in Streamlit's page. Their data is packed with the surface, and brings it to the stage.

import { unpack } from "../../base/unpack.js";
import { Curves } from "../../parts/curves.js";
import { isHome, onChange, setSurface, stage } from "../../stage/store.js";
import { mounting } from "./mount.js";

const given = new WeakMap(); // to each: Streamlit brings the same again when the theme changes

function connect(curves, { setStateValue, setTriggerValue }, data) {
  curves.keepChoice = (choice) => setTriggerValue("choice", choice);
  curves.keepView = (view) => setStateValue("view", view);
  if (given.get(curves)?.data !== data) {
    const { surface, ...own } = unpack(data);
    given.set(curves, { data, own });
    setSurface(surface);
  }
  return given.get(curves).own;
}

/** A zoom in any panel is told of here, once. */
function listen(curves) {
  return onChange((what) => what === "view" && curves.keepView(isHome() ? null : stage.view));
}

export default mounting(Curves, connect, listen);

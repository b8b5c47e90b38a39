// The inspector in Streamlit's page.

import { Inspector } from "../../parts/inspector.js";
import { mounting } from "./mount.js";
import { focusLane } from "./page.js";

function connect(inspector, { setTriggerValue }) {
  inspector.close = () => {
    inspector.focused = inspector.root.contains(document.activeElement);
    setTriggerValue("close", true);
  };
}

/** The focus goes back once it is gone: the button that opens it is then a new one. */
const listen = (inspector) => () => inspector.focused && focusLane(inspector.index, "inspect_lane");

export default mounting(Inspector, connect, listen);

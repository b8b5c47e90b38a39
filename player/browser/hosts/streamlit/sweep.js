// The map of runs in Streamlit's page.

import { Sweep } from "../../parts/sweep.js";
import { mounting } from "./mount.js";

export default mounting(Sweep, (sweep, { setTriggerValue }) => {
  sweep.keepView = (view) => setTriggerValue("view", view);
  sweep.keepCells = (cells) => setTriggerValue("kept", cells);
});

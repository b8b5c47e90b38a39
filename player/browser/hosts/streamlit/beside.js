// The map beside a map of runs in Streamlit's page.

import { Beside } from "../../parts/beside.js";
import { mounting } from "./mount.js";

export default mounting(Beside, (beside, { setTriggerValue }) => {
  beside.pickStart = (point) => setTriggerValue("start", point);
});

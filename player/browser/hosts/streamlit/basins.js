// Basins in Streamlit's page.

import { Basins } from "../../parts/basins.js";
import { mounting } from "./mount.js";

export default mounting(Basins, (basins, { setTriggerValue }) => {
  basins.keepView = (view) => setTriggerValue("view", view);
  basins.pickStart = (point) => setTriggerValue("start", point);
});

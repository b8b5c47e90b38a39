// One setting at all its values in Streamlit's page.

import { Paths } from "../../parts/paths.js";
import { mounting } from "./mount.js";

export default mounting(Paths, (paths, { setTriggerValue, tell }) => {
  paths.keep = (value) => tell("scrub", value);
  paths.keepView = (view) => setTriggerValue("view", view);
  paths.pickStart = (point) => setTriggerValue("start", point);
});

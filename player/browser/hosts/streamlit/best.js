// The table of all rules in Streamlit's page.

import { Best } from "../../parts/best.js";
import { mounting } from "./mount.js";

export default mounting(Best, (best, { tell }) => {
  best.tell = (settings) => tell("told", settings);
});

// The two charts in Streamlit's page.

import { Curves } from "../../parts/curves.js";
import { mounting } from "./mount.js";

export default mounting(Curves, (curves, { setTriggerValue }) => {
  curves.keepChoice = (choice) => setTriggerValue("choice", choice);
});

// The inspector in Streamlit's page.

import { Inspector } from "../../parts/inspector.js";
import { mounting } from "./mount.js";

export default mounting(Inspector, (inspector, { setTriggerValue }) => {
  inspector.close = () => setTriggerValue("close", true);
});

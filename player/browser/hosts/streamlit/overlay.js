// The large panel in Streamlit's page.

import { Overlay } from "../../parts/overlay.js";
import { guessNext } from "../../stage/predict.js";
import { send } from "./connection.js";
import { mounting } from "./mount.js";

export default mounting(Overlay, (overlay, { setTriggerValue }) => {
  overlay.pickStart = (point) => guessNext(point) || send("start", () => setTriggerValue("start", point));
});

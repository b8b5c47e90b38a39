// A lane's panel in Streamlit's page.

import { Panel } from "../../parts/panel.js";
import { guess } from "../../stage/predict.js";
import { send } from "./connection.js";
import { mounting } from "./mount.js";
import { unfold } from "./page.js";

export default mounting(Panel, (panel, { setTriggerValue }) => {
  panel.tryOut = (link) => send("try", () => setTriggerValue("tried", link));
  panel.pickRule = (name) => send(`rule ${panel.lane.index}`, () => setTriggerValue("rule", name));
  panel.unfold = () => unfold(panel.lane.index);
  panel.pickStart = (point) => guess(panel.lane.index, point) || send("start", () => setTriggerValue("start", point));
});

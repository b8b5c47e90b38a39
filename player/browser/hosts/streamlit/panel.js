// A lane's panel in Streamlit's page.

import { Panel } from "../../parts/panel.js";
import { trying } from "../../stage/live.js";
import { guess } from "../../stage/predict.js";
import { onConnection, send } from "./connection.js";
import { awaiting, mounting } from "./mount.js";
import { unfold } from "./page.js";

function connect(panel, { setTriggerValue }) {
  panel.tryOut = (link) => send("try", () => setTriggerValue("tried", link));
  panel.pickRule = (name) => send(`rule ${panel.lane.index}`, () => setTriggerValue("rule", name));
  panel.unfold = () => unfold(panel.lane.index);
  panel.pickStart = (point) => guess(panel.lane.index, point) || send("start", () => setTriggerValue("start", point));
}

/** What the page has drawn last may be what it had drawn before, of which it says nothing: a change that came in between was taken back. */
function listen(panel) {
  const drawn = () => awaiting() || trying() || panel.settle();
  return onConnection((what) => what === "drawn" && requestAnimationFrame(drawn));
}

export default mounting(Panel, connect, listen);

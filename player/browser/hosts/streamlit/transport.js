// The transport bar in Streamlit's page, with what belongs to the page as a whole: its settings, dialogs, number fields and connection.

import { Transport } from "../../parts/transport.js";
import { clock } from "../../stage/clock.js";
import { setLink } from "../../stage/store.js";
import { onConnection } from "./connection.js";
import { setDialogs } from "./dialogs.js";
import { watchFields } from "./fields.js";
import { mounting } from "./mount.js";
import { MOST_SETTINGS } from "./page.js";

function connect(bar, { setTriggerValue }, data) {
  bar.keep = () => setTriggerValue("kept", { speed: clock.speed, loop: clock.loop });
  bar.classroom.send = (mode) => setTriggerValue("mode", mode);
  bar.callBack = () => setTriggerValue("back", true);
  if (bar.data && bar.data.visit !== data.visit) bar.callBack(); // what was changed in a lane until the server knew it
  bar.crowded = location.search.split("&").length > MOST_SETTINGS;
  setDialogs(data.dialogs);
  setLink(data.link);
}

function listen(bar) {
  // A server that has forgotten the visit knows no lanes and does not hear a change of one: the page is drawn there at once.
  const unlisten = onConnection((what) => what === "back" && bar.callBack());
  const unwatch = watchFields(
    (text) => bar.say(text),
    () => bar.data.words,
  );
  return () => {
    unlisten();
    unwatch();
  };
}

export default mounting(Transport, connect, listen);

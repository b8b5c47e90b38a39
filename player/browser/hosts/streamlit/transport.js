// The transport bar in Streamlit's page, with what belongs to the page as a whole: its dialogs, number fields and connection.

import { Transport } from "../../parts/transport.js";
import { clock } from "../../stage/clock.js";
import { answered, onConnection, send } from "./connection.js";
import { setDialogs } from "./dialogs.js";
import { watchFields } from "./fields.js";
import { mounting } from "./mount.js";
import { MOST_SETTINGS } from "./page.js";
import { listenToUndo } from "./undo.js";

function connect(bar, { setTriggerValue, tell }, data) {
  bar.keep = () => send("kept", () => tell("kept", { speed: clock.speed, loop: clock.loop }));
  bar.classroom.send = (mode) => setTriggerValue("mode", mode);
  bar.classroom.sendScene = (number) => setTriggerValue("scene", number);
  bar.callBack = () => (bar.called = tell("back", true));
  if (bar.data && bar.data.visit !== data.visit)
    bar.callBack(); // for what was changed in a lane before the server knew this visit
  else if (data.heard[1] >= bar.called) answered();
  bar.crowded = location.search.split("&").length > MOST_SETTINGS;
  setDialogs(data.dialogs);
}

function listen(bar) {
  // A server that has forgotten the visit hears no change in a lane until it has drawn the page: it is asked to at once.
  const unlisten = onConnection((what) => what === "back" && bar.callBack() > 0);
  const say = (text) => bar.say(text);
  const words = () => bar.data.words;
  const ends = [unlisten, watchFields(say, words), listenToUndo(say, words)];
  return () => {
    for (const end of ends) end();
  };
}

export default mounting(Transport, connect, listen);

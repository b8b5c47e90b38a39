// What Streamlit's page brings to the stage, itself unseen: the surface or the settings, each packed by itself.

import { unpack } from "../../base/unpack.js";
import "../../parts/paper.js";
import { settleIn } from "../../parts/room.js";
import { isHome, onChange, setCount, setLink, setRules, setSurface, stage } from "../../stage/store.js";
import { mounting } from "./mount.js";
import { surroundings, watchSurroundings } from "./page.js";

watchSurroundings(() => settleIn(surroundings));

class Bringer {
  /** `keepView(ranges)` is called by the surface's when another part of it is looked at; null is all of it. */
  constructor() {
    this.end = onChange((what) => what === "view" && this.surface && this.keepView(isHome() ? null : stage.view));
  }

  show(data) {
    if (this.data === data) return; // the theme has changed
    this.data = data;
    const { surface, settings, rules, lanes, inspected, language, words } = unpack(data);
    this.surface = Boolean(surface);
    if (rules) setRules(rules);
    if (surface) setSurface(surface);
    if (settings) setLink(settings, words);
    if (lanes) setCount(lanes, inspected);
    if (language) document.documentElement.lang = language;
  }
}

export default mounting(Bringer, (bringer, { setStateValue }) => {
  bringer.keepView = (view) => setStateValue("view", view);
});

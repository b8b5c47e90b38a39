// The two charts of the lanes on the stage: which quantity each shows, and both as they are drawn.

import { hides } from "../stage/mode.js";
import { lanesInOrder, stage } from "../stage/store.js";
import { chartOf } from "./prepared.js";

/** The quantity on a side, "left" or "right"; usual: by side, where the settings say nothing else. */
export const chosenOn = (side, usual) => stage.link[`curve.${side}`] ?? usual[side];

/** {left, right} as drawChart takes them; told = {words, usual} as the page is sent them; total: the last step. */
export function chartsOnStage({ words, usual }, total, colours, lanes = lanesInOrder()) {
  const about = { words, lowest: stage.surface.lowest, over: stage.link.over, total, titles: !hides("titles") };
  const side = (name) => chartOf(chosenOn(name, usual), lanes, about, colours);
  return { left: side("left"), right: side("right") };
}

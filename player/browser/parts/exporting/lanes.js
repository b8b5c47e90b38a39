// The lanes as choices of a menu.

import { hides } from "../../stage/mode.js";
import { lanesInOrder } from "../../stage/store.js";

/** [[number, name], …]; words = {lane}, for where names are left out. */
export function laneChoices({ lane }) {
  return lanesInOrder().map(({ index, title }) => [String(index), hides("titles") ? lane.replace("{number}", index) : `${index}. ${title}`]);
}

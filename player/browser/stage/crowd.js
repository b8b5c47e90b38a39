// Where all who are in a room think that each lane's run ends.

import { repaint } from "./clock.js";

let crowd = new Map(); // a lane's number → points

export function setCrowd(points) {
  if (!points.size && !crowd.size) return;
  crowd = points;
  repaint();
}

export function crowdOf(index) {
  return crowd.get(index) ?? [];
}

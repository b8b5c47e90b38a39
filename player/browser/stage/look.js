// The one camera that all scenes are seen by, and whether it is being moved.

import { HOME, sameCamera } from "../base/camera.js";
import { repaint } from "./clock.js";

const REST = 160; // milliseconds without a move until scenes are drawn with all care

export const look = { camera: HOME, moving: false };

let timer = null;

export function setCamera(camera) {
  if (sameCamera(camera, look.camera)) return;
  Object.assign(look, { camera, moving: true });
  clearTimeout(timer);
  timer = setTimeout(() => {
    look.moving = false;
    repaint();
  }, REST);
  repaint();
}

export function cameraAtHome() {
  return sameCamera(look.camera, HOME);
}

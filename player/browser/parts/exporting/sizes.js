// Sizes of files as people read them.

import { short } from "../../base/format.js";

/** 950 B, 31.4 kB, 1.2 MB: by thousands, as file managers count. */
export function sizeOf(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${short(bytes / 1e3)} kB` : `${short(bytes / 1e6)} MB`;
}

// The figure of basins: all maps with their legend and their shares. It knows no page.

import { aspectOf, entriesOf, namedOn } from "../../drawing/legend.js";
import { mosaicOf, mosaicWidth } from "../../drawing/mosaic.js";
import { sheetOf } from "../sheet.js";

/**
 * data: what the page says of the maps; maps: those that have come, null for one that has not; view: the ranges in view;
 * options and font as `sheetOf` has them.
 */
export function basinsSheet({ data, maps, view }, options, font) {
  const entries = entriesOf(maps, data.words);
  const shown = data.maps.map((map, k) => ({ ...map, shown: maps[k], named: (share) => namedOn(maps[k], share, data.words) }));
  return sheetOf(data, mosaicWidth(maps.length), options, font, (width, colours) =>
    mosaicOf(shown, entries, aspectOf(data.home), view, width, colours.font),
  );
}

// What several maps of basins share: how high they are, and the legend of what is to be seen on them. It knows no page.

import { hides } from "../stage/mode.js";

const CROWD = 8; // more minima are named in the legend only where a start leads to them
const [FLAT, TALL] = [0.6, 1.1]; // of a map's width: its least and its greatest height

/** Height to width of maps of these ranges. */
export function aspectOf([[x0, x1], [y0, y1]]) {
  return Math.min(Math.max((y1 - y0) / (x1 - x0), FLAT), TALL);
}

/** What is to be seen on the maps, of which some may be null: [{minimum or fate, name, text}], minima first; nothing where the legend is left out. */
export function entriesOf(maps, { fates: names }) {
  const there = maps.filter(Boolean);
  if (!there.length || hides("legend")) return [];
  const shares = there.flatMap((map) => map.shares);
  const [{ minima }] = there;
  const named = minima.map((each, minimum) => ({ ...each, minimum, fate: null }));
  const shown = minima.length <= CROWD ? named : named.filter(({ minimum }) => shares.some((share) => share.minimum === minimum));
  const fates = [...new Set(shares.filter(({ minimum }) => minimum === null).map(({ fate }) => fate))].sort();
  return [
    ...shown.map(({ minimum, fate, name, at, f }) => ({ minimum, fate, name, text: `${at}, f ${f}` })),
    ...fates.map((fate) => ({ minimum: null, fate, name: "", text: names[fate] })),
  ];
}

/** What a share of a map is called: its minimum's letter, or its fate. */
export function namedOn(map, { minimum, fate }, { fates }) {
  return minimum === null ? fates[fate] : map.minima[minimum].name;
}

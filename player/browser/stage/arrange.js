// How maps, controls and curves share the free part of the window: the arrangement in which the maps are largest. It knows no page.

const GAP = 16; // between lanes, and between these and the curves
const LOW = 150; // a plot lower than this is no stage: where controls can be folded they are
const CURVES = { height: 118, width: 300 }; // the least that they need below the maps, or beside them
const SHARE = { height: 0.2, width: 0.26 }; // of the room that they get at least
const MOST = { height: 0.62, width: 0.42 }; // and at most, where maps cannot use it
const SIDE = { share: 0.42, least: 240, most: 420 }; // the width of controls beside a map: no slider is wider
const CARDS = { share: 0.26, least: 250, most: 420 }; // of the lanes beside one map of all
const SPILL = 1.25; // of the room's height that these may need: they are rolled
const INSPECTOR = { share: 0.4, least: 340, most: 680 };

/**
 * free {width, height}: the room for all of it. lanes: how many maps, side by side.
 * panel {x, y, around}: what a panel needs beside its plot, for the axes at its sides, for those above and below, and for its head and its numbers.
 * controls: the height of a lane's controls, 0 where there are none. curves, inspector: whether they are shown.
 * overlay: whether one map shows all lanes. aspect: of a plot. unit: of all sizes here.
 *
 * Returns {columns, rows, plot {width, height}, curves "none" | "below" | "beside",
 * controls "none" | "under" | "beside" | "stacked" | "folded",
 * side, beside, below, tall, inspector, cards}: the width of controls that are beside a map; of curves beside the maps the width, of those below the
 * height, and `tall`, the height of either; the widths of the inspector and of the lanes beside one map.
 */
export function arrange({ free, lanes, panel, controls, curves = true, inspector = false, overlay = false, aspect = 1.4, unit = 1 }) {
  const [inside, cards] = [
    [inspector, INSPECTOR],
    [overlay, CARDS],
  ].map(([shown, { share, least, most }]) => (shown ? between(share * free.width, least * unit, most * unit) : 0));
  const taken = [inside, cards].reduce((sum, width) => sum + (width && width + GAP * unit), 0);
  const room = { width: Math.max(free.width - taken, CURVES.width * unit), height: free.height };
  const shape = { lanes: overlay ? 1 : lanes, panel: overlay ? { ...panel, around: 0 } : panel, controls: overlay ? 0 : controls };
  const all = (ways) => candidates(room, ways, { ...shape, curves, beside: !taken, aspect, unit });
  const best = (ways) => all(ways).reduce((one, other) => (other.worth > (one.worth > 0 ? 1.02 : 1) * one.worth ? other : one));
  if (overlay) {
    const fits = lanes * (panel.around + controls + GAP * unit) <= SPILL * free.height;
    const chosen = best(["none"]);
    return { ...chosen, columns: 1, controls: controls ? (fits ? "under" : "folded") : "none", inspector: inside, cards, tall: chosen.below };
  }
  const open = best(controls ? ["under", "beside"] : ["none"]);
  const chosen = controls && lanes > 1 && open.plot.height < LOW * unit ? best(["folded"]) : open;
  return { ...chosen, inspector: inside, cards, tall: tall(chosen, free, controls + GAP * unit) };
}

/** How high the curves are, in all. */
function tall({ curves, controls, below }, free, over) {
  if (curves === "below") return below;
  return controls === "stacked" ? free.height - over : free.height;
}

/** Every way to place controls and curves, and every number of columns that leaves no row short of more than one lane. */
function candidates(room, ways, { lanes, panel, controls, curves, beside, aspect, unit }) {
  const places = !curves ? ["none"] : beside ? ["below", "beside"] : ["below"];
  const columns = Array.from({ length: lanes }, (_, i) => i + 1).filter((count) => Math.ceil(lanes / count) * count - lanes <= (lanes > 4 ? 1 : 0));
  const made = [];
  for (const way of ways)
    for (const place of places) for (const count of columns) made.push(placed(room, { way, place, count, lanes, panel, controls, aspect, unit }));
  return made;
}

function placed(room, { way, place, count, lanes, panel, controls, aspect, unit }) {
  const gap = GAP * unit;
  const rows = Math.ceil(lanes / count);
  const stacked = lanes === 1 && way === "beside" && place === "beside"; // one column holds both
  const least = {
    width: place === "beside" ? Math.max(CURVES.width * unit, SHARE.width * room.width) : 0,
    height: place === "below" ? Math.max(CURVES.height * unit, SHARE.height * room.height) : 0,
  };
  const lane = {
    width: (room.width - (least.width && least.width + gap) - gap * (count - 1)) / count,
    height: (room.height - (least.height && least.height + gap) - gap * (rows - 1)) / rows,
  };
  const side = way === "beside" && !stacked ? between(SIDE.share * lane.width, SIDE.least * unit, SIDE.most * unit) : 0;
  const under = way === "under" ? controls : 0;
  const most = {
    width: lane.width - (side && side + gap) - panel.x,
    height: lane.height - under - panel.around - panel.y,
  };
  const height = Math.max(Math.min(most.height, most.width / aspect), 0.6 * LOW * unit);
  const plot = { width: Math.min(height * aspect, Math.max(most.width, 1)), height };
  const used = {
    width: count * (plot.width + panel.x + (side && side + gap)) + gap * (count - 1),
    height: rows * (plot.height + panel.y + panel.around + under) + gap * (rows - 1),
  };
  return {
    columns: count,
    rows,
    plot,
    // Less than nothing where it does not fit.
    worth: used.height <= room.height - least.height + 1 ? plot.width * plot.height : room.height - least.height - used.height,
    controls: stacked ? "stacked" : way,
    curves: place,
    side,
    beside: place === "beside" ? between(room.width - used.width - gap, least.width, MOST.width * room.width) : 0,
    below: place === "below" ? between(room.height - used.height - gap, least.height, MOST.height * room.height) : 0,
  };
}

function between(value, low, high) {
  return Math.max(low, Math.min(value, high));
}

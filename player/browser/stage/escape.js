// Escape closes one thing at a time, what lies on top first.

export const LAYERS = { account: 3, folded: 2, inspector: 1, presentation: 0 };

const layers = []; // [rank, close], the uppermost first

/** close() closes what lies on a layer, and says whether anything did. Returns a function that takes it back. */
export function onEscape(rank, close) {
  const layer = [rank, close];
  layers.push(layer);
  layers.sort(([a], [b]) => b - a);
  return () => layers.splice(layers.indexOf(layer), 1);
}

const OWN = "dialog[open], [role=dialog], [role=combobox][aria-expanded=true]"; // these close by themselves

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || document.querySelector(OWN) || event.target.matches?.("select, .dl-slider-entry")) return;
    if (!layers.some(([, close]) => close())) return;
    event.preventDefault();
    event.stopPropagation();
  },
  true,
);

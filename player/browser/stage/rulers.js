// What stands behind the sliders, asked for one by one once the hand rests: where each lane's run would end along a slider.

import { Recent } from "../base/recent.js";
import { unpack } from "../base/unpack.js";
import { heldBack } from "./held.js";
import { onPredict, waiting } from "./predict.js";
import { askQuietly } from "./quiet.js";
import { onChange, stage, wholeLink } from "./store.js";

const REST = 300; // milliseconds without a change until a ruler is asked for
const LATER = 2000; // milliseconds until a server that was busy is asked again
const KEPT = 200; // rulers that are remembered, of 1–3 kB each
const MATTERS = /^(surface|surface\..*|x|y|steps|noise|seed|anew|lang)$/; // to a run and its words, of what belongs to no lane

const sliders = new Set();
const known = new Recent(KEPT); // rulers, by what they depend on
let timer = null;
let asked = null; // ends the request under way

/**
 * Keep a slider's ruler as it should be: `slider.put(ruler)`, with null while there is none.
 *
 * slider = {lane, name, stops, seen, busy}: seen where it is to be seen, busy while a hand is on it.
 */
export function keepRuler(slider) {
  sliders.add(slider);
  renew(slider);
  rest();
}

export function dropRuler(slider) {
  sliders.delete(slider);
}

/** A hand has moved, or something else has changed: what is missing is asked for when nothing has for a while. */
export function rest(milliseconds = REST) {
  asked?.abort();
  clearTimeout(timer);
  timer = setTimeout(ask, milliseconds);
}

onChange((what) => what !== "view" && renewed());
onPredict(renewed);

function renewed() {
  sliders.forEach(renew);
  rest();
}

/** A ruler that holds no longer goes; one that is known comes. Where ends are to be predicted, none gives them away. */
function renew(slider) {
  slider.put(waiting() ? null : (known.get(dependsOn(slider)) ?? null));
}

async function ask() {
  if (waiting() || [...sliders].some(({ busy }) => busy)) return; // both say so when they end
  const own = (asked = new AbortController());
  try {
    for (const slider of sliders) {
      const key = slider.seen && dependsOn(slider);
      if (!key) continue;
      if (!known.has(key)) {
        const answer = await askQuietly(`ruler/${slider.name}?${wholeLink()}`, own.signal);
        if (answer.status === 204 || (await heldBack(answer, true))) return rest(LATER);
        if (answer.status !== 200) continue; // the server's log says why, and the slider is one without a ruler
        known.keep(key, unpack(new Uint8Array(await answer.arrayBuffer())).ruler);
      }
      if (key === dependsOn(slider)) slider.put(known.get(key));
    }
  } catch (error) {
    if (!own.signal.aborted) console.warn(error); // the connection was lost: a ruler is no matter of life and death
  }
}

/** All that a slider's ruler hangs on: not the slider's own value. */
function dependsOn({ lane, name, stops }) {
  const its = stage.lanes.get(lane)?.link;
  if (!its || !stage.surface || lane > Number(stage.link.lanes)) return null;
  const settings = Object.entries({ ...stage.link, ...its });
  const own = `${lane}.`;
  const said = settings.filter(([key]) => key !== name && (MATTERS.test(key) || (key.startsWith(own) && key !== `${own}look`)));
  return [name, stage.surface.lowest, ...said.map((pair) => pair.join("=")), stops].join("&");
}

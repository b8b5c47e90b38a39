// What is said of the runs that are over: asked for one by one once the clock stands at the end and the hand rests.

import { Recent } from "../base/recent.js";
import { unpack } from "../base/unpack.js";
import { clock, onText, repaint } from "./clock.js";
import { heldBack } from "./held.js";
import { waiting } from "./predict.js";
import { askQuietly } from "./quiet.js";
import { lanesInOrder, onChange, stage, wholeLink } from "./store.js";

const REST = 400; // milliseconds without a change until an account is asked for
const LATER = 2000; // milliseconds until a server that was busy is asked again
const KEPT = 200; // accounts that are remembered, of about 1 kB each
const MATTERS = /^(surface|surface\..*|x|y|steps|noise|seed|anew|lang)$/; // to a run and the words for it, of the settings that belong to no lane

const known = new Recent(KEPT); // accounts, by what they depend on
let timer = null;
let asked = null; // ends the request under way

/** What is said of a lane's run, or null while it is not known: {badge, said, suggestion, words}. */
export function accountOf(lane) {
  return known.get(dependsOn(lane)) ?? null;
}

onChange((what) => what !== "view" && wait(REST));
onText(() => timer ?? (clock.step >= clock.total && missing().length && wait(REST)));

function wait(milliseconds) {
  asked?.abort();
  clearTimeout(timer);
  timer = setTimeout(ask, milliseconds);
}

function missing() {
  if (waiting()) return [];
  const there = lanesInOrder().filter(({ index, link }) => link && index <= Number(stage.link.lanes)); // some may be about to go
  return there.filter((lane) => lane.loss.length - 1 === clock.total && !known.has(dependsOn(lane)));
}

async function ask() {
  timer = null;
  if (clock.step < clock.total) return; // the clock says so when it is there
  const own = (asked = new AbortController());
  try {
    for (const lane of missing()) {
      const answer = await askQuietly(`account/${lane.index}?${wholeLink()}`, own.signal);
      if (answer.status === 204 || (await heldBack(answer, true))) return wait(LATER);
      remember(lane, answer.status === 200 ? unpack(new Uint8Array(await answer.arrayBuffer())).account : null); // else the server's log says why
    }
  } catch (error) {
    if (!own.signal.aborted) console.warn(error); // the connection was lost: the badge says how the run ended all the same
  }
}

function remember(lane, account) {
  known.keep(dependsOn(lane), account);
  repaint();
}

/** All that the account of a lane's run hangs on; where minima are searched for, another lane may find a deeper one. */
function dependsOn({ index, link }) {
  const settings = Object.entries({ ...stage.link, ...link });
  const own = `${index}.`;
  const said = settings.filter(([key]) => MATTERS.test(key) || (key.startsWith(own) && key !== `${own}look`));
  return [index, stage.surface?.lowest, ...said.map((pair) => pair.join("="))].join("&");
}

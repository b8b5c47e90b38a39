// What others wrote for animations (player/vendor), read when one is made: a page of a single file has none of it.

import { missed } from "../base/ask.js";

/** A script of this name among the served ones, as a module. */
const read = (name) => import(new URL(`../../${name}`, import.meta.url).href).catch(missed);

export const gifenc = () => read("gifenc/gifenc.js");
export const mediabunny = () => read("mediabunny/mediabunny.js");

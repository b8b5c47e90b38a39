// A lesson: its scene stands still beside the text, step by step, served or in one file.

import { unpack } from "../../base/unpack.js";
import { Lesson } from "./lesson.js";
import { served, whole } from "./source.js";

const given = document.querySelector("#dl-told").textContent;
const told = unpack(Uint8Array.from(atob(given), (letter) => letter.charCodeAt(0)));
new Lesson(told.whole ? whole(told) : served(told));

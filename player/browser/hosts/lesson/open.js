// A lesson in one file: its scene stands still beside the text, step by step.

import { Lesson } from "./lesson.js";
import { given, whole } from "./source.js";

new Lesson(whole(given()));

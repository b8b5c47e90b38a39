// A race that plays by itself.

import { open } from "./open.js";

open();

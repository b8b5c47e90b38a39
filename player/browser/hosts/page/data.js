// A race on data that plays by itself.

import { Examples } from "../../parts/examples.js";
import { open } from "./open.js";

open(Examples);

// A lane as a program that runs by itself.

import { TextTab } from "./texttab.js";

export class CodeTab extends TextTab {
  constructor(parent, host) {
    super(parent, host, "code", { library: "numpy" });
  }
}

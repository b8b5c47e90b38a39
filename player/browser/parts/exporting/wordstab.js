// The figure's caption with all settings, as notes have it, and BibTeX of the works behind it.

import { TextTab } from "./texttab.js";

export class WordsTab extends TextTab {
  constructor(parent, host) {
    super(parent, host, "words", { form: "text" });
  }
}

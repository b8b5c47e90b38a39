// Streamlit's own dialogs in the page's words: sentences that are known are replaced, others stay.

import { openDialogs, watchDialogs } from "./page.js";

let words = {};

watchDialogs(translate);

/** `sentences`: from Streamlit's to the page's. */
export function setDialogs(sentences) {
  words = sentences;
  translate(); // one may be open already
}

function translate() {
  for (const dialog of openDialogs()) {
    const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = words[texts.currentNode.data] ?? texts.currentNode.data;
  }
}

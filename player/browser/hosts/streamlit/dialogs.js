// Streamlit's own dialogs in the page's words. Their sentences are looked for as they are; one that is not known stays.

import { watchDialogs } from "./page.js";

let words = {};

watchDialogs(translate);

/** What the dialogs say → what they are to say. */
export function setDialogs(sentences) {
  words = sentences;
}

function translate(dialogs) {
  for (const dialog of dialogs) {
    const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = words[texts.currentNode.data] ?? texts.currentNode.data;
  }
}

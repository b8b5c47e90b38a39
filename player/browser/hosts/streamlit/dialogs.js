// Streamlit's own dialogs in the page's words. Their sentences are looked for as they are; one that is not known stays.

let words = {};

new MutationObserver(translate).observe(document.body, { childList: true }); // they hang on the body itself

/** What the dialogs say → what they are to say. */
export function setDialogs(sentences) {
  words = sentences;
}

function translate() {
  for (const dialog of document.querySelectorAll("[role=dialog]")) {
    const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = words[texts.currentNode.data] ?? texts.currentNode.data;
  }
}

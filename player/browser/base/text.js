// Texts that change while it plays, and the one that stands where something has still to come.

/** Give an element another text. Its text node stays: with a new one the browser would work out the styles of the whole page again. */
export function setText(element, text) {
  const node = element.firstChild ?? element.appendChild(document.createTextNode(""));
  if (node.data !== text) node.data = text;
}

/** Say on an element that it waits for what it is to show, or with null no longer. It is seen after a moment: what comes at once needs no sign. */
export function setWaiting(element, text) {
  if (text) element.dataset.coming = text;
  else delete element.dataset.coming;
}

// Texts that change while it plays.

/** Give an element another text. Its text node stays: with a new one the browser would work out the styles of the whole page again. */
export function setText(element, text) {
  const node = element.firstChild ?? element.appendChild(document.createTextNode(""));
  if (node.data !== text) node.data = text;
}

// Texts that change while it plays.

/** Give an element another text. Its text node stays: a new one would have the styles of the whole page looked at again. */
export function setText(element, text) {
  const node = element.firstChild ?? element.appendChild(document.createTextNode(""));
  if (node.data !== text) node.data = text;
}

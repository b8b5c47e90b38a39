// Formulas as elements that browsers draw themselves.

const SPACE = "http://www.w3.org/1998/Math/MathML";

/** An element out of [tag, attributes, *children] as the server sends it, of which texts are texts. */
export function formulaOf(node) {
  if (typeof node === "string") return node;
  const [tag, attributes, ...children] = node;
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.map(formulaOf));
  return made;
}

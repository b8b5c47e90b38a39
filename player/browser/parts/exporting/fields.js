// The fields of an Export tab: each with its label, and changed() called when a person has set it.

import { element } from "../../base/element.js";

/** A menu: {root, value}; choices = [[value, text], …]. */
export function menu(label, choices, value, changed) {
  const field = element("select", {}, ...choices.map(([each, text]) => element("option", { value: each, textContent: text })));
  field.value = choices.some(([each]) => String(each) === String(value)) ? value : choices[0][0];
  return labelled(label, field, changed);
}

/** A number with its unit: {root, value}; an empty or wrong one counts as the usual. */
export function number(label, { value, low, high, step, unit = "" }, changed) {
  const field = element("input", { type: "number", min: low, max: high, step, value });
  return { ...labelled(label, field, changed, unit), field };
}

/** A line of text: {root, field}. */
export function line(label, value, changed) {
  return labelled(label, element("input", { type: "text", value, autocomplete: "off" }), changed);
}

/** A box to tick: {root, field}. */
export function box(label, checked, changed) {
  const field = element("input", { type: "checkbox", checked });
  field.addEventListener("change", changed);
  return { root: element("label", { className: "dl-export-box" }, field, label), field };
}

function labelled(label, field, changed, unit = "") {
  field.setAttribute("aria-label", unit ? `${label} (${unit})` : label); // a field in its label would be named by its value too
  field.addEventListener("change", changed);
  return { root: element("label", { className: "dl-export-field" }, element("span", {}, label), element("span", {}, field, unit)), field };
}

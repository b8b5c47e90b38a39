// A number field that is left empty or out of range goes back to the value in use, and a sentence says so.

import { short } from "../../base/format.js";
import { stage } from "../../stage/store.js";
import { numberField } from "./page.js";

/** `say(text)` shows a sentence; `words()` are {empty, range}: sentences with {name}, {value}, {low}, {high} and {used}. */
export function watchFields(say, words) {
  const left = ({ target }) => {
    const field = numberField(target);
    if (!field || !(field.key in stage.link)) return;
    const { value, min, max, validity } = target;
    const beyond = validity.rangeUnderflow || validity.rangeOverflow;
    if (value !== "" && !beyond) return;
    const said = { name: field.label, value, low: min, high: max, used: short(Number(stage.link[field.key]), 6) };
    say((beyond ? words().range : words().empty).replace(/{(\w+)}/g, (_, word) => said[word].replaceAll("-", "−")));
  };
  const entered = (event) => event.key === "Enter" && left(event);
  document.addEventListener("focusout", left, true);
  document.addEventListener("keydown", entered, true);
  return () => {
    document.removeEventListener("focusout", left, true);
    document.removeEventListener("keydown", entered, true);
  };
}

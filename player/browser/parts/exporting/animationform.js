// What an animation is to be: the fields of its tab, and what is wrong with them.

import { element } from "../../base/element.js";
import { countOf, even } from "../../export/frames.js";
import { menu, number } from "./fields.js";
import { laneChoices } from "./lanes.js";
import { remember, remembered } from "./remembered.js";

const USUAL = { kind: "gif", speed: 20, rate: "20", size: "800 × 450", width: 800, theme: "light", part: "all" };
export const KINDS = { gif: "GIF", mp4: "MP4", webm: "WebM" };
const RATES = ["10", "15", "20", "25", "30", "50"]; // browsers show no GIF that has more
const SIZES = ["800 × 450", "1280 × 720", "1920 × 1080", "1080 × 1080"];
const OWN = "own"; // the figure's own shape
const SPEED = { low: 0.1, high: 10000, step: "any" };
const WIDTH = { low: 200, high: 3840, step: 2 };
const MOST = 3000; // frames

export class AnimationForm {
  /** words: the animation's; seen: the pictures', which have the same parts. */
  constructor(words, seen, changed) {
    Object.assign(this, { words, seen });
    const chosen = (this.chosen = remembered("animation", USUAL));
    const take = () => {
      this.keep();
      changed();
    };
    const step = (name) => number(words[name], { value: 0, low: 0, high: 0, step: 1 }, take);
    const choices = (values) => values.map((each) => [each, words[each] ?? each]);
    this.fields = {
      kind: menu(words.kind, Object.entries(KINDS), chosen.kind, take),
      part: menu(seen.part, [["all", seen.all]], "all", take),
      first: step("first"),
      last: step("last"),
      speed: number(words.speed, { value: chosen.speed, ...SPEED }, take),
      rate: menu(words.rate, choices(RATES), chosen.rate, take),
      size: menu(words.pixels, choices([...SIZES, OWN]), chosen.size, take),
      width: number(words.width, { value: chosen.width, ...WIDTH, unit: "px" }, take),
      theme: menu(words.theme, choices(["light", "dark"]), chosen.theme, take),
    };
    this.root = element("fieldset", { className: "dl-export-fields" }, ...Object.values(this.fields).map(({ root }) => root));
    this.narrow();
  }

  /** Offer the steps up to `total`, all of them where they are others than before. */
  cover(total) {
    if (total === this.total) return;
    this.total = total;
    const { first, last } = this.fields;
    Object.assign(first.field, { max: total, value: 0 });
    Object.assign(last.field, { max: total, value: total });
  }

  /** Offer the parts that there are now. */
  name() {
    const { field } = this.fields.part;
    const lanes = laneChoices(this.seen);
    const choices = [["all", this.seen.all], ["maps", this.seen.maps], ...(lanes.length > 1 ? lanes : [])];
    field.replaceChildren(...choices.map(([value, textContent]) => element("option", { value, textContent })));
    field.value = choices.some(([value]) => value === this.chosen.part) ? this.chosen.part : "all";
  }

  keep() {
    const { kind, rate, size, theme, speed, width, part } = this.value();
    this.chosen.part = String(part);
    remember("animation", {
      ...{ kind, size, theme, rate: String(rate), part: String(part) },
      speed: this.wrong("speed") ? USUAL.speed : speed,
      width: this.wrong("width") ? USUAL.width : width,
    });
    this.narrow();
  }

  /** A width is asked for where the size does not say it. */
  narrow() {
    this.fields.width.root.hidden = this.fields.size.field.value !== OWN;
  }

  value() {
    const text = (name) => this.fields[name].field.value;
    const read = (name) => this.fields[name].field.valueAsNumber;
    const words = { kind: text("kind"), size: text("size"), theme: text("theme"), part: Number(text("part")) || text("part") };
    return { ...words, from: read("first"), to: read("last"), speed: read("speed"), width: read("width"), rate: Number(text("rate")) };
  }

  /** [width, height] in pixels; the height is null where the figure says it. */
  pixels() {
    const { size, width } = this.value();
    return size === OWN ? [even(width), null] : size.split(" × ").map(Number);
  }

  wrong(name) {
    const { field } = this.fields[name];
    return field.value === "" || !field.checkValidity();
  }

  /** A sentence about what cannot be, or "". */
  fault() {
    const { words, total } = this;
    const { from, to, size, ...rest } = this.value();
    if (this.wrong("first") || this.wrong("last") || from > to) return words.wrong_steps.replace("{total}", total);
    if (this.wrong("speed")) return words.wrong_speed.replace("{low}", SPEED.low).replace("{high}", SPEED.high);
    if (size === OWN && this.wrong("width")) return words.wrong_width.replace("{low}", WIDTH.low).replace("{high}", WIDTH.high);
    const count = countOf({ from, to, ...rest });
    return count > MOST ? words.wrong_count.replace("{count}", count).replace("{most}", MOST) : "";
  }
}

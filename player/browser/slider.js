// A slider that looks like the page's own, whose lane follows the hand; the page hears of it when it is let go.

import { known, onConnection } from "./connection.js";
import { follow } from "./finger.js";
import { stopTrying, tryOut } from "./live.js";
import { useStyle } from "./theme.js";

const REST = 250; // milliseconds without a key until a value is kept

const sliders = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  useStyle();
  let slider = sliders.get(parentElement);
  if (!slider) sliders.set(parentElement, (slider = new Slider(parentElement)));
  slider.keep = (value) => setTriggerValue("value", value);
  slider.show(data);
  return () => {
    sliders.delete(parentElement);
    slider.end();
  };
}

class Slider {
  constructor(parent) {
    this.root = parent.querySelector(".dl-slider");
    const find = (name) => this.root.querySelector(name);
    this.parts = { name: find(".dl-slider-name"), value: find(".dl-slider-value"), range: find("input") };
    const { range } = this.parts;
    this.held = false; // by the hand
    range.addEventListener("pointerdown", (event) => this.taken(event));
    for (const end of ["pointerup", "pointercancel"]) range.addEventListener(end, () => this.letGo());
    range.addEventListener("input", () => (this.undecided ? this.wait() : this.moved()));
    range.addEventListener("blur", () => this.letGo());
    this.unlisten = onConnection((what) => what === "known" && this.kept !== this.data.value && this.keep(this.kept));
  }

  show(data) {
    const unheard = !known && this.data && this.kept !== this.data.value;
    this.data = data;
    if (unheard || this.held || this.timer) return; // what the hand does is newer
    const { name, range } = this.parts;
    name.title = range.title = data.help;
    range.max = data.stops.length - 1;
    range.value = data.stops.indexOf(data.value);
    this.kept = data.value;
    this.write();
  }

  get value() {
    return this.data.stops[this.parts.range.value];
  }

  /** By a finger: browsers set the value where it comes down, before it is seen whether the slider is meant or the page. */
  taken(event) {
    this.held = true;
    if (event.pointerType !== "touch") return;
    const decide = () => (this.undecided = null);
    this.undecided = {};
    follow(event, decide, () => {
      const { value } = this.undecided;
      decide();
      if (value === undefined) return;
      this.parts.range.value = value;
      this.moved();
    });
  }

  /** Leave the slider where it is until then. */
  wait() {
    const { range } = this.parts;
    this.undecided.value = range.value;
    range.value = this.data.stops.indexOf(this.kept);
  }

  moved() {
    this.write();
    tryOut(this.data.lane, this.data.name, this.value);
    clearTimeout(this.timer);
    this.timer = this.held ? null : setTimeout(() => this.letGo(), REST);
  }

  letGo() {
    this.held = false;
    this.undecided = null;
    clearTimeout(this.timer);
    this.timer = null;
    if (this.value === this.kept) return;
    this.kept = this.value;
    stopTrying();
    if (known) this.keep(this.value);
  }

  write() {
    const { name, value, range } = this.parts;
    const { texts, label, aside } = this.data;
    const text = texts[range.value];
    const said = aside && (aside.at.find(([value]) => value === this.value)?.[1] ?? aside.elsewhere);
    name.textContent = said ? `${label} · ${said}` : label;
    range.setAttribute("aria-label", name.textContent);
    value.textContent = text;
    range.setAttribute("aria-valuetext", text);
    this.root.style.setProperty("--part", String(range.value / Math.max(range.max, 1)));
  }

  end() {
    this.unlisten();
    clearTimeout(this.timer);
  }
}

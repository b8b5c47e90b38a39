// A slider that looks like the page's own, whose lane follows the hand; the page hears of it when it is let go.

import { follow } from "../base/finger.js";
import { setting } from "../base/format.js";
import { accepts, numberIn } from "../base/interval.js";
import { setText } from "../base/text.js";
import { stopTrying, tryOut } from "../stage/live.js";
import { dropRuler, keepRuler, rest } from "../stage/rulers.js";
import { say } from "../stage/said.js";
import { Entry } from "./entry.js";
import { Ruler } from "./ruler.js";

const REST = 250; // milliseconds without a key until a value is kept

export class Slider {
  /** `keep(value)` gives the page a value that was let go; `heard()` says whether the page hears of it now. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-slider");
    const find = (name) => this.root.querySelector(name);
    this.parts = {
      label: find(".dl-slider-label"),
      aside: find(".dl-slider-aside"),
      value: find(".dl-slider-value"),
      range: find("input[type=range]"),
    };
    this.entry = new Entry(
      this.parts.value,
      () => String(this.kept),
      (text) => this.typed(text),
    );
    this.ruler = new Ruler(find(".dl-ruler"));
    this.seen = false;
    this.watcher = new IntersectionObserver((seen) => this.look(seen.at(-1).isIntersecting));
    this.watcher.observe(this.root);
    const { range } = this.parts;
    this.held = false; // by a pointer
    this.pressed = false; // a key, which repeats itself only after a while
    range.addEventListener("pointerdown", (event) => this.taken(event));
    for (const end of ["pointerup", "pointercancel"]) range.addEventListener(end, () => this.letGo());
    range.addEventListener("keydown", () => this.press());
    range.addEventListener("keyup", () => this.release());
    range.addEventListener("input", () => (this.undecided ? this.wait() : this.moved()));
    range.addEventListener("blur", () => this.letGo());
  }

  show(data) {
    const unheard = !this.heard() && this.data && this.kept !== this.data.value;
    this.data = unheard ? withStop(data, this.kept) : data;
    if (unheard || this.held || this.pressed || this.timer) return; // what the hand does is newer
    const { range } = this.parts;
    range.max = data.stops.length - 1;
    range.value = data.stops.indexOf(data.value);
    this.kept = data.value;
    this.describe();
    this.write();
    if (this.data.ruled) keepRuler(this);
  }

  get value() {
    return this.data.stops[this.parts.range.value];
  }

  /** What its ruler hangs on beside the lane. */
  get lane() {
    return this.data.lane;
  }

  get name() {
    return this.data.name;
  }

  get stops() {
    return this.data.stops;
  }

  /** Whether a hand is on it, or has only just left it. */
  get busy() {
    return this.held || this.pressed || Boolean(this.timer);
  }

  /** Whether it can be seen: rulers are asked for where they can. */
  look(seen) {
    this.seen = seen;
    if (seen) rest();
  }

  /** Its ruler has come, or holds no longer. */
  put(ruler) {
    if (ruler === this.ruler.ruler) return;
    this.ruler.put(ruler);
    this.describe();
    this.write();
  }

  /** What the slider is, and what its ruler shows. */
  describe() {
    const { label, range } = this.parts;
    const { help, words } = this.data;
    this.entry.name(words.type);
    const shown = this.ruler.ruler;
    label.title = range.title = shown ? `${help}\n\n${shown.words.help}` : help;
    if (shown) range.setAttribute("aria-description", `${help} ${shown.about}`);
    else range.removeAttribute("aria-description");
  }

  /** Browsers set the value where a finger comes down, before it is clear whether it moves the slider or scrolls the page. */
  taken(event) {
    this.held = true;
    if (event.pointerType !== "touch") return this.write();
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

  /** Until that is clear, the slider stays where it is. */
  wait() {
    const { range } = this.parts;
    this.undecided.value = range.value;
    range.value = this.data.stops.indexOf(this.kept);
  }

  moved() {
    tryOut([this.data.lane], { [this.data.name]: this.value });
    this.rest();
    this.write();
  }

  /** Keep the number that was typed. False, and a sentence says so, where it is none that the setting can have. */
  typed(text) {
    const { words, within, whole } = this.data;
    const value = numberIn(text);
    if (!accepts(within, whole, value)) {
      const said = { value: text.trim().slice(0, 40), used: setting(this.kept) };
      say((text.trim() ? words.refused : words.empty).replace(/{(value|used)}/g, (_, word) => said[word].replaceAll("-", "−")));
      return false;
    }
    this.data = withStop(this.data, value);
    const { range } = this.parts;
    range.max = this.data.stops.length - 1;
    range.value = this.data.stops.indexOf(value);
    this.letGo();
    if (this.data.ruled) keepRuler(this);
    return true;
  }

  press() {
    this.pressed = true;
    this.rest();
  }

  release() {
    this.pressed = false;
    this.rest();
  }

  /** Let it go after a while without a hand or a key on it. */
  rest() {
    clearTimeout(this.timer);
    this.timer = this.held || this.pressed || this.value === this.kept ? null : setTimeout(() => this.letGo(), REST);
  }

  letGo() {
    this.held = this.pressed = false;
    this.undecided = null;
    clearTimeout(this.timer);
    this.timer = null;
    this.write();
    rest();
    if (this.value === this.kept) return;
    this.kept = this.value;
    stopTrying();
    if (this.heard()) this.keep(this.value);
  }

  /** The page hears again: give it what it has missed. */
  again() {
    if (this.kept !== this.data.value) this.keep(this.kept);
  }

  write() {
    const { value, range } = this.parts;
    const { texts, label, named, aside } = this.data;
    const text = texts[range.value];
    const said = aside && (aside.at.find(([at]) => at === this.value)?.[1] ?? aside.elsewhere);
    const read = this.busy && this.ruler.ruler ? this.ruler.reading(range.value) : said;
    this.parts.label.textContent = label;
    this.parts.aside.textContent = read ? ` · ${read}` : "";
    range.setAttribute("aria-label", said ? `${named} · ${said}` : named);
    setText(value, text);
    range.setAttribute("aria-valuetext", text);
    this.root.style.setProperty("--part", String(range.value / Math.max(range.max, 1)));
  }

  end() {
    clearTimeout(this.timer);
    this.watcher.disconnect();
    dropRuler(this);
  }
}

/** The slider's data with this value among its stops. */
function withStop(data, value) {
  if (data.stops.includes(value)) return data;
  const at = data.stops.filter((stop) => stop < value).length;
  return { ...data, stops: data.stops.toSpliced(at, 0, value), texts: data.texts.toSpliced(at, 0, setting(value)) };
}

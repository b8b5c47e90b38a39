// Inside a step: the lane's formula, under each of its lines the same line with this step's numbers, and everything the rule shows.

import { fixed, short } from "../base/format.js";
import { formulaOf } from "../base/mathml.js";
import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { clock, onText, repaint } from "../stage/clock.js";
import { LAYERS, onEscape } from "../stage/escape.js";
import { stepAt } from "../stage/lane.js";
import { isLit, light, onLight } from "../stage/lit.js";
import { onChange, stage } from "../stage/store.js";

const SPACE = "\u2007"; // as wide as a digit: not every browser gives the parts of a formula a least width
const SMALLEST = 0.55; // part of its type's size that a formula may have where there is little room
const SAMPLES = 250; // of a run's steps, for the room that its numbers need

let font = null;

/** Without a mathematical font parentheses do not stretch. */
function useFont() {
  if (font) return font;
  font = new FontFace("STIX Two Math", `url("${new URL("../style/stix-two-math.woff2", import.meta.url).href}")`);
  document.fonts.add(font);
  font.load().catch((error) => console.warn(error)); // the browser's own will do
  return font;
}

export class Inspector {
  /** `close()` is called by its close button. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-inspector");
    const find = (name) => this.root.querySelector(`.dl-inspector-${name}`);
    this.parts = { title: find("title"), step: find("step"), close: find("close"), formula: find("formula"), list: find("list") };
    this.parts.close.addEventListener("click", () => this.leave());
    this.ends = [
      onText(() => this.write()),
      onEscape(LAYERS.inspector, () => this.leave()),
      onChange(() => this.update()),
      onLight(() => this.light()),
    ];
    this.watcher = new ResizeObserver(([{ contentRect }]) => {
      if (contentRect.width !== this.width) this.refit();
      this.width = contentRect.width;
    });
    this.watcher.observe(this.root);
    useFont().loaded.then(
      () => this.refit(),
      () => {},
    );
  }

  /** Have it closed, once; whether it was open. */
  leave() {
    if (this.leaving) return false;
    this.leaving = true;
    this.close();
    return true;
  }

  show({ lane, words }) {
    this.index = lane;
    this.leaving = false;
    this.words = words;
    this.root.setAttribute("aria-label", words.region);
    this.parts.close.title = words.close;
    this.parts.close.setAttribute("aria-label", words.close);
    this.update();
  }

  update() {
    const lane = stage.lanes.get(this.index);
    if (!lane?.inspected) return;
    const { name } = theme(this.root);
    this.root.style.setProperty("--lane", lane.colours[name]);
    this.root.style.setProperty("--letters", lane.letters[name]);
    if (lane === this.lane) return;
    this.lane = lane;
    this.build(lane);
    this.step = null;
    repaint();
  }

  /** The texts' nodes; the formula is made anew only where it is another one. */
  build({ title, inspected }) {
    this.parts.title.textContent = title;
    const shape = JSON.stringify([inspected.lines, inspected.listed, inspected.words]);
    if (shape === this.shape) return this.reserve();
    this.shape = shape;
    const block = (...children) => {
      const node = document.createElement("div");
      node.append(...children);
      return node;
    };
    this.parts.formula.replaceChildren(...inspected.lines.map((line) => block(...line.filter(Boolean).map((math) => block(formulaOf(math))))));
    this.tie(inspected);
    this.places = [...this.parts.formula.querySelectorAll("mtext")]
      .filter((node) => node.textContent.startsWith("#"))
      .map((node) => placeOf(node, node.textContent.slice(1), 3));
    const rows = inspected.listed.map(({ name, label }) => [
      label,
      inspected.scalars.includes(name) ? [`${name}:after`] : [`${name}:after:0`, `${name}:after:1`],
    ]);
    const letter = (name) => ["math", {}, ["mi", {}, name]];
    rows.unshift([letter("p"), ["p:before:0", "p:before:1"]]);
    rows.push(
      [
        ["math", {}, ["mi", { mathvariant: "normal" }, "Δ"], ["mi", {}, "p"]],
        ["moved:0", "moved:1"],
      ],
      [["math", {}, ["mo", {}, "‖"], ["mi", {}, "g"], ["mo", {}, "‖"]], ["norm"]],
      [inspected.words.evaluations, ["evaluations"]],
    );
    this.parts.list.replaceChildren(...rows.flatMap(([label, names]) => this.row(formulaOf(label), names)));
    this.reserve();
  }

  /** Each line that works out what an arrow shows lights it, where it is pointed at or has the focus. */
  tie({ arrow }) {
    this.lines = new Map(); // → the names of its arrows
    const rows = [...this.parts.formula.children];
    for (const name of ["g", ...(arrow ? [arrow.name] : []), "p"]) {
      const row = rows.find((each) => [...each.querySelectorAll("mtext")].some(({ textContent }) => textContent.startsWith(`#${name}:after`)));
      if (row) this.lines.set(row, [...(this.lines.get(row) ?? []), name]);
    }
    for (const [row, names] of this.lines) {
      row.tabIndex = 0;
      for (const come of ["pointerenter", "focus"]) row.addEventListener(come, () => light(names));
      for (const go of ["pointerleave", "blur"]) row.addEventListener(go, () => light([]));
    }
    this.light();
  }

  light() {
    for (const [row, names] of this.lines ?? []) row.toggleAttribute("data-lit", names.some(isLit));
  }

  row(label, names) {
    const term = document.createElement("dt");
    term.append(label);
    const value = document.createElement("dd");
    names.forEach((name, i) => {
      const node = Object.assign(document.createElement("span"), { className: `dl-inspector-${name.replaceAll(":", "-")}` });
      this.places.push(placeOf(node, name, 4));
      value.append(names.length > 1 && i === 0 ? "(" : "", node, names.length === 1 ? "" : i ? ")" : ", ");
    });
    return [term, value];
  }

  /** The room that each number needs at most during the run, so that nothing moves while it plays. */
  reserve() {
    const { inspected } = this.lane;
    this.fitted = false;
    const count = inspected.path[0].length - 1;
    const stride = Math.max(1, Math.floor(count / SAMPLES));
    const widths = new Map(); // the same for both coordinates
    for (const place of this.places) {
      let width = widths.get(place.name) ?? 0;
      for (let k = 0; k < count; k += stride) width = Math.max(width, text(place, inspected, k).length);
      widths.set(place.name, width);
    }
    const listed = this.places.filter(({ places, column }) => places === 4 && column);
    const column = Math.max(...listed.map(({ name }) => widths.get(name))); // the list's vectors stand in columns
    for (const place of this.places) {
      place.width = listed.includes(place) ? column : widths.get(place.name);
      if (place.places === 4) place.node.style.width = `${place.width}ch`;
    }
    this.parts.step.style.width = `${this.stepText(count - 1).length}ch`;
  }

  stepText(k) {
    return `${this.lane.inspected.words.step} ${k + 1} (${k} → ${k + 1})`;
  }

  write() {
    if (!this.lane) return;
    const { inspected } = this.lane;
    const k = stepAt(inspected, clock.step);
    if (k === this.step) return;
    this.step = k;
    setText(this.parts.step, this.stepText(k));
    for (const place of this.places) {
      const shown = text(place, inspected, k);
      const padded = place.places === 4 ? shown : place.column ? shown.padStart(place.width, SPACE) : shown.padEnd(place.width, SPACE);
      setText(place.node, padded);
    }
    if (!this.fitted) this.fit();
  }

  /** Its lines have other sizes: they are taken once the texts are written. */
  refit() {
    this.fitted = false;
    this.step = null;
    repaint();
  }

  /** Each line of numbers gets a box of the size that it has now: then a new number leaves the rest of the page as it is. No line is cut. */
  fit() {
    this.fitted = true;
    this.parts.formula.style.zoom = "";
    const lines = [...this.parts.formula.querySelectorAll(":scope > div > div:last-child")];
    for (const line of lines) line.removeAttribute("style");
    const sizes = lines.map((line) => [line.getBoundingClientRect(), parseFloat(getComputedStyle(line).fontSize)]);
    for (const [i, [{ width, height }, em]] of sizes.entries())
      Object.assign(lines[i].style, { width: `${width / em}em`, height: `${height / em}em`, contain: "layout size" });
    const { clientWidth, scrollWidth } = this.parts.formula;
    if (scrollWidth > clientWidth) this.parts.formula.style.zoom = String(Math.max(0.99 * (clientWidth / scrollWidth), SMALLEST));
  }

  end() {
    this.watcher.disconnect();
    for (const end of this.ends) end();
    light([]);
  }
}

function text({ read, places }, inspected, k) {
  const value = read(inspected, k);
  return typeof value === "string" ? value : fixed(value, places);
}

function placeOf(node, place, places) {
  return { node, places, column: /:[01]$/.test(place), name: `${places} ${place.replace(/:[01]$/, "")}`, read: reader(place) };
}

/** A function (inspected, k) that gives a place's value: a number, or a setting as text. */
function reader(place) {
  const [name, when, axis = 0] = place.split(":");
  if (name === "t") return (_, k) => String(k + 1);
  if (name === "lr") return ({ rates }, k) => short(rates[k]);
  if (name === "evaluations") return ({ evaluations }, k) => String((k + 1) * evaluations);
  if (name === "norm") return ({ shown }, k) => Math.hypot(shown.g[0][k], shown.g[1][k]);
  if (name === "moved") return ({ path }, k) => path[when][k + 1] - path[when][k];
  if (name === "p") return ({ path }, k) => path[axis][when === "before" ? k : k + 1];
  if (when === "after") return ({ shown }, k) => shown[name]?.[axis][k];
  if (when === "before") return ({ shown, first }, k) => (k ? shown[name]?.[axis][k - 1] : first[name]?.[axis]);
  return ({ parameters }) => short(parameters[name]);
}

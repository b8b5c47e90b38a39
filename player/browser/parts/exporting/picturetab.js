// The Export dialog's pictures: what is seen, at the step at which the dialog was opened or at another, alone or as a strip of several.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { canvasOf, pngOf, save, svgBlobOf } from "../../export/saved.js";
import { stripOf } from "../../export/strip.js";
import { COMMON } from "../../export/themes.js";
import { inPixels, inCm } from "../../export/svgfile.js";
import { clock } from "../../stage/clock.js";
import { box, line, menu, number } from "./fields.js";
import { laneChoices } from "./lanes.js";
import { pdfOf } from "./pdf.js";
import { remember, remembered } from "./remembered.js";
import { sizeOf } from "./sizes.js";

const USUAL = { format: "png", theme: "light", scale: "2", part: "all", curves: true, width: "", font: "", steps: "1, 5, 20, 100" };
const MAKERS = { svg: svgBlobOf, pdf: pdfOf };
const WIDTHS = { low: 4, high: 120, step: 0.5, unit: "cm" };
const FONTS = { low: 4, high: 40, step: 0.5, unit: "pt" };
const POINT = 96 / 72; // CSS pixels
const MOST = 12; // pictures of a strip

export class PictureTab {
  constructor(parent, host) {
    Object.assign(this, { parent, host, words: host.words.picture });
    this.canvas = element("canvas", { role: "img", ariaLabel: this.words.preview });
    this.size = element("p", { className: "dl-export-size", role: "status" });
    this.button = element("button", { type: "button", className: "dl-export-save", textContent: this.words.save });
    this.button.addEventListener("click", () => this.save());
    this.form = element("div", { className: "dl-export-fields" });
    parent.replaceChildren(this.form, element("div", { className: "dl-export-preview" }, this.canvas), this.size, this.button);
  }

  async show() {
    this.chosen = remembered("picture", USUAL);
    this.fill();
    await this.draw();
  }

  hide() {
    this.turn = null;
  }

  fill() {
    const { words, chosen } = this;
    const changed = () => this.change();
    const named = (names) => names.map((name) => [name, words[name]]);
    const one = laneChoices(words);
    this.fields = {
      format: menu(
        words.format,
        ["png", "svg", "pdf"].map((each) => [each, each.toUpperCase()]),
        chosen.format,
        changed,
      ),
      theme: menu(words.theme, named(["light", "dark", "print"]), chosen.theme, changed),
      part: menu(words.part, [...named(["all", "maps"]), ...(one.length > 1 ? one : []), ["strip", words.strip]], chosen.part, changed),
      lane: menu(words.strip_of, one.length ? one : [["1", ""]], chosen.lane, changed),
      steps: line(words.steps, chosen.steps, changed),
      step: number(words.step, { low: 0, high: clock.total, step: 1, value: Math.floor(clock.step) }, changed),
      width: number(words.width, { ...WIDTHS, value: chosen.width }, changed),
      font: number(words.font, { ...FONTS, value: chosen.font }, changed),
      scale: menu(
        words.scale,
        ["1", "2", "4"].map((each) => [each, `${each}×`]),
        chosen.scale,
        changed,
      ),
      curves: box(words.curves, chosen.curves, changed),
    };
    this.form.replaceChildren(...Object.values(this.fields).map(({ root }) => root));
  }

  change() {
    const { curves, step, ...others } = this.fields;
    for (const [name, { field }] of Object.entries(others)) this.chosen[name] = field.value;
    this.chosen.curves = curves.field.checked;
    if (!step.field.checkValidity() || step.field.value === "") step.field.value = Math.floor(clock.step);
    remember("picture", this.chosen);
    this.draw();
  }

  /** Make what is to be saved, and show it with its size; what was chosen meanwhile comes later. */
  async draw() {
    const turn = (this.turn = {});
    this.button.disabled = true;
    setText(this.size, this.words.drawing);
    this.host.say("");
    try {
      await this.make(turn);
    } catch (error) {
      if (turn !== this.turn) return;
      setText(this.size, "");
      this.host.fail(error instanceof RangeError ? new Error(this.words.large.replace("{size}", error.message)) : error);
    }
  }

  async make(turn) {
    const { words } = this;
    const { format, scale } = this.chosen;
    const at = Number(this.fields.step.field.value);
    const figure = await this.figure(at);
    if (turn !== this.turn) return;
    this.canvas.hidden = !figure;
    this.offer(figure);
    if (figure) this.suggest(figure);
    if (!figure) return setText(this.size, words.nothing);
    const step = figure.steps ? 0 : Math.min(at, figure.total || clock.total);
    canvasOf(figure, step, Math.min(2, window.devicePixelRatio || 1), this.canvas).style.cssText = "";
    const blob = await (MAKERS[format] ? MAKERS[format](figure, step, words) : pngOf(figure, step, Number(scale)));
    if (turn !== this.turn) return;
    this.made = { blob, name: `${figure.file}${figure.steps ? `_steps${figure.steps.join("-")}` : figure.total ? `_step${step}` : ""}.${format}` };
    const [width, height] = [figure.width, figure.height].map((length) => (format === "png" ? Math.round(length * scale) : inCm(length).toFixed(1)));
    const told = { size: sizeOf(blob.size), width, height, unit: format === "png" ? "px" : "cm" };
    setText(
      this.size,
      words.size.replace(/{(\w+)}/g, (_, name) => told[name]),
    );
    this.button.disabled = false;
  }

  /** What the choices ask for, or null. */
  async figure(at) {
    const { theme, part, curves, lane, steps } = this.chosen;
    const [width, font] = ["width", "font"].map((name) => this.fields[name].field);
    const read = (field, by) => (field.value !== "" && field.checkValidity() ? by(Number(field.value)) : undefined);
    const typeface = this.chosen.format === "png" ? undefined : COMMON; // the page's own is on no other machine
    const size = { width: read(width, inPixels), font: read(font, (points) => points * POINT) };
    if (part !== "strip") return this.host.figureNow({ theme, part: Number(part) || part, curves, size, typeface, at });
    const wanted = [...new Set(steps.match(/\d+/g)?.map(Number))].filter((step) => step <= clock.total).slice(0, MOST);
    if (!wanted.length) return null;
    return stripOf(
      (options) => this.host.figureNow({ theme, part: Number(lane) || 1, curves: false, bare: true, typeface, ...options }),
      wanted,
      size,
    );
  }

  /** What is in use where nothing is typed. */
  suggest({ width, type }) {
    this.fields.width.field.placeholder = inCm(width).toFixed(1);
    this.fields.font.field.placeholder = (type / POINT).toFixed(1);
  }

  /** Only the fields that say something here; a page without lanes has one figure. */
  offer(figure) {
    const { fields, chosen } = this;
    const lanes = Boolean(figure?.lanes);
    const strip = lanes && chosen.part === "strip";
    const shown = {
      part: lanes,
      lane: strip && figure.lanes > 1,
      steps: strip,
      step: !strip && figure?.total,
      curves: lanes && !["maps", "strip"].includes(chosen.part),
    };
    Object.assign(shown, { scale: chosen.format === "png" });
    for (const [name, on] of Object.entries(shown)) fields[name].root.hidden = !on;
  }

  save() {
    this.host.say(this.host.words.dialog.saved.replace("{name}", save(this.made.blob, this.made.name)));
  }
}

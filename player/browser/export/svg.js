// A 2-D context that writes SVG: what draws on a canvas draws on it as well. It knows no page.
//
// What keeps pictures between frames asks whether a context is `vector`, and draws on that at once; for it `group` and `shared` are there.

import { newCanvas } from "../base/canvas.js";
import { channels } from "../base/colour.js";
import { widthOf } from "../base/measure.js";
import { brief } from "./svgpath.js";
import { SvgTrace } from "./svgtrace.js";

const FONT = /^(italic )?(?:(\d{3}|bold) )?([\d.]+)px (.*)$/;
const ANCHORS = { center: "middle", right: "end", end: "end" };
const BASELINES = { middle: 0.35, top: 0.8, hanging: 0.8, bottom: -0.21, alphabetic: 0, ideographic: -0.21 }; // of the size, from there down to it
const DIGITS = 2;
const UNFILLED = 'fill="none"';

const usual = () => ({
  ...{
    fillStyle: "#000",
    strokeStyle: "#000",
    lineWidth: 1,
    lineCap: "butt",
    lineJoin: "miter",
    globalAlpha: 1,
    dash: [],
    matrix: [1, 0, 0, 1, 0, 0],
  },
  ...{ font: "10px sans-serif", textAlign: "left", textBaseline: "alphabetic", globalCompositeOperation: "source-over", nodes: null },
});

export class SvgContext extends SvgTrace {
  constructor() {
    super(DIGITS);
    Object.assign(this, usual(), { vector: true, stack: [], defs: new Map() });
    this.root = this.nodes = [];
  }

  /** Everything drawn so far, without the element around it. */
  get content() {
    const defs = [...this.defs.values()].map(({ text, open, children }) => text ?? `${open}${written(children)}</g>`).join("");
    return `${defs && `<defs>${defs}</defs>`}${written(this.root)}`;
  }

  save() {
    this.stack.push(Object.fromEntries(Object.keys(usual()).map((name) => [name, this[name]])));
  }

  restore() {
    if (this.stack.length) Object.assign(this, this.stack.pop());
  }

  // Ink

  setLineDash(dash) {
    this.dash = [...dash];
  }

  getLineDash() {
    return this.dash;
  }

  stroke() {
    this.put(this.path, `${UNFILLED}${this.pen()}`, this.strokeStyle);
  }

  fill(rule = "nonzero") {
    this.put(this.path, `${this.paint("fill", this.fillStyle)}${rule === "evenodd" ? ' fill-rule="evenodd"' : ""}`, this.fillStyle);
  }

  strokeRect(...box) {
    this.apart(() => this.rect(...box), "stroke");
  }

  fillRect(...box) {
    this.apart(() => this.rect(...box), "fill");
  }

  clearRect() {}

  /** Trace and draw something beside the path under way. */
  apart(trace, act) {
    const { path } = this;
    this.beginPath();
    trace();
    this[act]();
    this.path = path;
  }

  clip() {
    const id = this.define(`clip ${this.path.d}`, "c", (own) => `<clipPath id="${own}"><path d="${this.path.d}"/></clipPath>`);
    this.enter(`<g clip-path="url(#${id})">`);
  }

  /** What draw() draws is one thing, as transparent as a whole as the context is; what it puts under something is under nothing else. */
  group(draw) {
    const alpha = this.globalAlpha;
    this.save();
    this.globalAlpha = 1;
    this.enter(alpha < 1 ? `<g opacity="${brief(alpha, 3)}">` : "<g>");
    draw();
    this.restore();
  }

  /** What draw() draws is written once for all calls with this key, from wherever they are made. */
  shared(key, draw) {
    const [a, b, c, d, e, f] = this.matrix;
    const id = this.define(key, "g", (own) => {
      const node = { open: `<g id="${own}">`, children: [] };
      this.save();
      Object.assign(this, { matrix: [a, b, c, d, 0, 0], nodes: node.children });
      draw();
      this.restore();
      return node;
    });
    this.nodes.push(`<use xlink:href="#${id}" x="${brief(e, DIGITS)}" y="${brief(f, DIGITS)}"/>`);
  }

  enter(open) {
    const children = [];
    this.nodes.push({ open, children });
    this.nodes = children;
  }

  /** The name of a definition, which make(name) gives the first time that the key is used. */
  define(key, letter, make) {
    if (!this.defs.has(key)) {
      const name = `${letter}${this.defs.size}`;
      this.defs.set(key, { name });
      const made = make(name);
      this.defs.delete(key); // it stands behind what it uses itself
      this.defs.set(key, { name, ...(typeof made === "string" ? { text: made } : made) });
    }
    return this.defs.get(key).name;
  }

  /** A path; one that is stroked right after it was filled is one element. */
  put(path, look, style) {
    if (path.empty || (typeof style === "string" && channels(style)[3] === 0)) return;
    const { before } = this;
    const d = `<path d="${path.d}"`;
    const stroked = look.startsWith(UNFILLED);
    const same = before?.d === d && this.nodes.at(-1) === before.text && !before.look.startsWith(UNFILLED);
    const both = stroked && same && this.globalCompositeOperation === "source-over";
    if (both) this.nodes.pop();
    const text = both ? `${d} ${before.look}${look.slice(UNFILLED.length)}/>` : `${d} ${look}/>`;
    this.add(text);
    if (both) this.before = null;
    else this.before = { d, look, text };
  }

  add(text) {
    if (this.globalCompositeOperation === "destination-over") this.nodes.unshift(text);
    else this.nodes.push(text);
  }

  pen() {
    const { unit, lineCap, lineJoin, dash } = this;
    const length = (v) => brief(v * unit, DIGITS);
    const extra = [
      lineCap !== "butt" && `stroke-linecap="${lineCap}"`,
      lineJoin !== "miter" && `stroke-linejoin="${lineJoin}"`,
      dash.some(Boolean) && `stroke-dasharray="${dash.map(length).join(" ")}"`,
    ].filter(Boolean);
    return [` ${this.paint("stroke", this.strokeStyle)} stroke-width="${length(this.lineWidth)}"`, ...extra].join(" ");
  }

  /** fill="…" or stroke="…" in this colour or pattern. */
  paint(name, style) {
    if (typeof style !== "string") return `${name}="url(#${style.id})"`;
    const [r, g, b, alpha] = channels(style);
    const hex = [r, g, b].map((v) => Math.round(v).toString(16).padStart(2, "0")).join("");
    const seen = alpha * this.globalAlpha;
    return `${name}="#${hex}"${seen < 1 ? ` ${name}-opacity="${brief(seen, 3)}"` : ""}`;
  }

  /** A canvas as a pattern that is repeated. */
  createPattern(canvas) {
    const size = `width="${canvas.width}" height="${canvas.height}"`;
    const picture = `<image ${size} xlink:href="${canvas.toDataURL("image/png")}"/>`;
    const pattern = (own) => `<pattern id="${own}" ${size} patternUnits="userSpaceOnUse">${picture}</pattern>`;
    return { id: this.define(`pattern ${picture}`, "p", pattern) };
  }

  // Texts and pictures

  measureText(text) {
    return { width: widthOf(text, this.font) };
  }

  fillText(text, x, y, most) {
    this.text(text, x, y, most, (size) => [this.paint("fill", this.fillStyle), size]);
  }

  strokeText(text, x, y, most) {
    this.text(text, x, y, most, (size) => [`${UNFILLED}${this.pen()}`, size]);
  }

  text(text, x, y, most, look) {
    const said = String(text).replace(/ (?= )/g, "\u00a0");
    if (!said.trim()) return;
    const [, italic, weight, wanted, family] = FONT.exec(this.font);
    const fits = most > 0 ? Math.min(1, most / (widthOf(said, this.font) || 1)) : 1; // narrower type, where a canvas squeezes it
    const size = Number(wanted) * fits;
    const [left, top] = this.to(x, y + BASELINES[this.textBaseline] * size);
    const at = `x="${brief(left, DIGITS)}" y="${brief(top, DIGITS)}"`;
    const [paint] = look(size);
    const parts = [
      `<text ${at} font-family="${escaped(family)}" font-size="${brief(size * this.unit, DIGITS)}"`,
      weight && `font-weight="${weight}"`,
      italic && 'font-style="italic"',
      ANCHORS[this.textAlign] && `text-anchor="${ANCHORS[this.textAlign]}"`,
      Math.abs(this.turn) > 1e-6 && `transform="rotate(${brief((this.turn * 180) / Math.PI, DIGITS)} ${brief(left, DIGITS)} ${brief(top, DIGITS)})"`,
      paint,
    ];
    this.add(`${parts.filter(Boolean).join(" ")}>${escaped(said)}</text>`);
  }

  /** A canvas or a picture, whole, or the part [sx, sy, sw, sh] of it. */
  drawImage(image, ...place) {
    const [sx, sy, sw, sh, dx, dy, dw, dh] =
      place.length === 8 ? place : [0, 0, image.width, image.height, place[0], place[1], ...sizeOf(image, place)];
    if (!(sw > 0 && sh > 0 && dw > 0 && dh > 0)) return;
    const [x, y] = this.to(dx, dy);
    const size = [dw * this.unit, dh * this.unit];
    const at = `x="${brief(x, DIGITS)}" y="${brief(y, DIGITS)}" width="${brief(size[0], DIGITS)}" height="${brief(size[1], DIGITS)}"`;
    const opacity = this.globalAlpha < 1 ? ` opacity="${brief(this.globalAlpha, 3)}"` : "";
    this.add(`<image ${at} preserveAspectRatio="none"${opacity} xlink:href="${dataOf(image, [sx, sy, sw, sh])}"/>`);
  }
}

const sizeOf = (image, place) => (place.length >= 4 ? place.slice(2) : [image.width, image.height]);

function dataOf(image, [sx, sy, sw, sh]) {
  const canvas = Object.assign(newCanvas(), { width: Math.round(sw), height: Math.round(sh) });
  canvas.getContext("2d").drawImage(image, sx, sy, sw, sh, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/png");
}

const written = (nodes) =>
  nodes.map((node) => (typeof node === "string" ? node : node.children.length ? `${node.open}${written(node.children)}</g>` : "")).join("");

/** A text as XML has it, without what it cannot have. */
export function escaped(text) {
  const known = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return Array.from(String(text), (each) => known[each] ?? (each < " " && !"\t\n".includes(each) ? "" : each)).join("");
}

// A figure as an SVG file: real text, lines as lines, and in its metadata what it is of.

import { brief } from "./svgpath.js";
import { escaped, SvgContext } from "./svg.js";

const W3 = ["http:", "", "www.w3.org"].join("/");
const NAMES = { "": `${W3}/2000/svg`, xlink: `${W3}/1999/xlink` };
const ABOUT = { rdf: `${W3}/1999/02/22-rdf-syntax-ns#`, dc: ["http:", "", "purl.org/dc/elements/1.1/"].join("/") };
const INCH = 2.54; // cm
const PIXELS = 96; // CSS pixels to an inch

/** CSS pixels in centimetres, and back. */
export const inCm = (pixels) => (pixels / PIXELS) * INCH;
export const inPixels = (cm) => (cm / INCH) * PIXELS;

/** The file's text: the figure at a step, as large as it is on paper. */
export function svgOf(figure, step) {
  const context = new SvgContext();
  figure.draw(context, step);
  const { width, height, note = "", link = "", file = "" } = figure;
  const told = note.replace("{step}", Math.floor(step));
  const size = [width, height].map((length) => brief(length, 2));
  const paper = [width, height].map((length) => `${brief(inCm(length), 3)}cm`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg${spaces(NAMES)} width="${paper[0]}" height="${paper[1]}" viewBox="0 0 ${size.join(" ")}" role="img">`,
    `<title>${escaped(told)}</title><desc>${escaped(link)}</desc>`,
    `<metadata><rdf:RDF${spaces(ABOUT)}><rdf:Description><dc:title>${escaped(told)}</dc:title><dc:identifier>${escaped(file)}</dc:identifier>`,
    `<dc:source>${escaped(link)}</dc:source></rdf:Description></rdf:RDF></metadata>`,
    `${context.content}</svg>\n`,
  ].join("\n");
}

const spaces = (names) =>
  Object.entries(names)
    .map(([name, address]) => ` xmlns${name && `:${name}`}="${address}"`)
    .join("");

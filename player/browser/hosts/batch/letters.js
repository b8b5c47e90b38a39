// How wide letters are, where no browser says it.

import { measureBy } from "../../base/measure.js";

const MEASURED = 13; // pixels of letters: the size that bold and slanted ones are asked by

/** Letters are as wide as a table says: {regular, bold: {letter: part of the size}, other: of all letters that are not in it}. */
export function widths({ regular, bold, other }) {
  const parts = /^(?:italic )?(?:(\d{3}|bold) )?([\d.]+)px/;
  measureBy((text, font) => {
    const [, weight, size] = parts.exec(font) ?? [null, null, MEASURED];
    const table = weight && weight !== "400" ? bold : regular;
    return Number(size) * Array.from(String(text)).reduce((sum, letter) => sum + (table[letter] ?? other), 0);
  });
}

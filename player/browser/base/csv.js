// Points from a file: numbers with commas, semicolons or tabs between them, a line each; the first line may be a heading.

/** {points: [[…], […], …]} by column, or {wrong: the name of a sentence, and what stands in it}. */
export function pointsIn(text, wanted, { most, bound }) {
  const lines = text.split(/\r\n|\r|\n/).map((line, k) => ({ line: k + 1, text: line.trim() }));
  const full = lines.filter((each) => each.text);
  if (full.length && headed(full[0].text)) full.shift();
  if (full.length > most) return { wrong: "lines", count: full.length };
  const rows = [];
  for (const { line, text: row } of full) {
    const cells = cellsOf(row);
    if (cells.length !== wanted) return { wrong: "columns", line, found: cells.length, wanted };
    const numbers = cells.map((cell) => (cell === "" ? NaN : Number(cell)));
    const odd = numbers.findIndex((v) => !Number.isFinite(v));
    if (odd >= 0) return { wrong: "number", line, column: odd + 1, value: cells[odd].slice(0, 40) || "–" };
    const far = numbers.findIndex((v) => Math.abs(v) > bound);
    if (far >= 0) return { wrong: "beyond", line, column: far + 1, value: cells[far].slice(0, 40) };
    rows.push(numbers);
  }
  if (rows.length < 2) return { wrong: "empty" };
  return { points: Array.from({ length: wanted }, (_, c) => rows.map((row) => row[c])) };
}

const cellsOf = (row) => row.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));

/** Whether no cell of a line is a number: it names the columns. */
const headed = (row) => cellsOf(row).every((cell) => cell !== "" && Number.isNaN(Number(cell)));

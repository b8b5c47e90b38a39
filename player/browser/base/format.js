// Numbers as people read them, in the same way as core/number.py: a setting is `short`, as it was set (2, 0.05, 5e−4); a number that moves while a
// run plays is `fixed` to three significant digits, so that it keeps its width (2.00, 0.0500, 5.00e−4). A minus is a minus sign, not a hyphen.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const ALL = 17; // significant digits that tell every number from all others

/** Whether a number is written without an exponent, by the power of ten of its first digit: from 0.001 to below 100 000. */
const plain = (exponent) => exponent >= -3 && exponent < 5;

/**
 * The value to so many significant digits, without zeros at the end.
 *
 * Just below 1, where the distance to 1 is what counts, there are as many more as show a digit after the nines: 0.9995, not 1.
 */
export function short(value, digits = 3) {
  const special = withoutDigits(value);
  if (special) return special;
  let places = digits;
  let [figures, exponent] = rounded(value, places);
  while (Math.abs(value) < 1 && (exponent === 0 || (exponent === -1 && /^9+$/.test(figures))) && places < ALL) {
    places += 1;
    [figures, exponent] = rounded(value, places);
  }
  return written(value, figures.replace(/0+$/, ""), exponent);
}

/** The value as a slider shows it: short, with a sign before it where it has more digits than that. */
export function setting(value) {
  const text = short(value);
  return Number(text.replaceAll("−", "-")) === value ? text : `≈ ${text}`;
}

/** The value to so many significant digits, all of them written; an exact zero is 0. */
export function fixed(value, digits = 3) {
  return withoutDigits(value) || written(value, ...rounded(value, digits));
}

/** How a value is written that has no digits; nothing for any other. */
function withoutDigits(value) {
  if (value === undefined || Number.isNaN(value)) return "–";
  return value === 0 ? "0" : Number.isFinite(value) ? "" : value > 0 ? "∞" : "−∞";
}

/** [the digits of the rounded value, the power of ten of the first]. */
function rounded(value, digits) {
  const [mantissa, exponent] = Math.abs(value)
    .toExponential(digits - 1)
    .split("e");
  return [mantissa.replace(".", ""), Number(exponent)];
}

/** The digits with the value's sign, and a point or an exponent where they belong. */
function written(value, figures, exponent) {
  const sign = value < 0 ? "−" : "";
  if (!plain(exponent)) return `${sign}${pointed(figures, 1)}e${exponent}`.replace("-", "−");
  return `${sign}${exponent >= 0 ? pointed(figures, exponent + 1) : `0.${"0".repeat(-exponent - 1)}${figures}`}`;
}

/** The digits with a decimal point after so many of them, filled up with zeros before it. */
function pointed(figures, whole) {
  const part = figures.slice(whole);
  return figures.slice(0, whole).padEnd(whole, "0") + (part && `.${part}`);
}

/** 10ᵏ as an axis has it: a plain number where any other would be one. */
export function power(k) {
  if (plain(k)) return k < 0 ? (10 ** k).toFixed(-k) : String(10 ** k);
  const exponent = [...String(Math.abs(k))].map((d) => SUPERSCRIPTS[d]).join("");
  return `10${k < 0 ? "⁻" : ""}${exponent}`;
}

// Numbers as a person reads them: three significant digits where nothing else is said, a true minus, never a raw float.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function digits(value, places = 3) {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e4 || size < 1e-3 ? value.toExponential(places - 1).replace("e+", "e") : size >= 10 ** places - 0.5 ? String(Number(value.toPrecision(places))) : value.toPrecision(places);
  return text.replaceAll("-", "−");
}

/** 10ᵏ, or a plain number where that is shorter. */
export function power(k) {
  if (k >= -2 && k <= 3) return String(10 ** k);
  return "10" + (k < 0 ? "⁻" : "") + [...String(Math.abs(k))].map((d) => SUPERSCRIPTS[d]).join("");
}

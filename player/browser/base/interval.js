// The values that a setting can have, as core/parameter.py names them: an interval such as "[0, 1)" or "(0, inf)".

/** Whether a number lies within the interval; `whole`: whether only whole numbers do. */
export function accepts(within, whole, value) {
  const [low, high] = within
    .slice(1, -1)
    .split(",")
    .map((end) => Number(end.replace("inf", "Infinity")));
  const above = within.startsWith("[") ? value >= low : value > low;
  const below = within.endsWith("]") ? value <= high : value < high;
  return Number.isFinite(value) && above && below && (!whole || Number.isInteger(value));
}

/** The number that a text says, 0.05, 5e-4 or 5e−4; NaN where it says none. */
export function numberIn(text) {
  const typed = text.trim().replaceAll("−", "-");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(typed) ? Number(typed) : NaN;
}

// The page's theme.

import { luminance } from "./colour.js";

/** {name: "light" or "dark", dark, background, text, font} of an element, as the page has them now. */
export function theme(element) {
  const style = getComputedStyle(element);
  const background = style.getPropertyValue("--st-background-color").trim() || "#ffffff";
  const text = style.getPropertyValue("--st-text-color").trim() || "#31333f";
  const font = style.getPropertyValue("--st-font").trim() || "sans-serif";
  const dark = luminance(background) < 0.5;
  return { name: dark ? "dark" : "light", dark, background, text, font };
}

/** The light theme, on white paper, in the type of another: for a picture that is printed or put on a slide. */
export function paper({ font }) {
  return { name: "light", dark: false, background: "#ffffff", text: "#1f2a35", font };
}

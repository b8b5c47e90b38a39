// The colours of a figure, and how thick its lines are.

import { paper } from "../base/theme.js";

const DARK = { name: "dark", dark: true, background: "#0e1117", text: "#fafafa" };
// Lines are marked by the lanes' markers along them: grey has no colours.
const PRINT = { text: "#000000", thick: 1.35, width: 2.6, type: 1.2, marked: true };

/** The type of a file that others open: what most machines have, or something as wide. */
export const COMMON = 'Arial, Helvetica, "Liberation Sans", sans-serif';

/** A theme by its name, in the type of another: "light" and "print" on white paper. */
export function themeOf(name, { font }) {
  if (name === "dark") return { ...DARK, font };
  return name === "print" ? { ...paper({ font }), ...PRINT } : paper({ font });
}

// A teacher's sheet on a second screen: it marks the step that the lesson's page shows, and turns that page's steps.

import { kept } from "../../base/kept.js";
import { Following } from "../../parts/lesson/second.js";

addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector(".dl-sheet-turn");
  document.querySelector(".dl-sheet-print")?.addEventListener("click", () => print());
  if (!bar) return;
  const following = new Following(({ lesson, step }) => {
    const here = document.getElementById(`${lesson}-${step}`);
    for (const marked of document.querySelectorAll("[aria-current]")) marked.removeAttribute("aria-current");
    bar.hidden = !here;
    here?.setAttribute("aria-current", "step");
    here?.scrollIntoView({ block: "start", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  });
  for (const button of bar.querySelectorAll("button")) button.addEventListener("click", () => following.turn(Number(button.dataset.by)));
  document.addEventListener("keydown", (event) => {
    const by = { PageDown: 1, PageUp: -1 }[event.key];
    if (!by || !following.now || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    following.turn(by);
  });
});

document.documentElement.dataset.theme = kept("look") === "dark" ? "dark" : "light";

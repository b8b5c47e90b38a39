// The page of all lessons: how far this browser has come in each, and the class that is planned of those that are ticked, which the address keeps.

import { element } from "../../base/element.js";
import { onKept } from "../../base/kept.js";
import { reached } from "../../parts/lesson/reached.js";
import { turnTheme } from "../page/theme.js";

const PLAN = "#class=";

addEventListener("DOMContentLoaded", () => {
  const find = (selector) => document.querySelector(selector);
  const rows = [...document.querySelectorAll("li[data-minutes]")];
  const plan = find(".dl-plan");
  const ticks = rows.map((row) => row.querySelector("input"));
  const over = element("p", { className: "dl-over", textContent: plan.dataset.over.replace("{all}", plan.dataset.all) });

  find(".dl-look").addEventListener("click", turnTheme);
  find(".dl-language").addEventListener("change", ({ target }) => {
    location.href = `?lang=${target.value}${location.hash}`;
  });

  /** How far somebody has come. */
  function mark() {
    const all = reached();
    for (const row of rows) {
      const steps = Number(row.dataset.steps);
      const sign = row.querySelector(".dl-reached");
      sign.hidden = !(row.id in all);
      const done = all[row.id] >= steps - 1;
      sign.toggleAttribute("data-done", done);
      sign.textContent = done ? plan.dataset.done : plan.dataset.underWay.replace("{step}", all[row.id] + 1).replace("{count}", steps);
    }
  }

  /** What the ticked lessons come to, and when each of them begins. */
  function count() {
    const all = Number(plan.dataset.all);
    let minutes = 0;
    over.remove();
    rows.forEach((row, k) => {
      row.toggleAttribute("data-out", !ticks[k].checked);
      row.querySelector(".dl-begin").textContent = ticks[k].checked ? clock(minutes) : "";
      if (!ticks[k].checked) return;
      minutes += Number(row.dataset.minutes);
      if (minutes > all && !over.isConnected) row.prepend(over);
    });
    const said = minutes ? plan.dataset.class : plan.dataset.nothing;
    plan.querySelector("output").textContent = said.replace("{minutes}", minutes).replace("{all}", all);
    const chosen = rows.filter((_, k) => ticks[k].checked).map(({ id }) => id);
    for (const link of plan.querySelectorAll("a")) {
      const address = new URL(link.href);
      if (chosen.length < rows.length) address.searchParams.set("lesson", chosen.join());
      else address.searchParams.delete("lesson");
      link.href = address.href;
      link.hidden = !chosen.length;
    }
    return chosen;
  }

  function choose() {
    const chosen = count();
    const hash = chosen.length < rows.length ? `${PLAN}${chosen.join()}` : "";
    history.replaceState(null, "", `${location.pathname}${location.search}${hash}`);
  }

  /** The class that the address names; all lessons where it names none. */
  function arrive() {
    if (location.hash && !location.hash.startsWith(PLAN)) return; // a place on the page
    const named = location.hash.slice(PLAN.length).split(",");
    rows.forEach((row, k) => (ticks[k].checked = !location.hash || named.includes(row.id)));
    count();
  }

  const every = (on) => {
    for (const tick of ticks) tick.checked = on;
    choose();
  };
  for (const tick of ticks) tick.addEventListener("change", choose);
  plan.querySelector(".dl-every").addEventListener("click", () => every(true));
  plan.querySelector(".dl-none").addEventListener("click", () => every(false));
  addEventListener("hashchange", arrive);
  onKept("lessons", mark);
  addEventListener("pageshow", mark); // back from a lesson
  arrive();
});

/** Minutes since the class began: 1:05. */
function clock(minutes) {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

// The row at the top: what is to be seen, what the marks mean, the surface's formula, and the page's few choices.

import { element } from "../../base/element.js";
import { formulaOf } from "../../base/mathml.js";
import { setText } from "../../base/text.js";
import { setLink, stage } from "../../stage/store.js";
import { turnTheme } from "./theme.js";

const find = (name) => document.querySelector(`.dl-top .dl-${name}`);

export class Head {
  /** `languages` are those of the menu, which calls speak(language); address(settings) is the page in the program, where that is known. */
  constructor(languages, address, speak) {
    const [space, look, menu, live] = ["3d", "look", "language", "live"].map(find);
    this.parts = { space, look, menu, live };
    space.addEventListener("click", () => {
      setLink({ ...stage.link, view: stage.link.view === "3d" ? "2d" : "3d" });
      this.press();
    });
    look.addEventListener("click", turnTheme);
    menu.replaceChildren(...languages.map(({ language, name }) => element("option", { value: language }, name)));
    menu.hidden = languages.length < 2;
    menu.addEventListener("change", () => speak(menu.value));
    live.hidden = !address;
    this.address = address;
    for (const name of ["pointerdown", "keydown"]) live.addEventListener(name, () => this.lead()); // at the step that is shown then
  }

  show({ title, language, headline, words }) {
    const { scene, surface, idea, marks, found, formula } = headline;
    setText(find("title"), title);
    setText(find("idea"), scene?.[1] ?? (title === surface ? idea : `${surface}. ${idea}`));
    const signs = marks.map(([sign, name]) => element("span", {}, `${sign} ${name}`));
    find("marks").replaceChildren(...signs, ...(found ? [element("span", { title: found[1] }, `(${found[0]})`)] : []));
    find("formula").replaceChildren(formulaOf(formula));
    const { space, look, menu, live } = this.parts;
    for (const [control, text] of [
      [space, words.space],
      [look, words.look],
      [menu, words.language],
    ]) {
      control.title = text;
      control.setAttribute("aria-label", text);
    }
    menu.value = language;
    space.hidden = Boolean(stage.surface.curve);
    setText(live, words.live);
    live.title = words.live_title;
    this.lead();
    this.press();
  }

  lead() {
    if (this.address) this.parts.live.href = this.address({});
  }

  press() {
    this.parts.space.setAttribute("aria-pressed", String(stage.link.view === "3d"));
  }
}

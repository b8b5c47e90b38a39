// A lane's name, which is the menu of rules: families, and in each the rules with their years.

import { onChange, stage } from "../stage/store.js";

export class Rule {
  /** `root` holds the name and an unseen menu over it; pick(name) takes another rule. */
  constructor(root, pick) {
    this.menu = root.querySelector("select");
    let byMouse = false;
    this.menu.addEventListener("pointerdown", () => (byMouse = true));
    this.menu.addEventListener("keydown", () => (byMouse = false));
    this.menu.addEventListener("change", () => {
      pick(this.menu.value);
      if (byMouse) this.menu.blur(); // and the player has the keys again
    });
    this.end = onChange((what) => what === "rules" && this.fill());
  }

  show(lane) {
    this.lane = lane;
    this.menu.setAttribute("aria-label", lane.words.rule);
    this.fill();
  }

  fill() {
    if (!this.lane) return;
    if (this.made !== stage.rules) {
      this.made = stage.rules;
      this.menu.replaceChildren(...stage.rules.map(([label, rules]) => group(label, rules)));
    }
    if (this.menu.value !== this.lane.rule) this.menu.value = this.lane.rule;
  }
}

function group(label, rules) {
  const options = rules.map(([value, title, year]) => Object.assign(document.createElement("option"), { value, textContent: `${title} (${year})` }));
  const made = Object.assign(document.createElement("optgroup"), { label });
  made.append(...options);
  return made;
}

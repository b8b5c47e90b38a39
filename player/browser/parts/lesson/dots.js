// A dot for each step of a lesson.

import { element } from "../../base/element.js";

export class Dots {
  /** go(number) is called with the step that was chosen. */
  constructor(root, go) {
    Object.assign(this, { root, go });
  }

  show({ steps, words }, at) {
    const dots = steps.map(({ title }, k) => {
      const name = `${words.step.replace("{number}", k + 1).replace("{count}", steps.length)}: ${title}`;
      const dot = element("button", { type: "button", title: name, ariaLabel: name });
      if (k === at) dot.setAttribute("aria-current", "step");
      dot.addEventListener("click", () => this.go(k));
      return element("li", {}, dot);
    });
    this.root.replaceChildren(...dots);
  }
}

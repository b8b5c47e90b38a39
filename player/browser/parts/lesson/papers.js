// What is printed and saved of a lesson: a menu of links at the top of its page.

import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";

export class Papers {
  constructor(root) {
    this.summary = element("summary", {});
    this.links = { sheet: newWindow(), handout: newWindow(), file: element("a", { download: "" }) };
    this.root = element("details", { className: "dl-lesson-papers" }, this.summary, element("div", {}, ...Object.values(this.links)));
    root.prepend(this.root);
    const shut = () => (this.root.open = false);
    document.addEventListener("click", ({ target }) => this.root.contains(target) || shut());
    this.root.addEventListener("click", ({ target }) => target.closest("a") && shut());
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.root.open) return;
      event.stopPropagation();
      shut();
      this.summary.focus();
    });
  }

  show({ name, language, words }) {
    setText(this.summary, words.papers);
    for (const [kind, link] of Object.entries(this.links)) {
      link.href = `lessons/${kind}?${new URLSearchParams({ lesson: name, lang: language })}`;
      setText(link, words[kind]);
    }
  }
}

const newWindow = () => element("a", { target: "_blank" });

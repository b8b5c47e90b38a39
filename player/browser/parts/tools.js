// The small buttons beside a picture that can be zoomed: back to the view before, the whole again, and save it.

export class Tools {
  /** `root` holds the buttons, ranges is what they are about; save() saves the picture. */
  constructor(root, ranges, save) {
    this.ranges = ranges;
    const [before, home, picture] = ["back", "home", "picture"].map((name) => root.querySelector(`.dl-tools .dl-${name}`));
    this.buttons = { before, home, picture };
    home.addEventListener("click", () => ranges.home());
    before.addEventListener("click", () => ranges.back());
    picture.addEventListener("click", save);
  }

  /** `words`: what each button is called. */
  name(words) {
    for (const [name, button] of Object.entries(this.buttons)) {
      button.title = words[name];
      button.setAttribute("aria-label", words[name]);
    }
  }

  update() {
    this.buttons.home.hidden = this.ranges.atHome;
    this.buttons.before.hidden = !this.ranges.past.length;
  }
}

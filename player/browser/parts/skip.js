// The first stop of the Tab key: past everything else to the player.

export class Skip {
  /** A button that gives `target` the focus. */
  constructor(target) {
    this.button = Object.assign(document.createElement("button"), { type: "button", className: "dl-skip" });
    this.button.addEventListener("click", () => target.focus());
    document.body.prepend(this.button);
  }

  show(text) {
    this.button.textContent = text;
  }

  end() {
    this.button.remove();
  }
}

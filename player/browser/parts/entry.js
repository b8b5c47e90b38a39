// A number that is typed where it is shown: its button becomes a field. Enter, or leaving it, keeps what was typed, Escape does not.

export class Entry {
  /** `button` shows the number. text() is the number to begin with, take(text) keeps what was typed, or returns false where it cannot. */
  constructor(button, text, take) {
    Object.assign(this, { button, text, take });
    this.field = Object.assign(document.createElement("input"), { type: "text", className: "dl-slider-entry", inputMode: "decimal" });
    Object.assign(this.field, { autocomplete: "off", spellcheck: false, enterKeyHint: "done" });
    button.addEventListener("click", () => this.open());
    this.keyed = (event) => event.target === this.field && this.pressed(event);
    this.field.addEventListener("blur", () => this.left());
  }

  /** What it is called. */
  name(text) {
    for (const part of [this.button, this.field]) part.setAttribute("aria-label", text);
    this.button.title = text;
  }

  open() {
    const { button, field } = this;
    this.seen = field.value = this.text(); // what need not be taken
    field.removeAttribute("aria-invalid");
    addEventListener("keydown", this.keyed, true); // before the menu around it, which Escape would close
    button.after(field);
    button.hidden = true;
    field.focus();
    field.select();
  }

  pressed(event) {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter" && !this.kept()) return this.field.select(); // to be typed once more
    this.close();
    this.button.focus();
  }

  /** Whether there is nothing more to be typed; what has been refused is not tried again when the field is left. */
  kept() {
    const { value } = this.field;
    if (value === this.seen && !this.field.hasAttribute("aria-invalid")) return true;
    this.seen = value;
    const taken = this.take(value);
    this.field.toggleAttribute("aria-invalid", !taken);
    return taken;
  }

  left() {
    if (this.button.hidden && this.field.value !== this.seen) this.kept();
    this.close();
  }

  close() {
    if (!this.button.hidden) return;
    this.button.hidden = false; // before the field goes, which leaves it
    this.field.remove();
    removeEventListener("keydown", this.keyed, true);
  }
}

// What stands by a copied link: the same link, shorter; the one for others in the room; and this as a QR code, large when it is clicked.
//
// It takes no focus and stops no key. A click elsewhere closes it, or Escape.

import { element } from "../base/element.js";
import { addresses, drawn, tooLong } from "./addresses.js";

export class Share {
  /** copy(text) puts a text into the clipboard and says so. */
  constructor(parent, copy) {
    this.root = parent.querySelector(".dl-share");
    this.wall = parent.querySelector(".dl-wall");
    this.copy = copy;
    this.wall.addEventListener("click", () => this.wall.close());
    this.left = (event) => !this.root.hidden && !event.composedPath().some((part) => part === this.root || part === this.wall) && this.close();
    this.pressed = (event) => {
      if (event.key !== "Escape" || this.root.hidden || document.querySelector("dialog[open]")) return;
      event.preventDefault(); // it leaves nothing else at the same time
      this.close();
    };
    document.addEventListener("pointerdown", this.left, true);
    document.addEventListener("keydown", this.pressed, true);
  }

  /** Offer the link of the address bar with `clock`, what it says of the clock besides; data = {words, most: bytes of a QR code}. */
  async show(clock, { words, most }) {
    const turn = (this.turn = {});
    const { short, room, local, open, scanned } = await addresses(clock);
    if (turn !== this.turn) return; // the link was copied again
    const parts = [this.line(words.share_short, short, words)];
    if (room) parts.push(this.line(words.share_room, room, words));
    else if (local && open !== null) parts.push(element("p", {}, open ? words.share_alone : words.share_own));
    const length = scanned ? tooLong(scanned, most) : 0;
    if (length) parts.push(element("p", {}, words.share_long.replace("{length}", length).replace("{most}", most)));
    else if (scanned) parts.push(this.code(scanned, words));
    this.root.setAttribute("aria-label", words.share);
    this.root.replaceChildren(...parts);
    this.root.hidden = false;
  }

  line(name, link, { share_copy: copy }) {
    const field = element("input", { type: "text", readOnly: true, value: link });
    field.addEventListener("focus", () => field.select());
    const button = element("button", { type: "button" }, copy);
    button.addEventListener("click", () => this.copy(link));
    return element("label", {}, name, element("span", {}, field, button));
  }

  code(link, { share_scan: scan }) {
    const src = drawn(link);
    const button = element("button", { type: "button", className: "dl-code", title: scan }, element("img", { src, alt: "" }));
    button.setAttribute("aria-label", scan);
    button.addEventListener("click", () => {
      this.wall.replaceChildren(element("img", { src, alt: link }), element("p", {}, link));
      this.wall.showModal();
    });
    return button;
  }

  close() {
    this.turn = null;
    this.root.hidden = true;
  }

  end() {
    document.removeEventListener("pointerdown", this.left, true);
    document.removeEventListener("keydown", this.pressed, true);
  }
}

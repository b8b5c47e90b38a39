// The room's code for the back row: the letters and the QR code of its link, on the whole screen.

import { element } from "../../../base/element.js";
import { setText } from "../../../base/text.js";
import { addresses, drawn } from "../../addresses.js";

export class Wall {
  constructor(code) {
    this.code = code;
    this.link = element("p", { className: "dl-room-link" });
    this.here = element("p", { className: "dl-room-here" });
    this.note = element("p", { className: "dl-room-note" });
    this.picture = element("img", { alt: "", hidden: true });
    this.way = element("p", { className: "dl-room-way" });
    const beside = element(
      "div",
      { className: "dl-room-beside" },
      this.way,
      this.link,
      element("p", { className: "dl-room-code" }, code),
      this.note,
      this.here,
    );
    this.root = element("dialog", { className: "dl-wall dl-room-dialog" }, this.picture, beside);
    this.root.addEventListener("click", () => this.close());
    document.body.append(this.root);
  }

  speak(words) {
    this.words = words;
    setText(this.way, words.way);
    this.root.setAttribute("aria-label", words.room.replace("{code}", this.code));
    if (this.found) this.tell();
  }

  count(text) {
    setText(this.here, text);
  }

  async open() {
    this.root.showModal();
    this.found ??= await addresses({}, new URL(`lessons?room=${this.code}`, document.baseURI));
    this.tell();
  }

  /** Where others find this server, or why they do not. */
  tell() {
    const { scanned, short, open } = this.found;
    const { host, pathname } = new URL(scanned ?? short);
    setText(this.link, `${host}${pathname}`);
    if (scanned) Object.assign(this.picture, { src: drawn(scanned), alt: scanned });
    this.picture.hidden = !scanned;
    setText(this.note, scanned ? "" : open ? this.words.alone : this.words.own);
  }

  close() {
    this.root.close();
  }

  end() {
    this.root.remove();
  }
}

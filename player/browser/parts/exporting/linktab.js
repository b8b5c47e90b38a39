// The page's link: whole, short, for others in the room, as Markdown; and as a QR code, which a click shows on the whole wall.

import { toClipboard } from "../../base/clipboard.js";
import { element } from "../../base/element.js";
import { addresses, drawn, tooLong } from "../addresses.js";

export class LinkTab {
  constructor(parent, host) {
    Object.assign(this, { parent, host, words: host.words.link });
  }

  async show() {
    const turn = (this.turn = {});
    const { words } = this;
    const whole = this.host.link();
    const at = new URL(whole).searchParams.get("at");
    const { short, room, local, open, scanned } = await addresses(at === null ? {} : { at });
    if (turn !== this.turn) return;
    const lines = { short, ...(room && { room }), whole, markdown: `[Descent Lab](${bracketed(room ?? short)})` };
    const parts = Object.entries(lines).map(([name, link]) => this.line(words[name], link));
    if (local && open !== null && !room) parts.push(element("p", {}, open ? words.alone : words.own));
    this.parent.replaceChildren(element("div", { className: "dl-export-addresses" }, ...parts), this.code(scanned));
  }

  hide() {
    this.turn = null;
  }

  line(name, link) {
    const field = element("input", { type: "text", readOnly: true, value: link });
    field.addEventListener("focus", () => field.select());
    const button = element("button", { type: "button" }, this.words.copy);
    button.addEventListener("click", () => this.copy(field));
    return element("label", { className: "dl-export-address" }, element("span", {}, name), element("span", {}, field, button));
  }

  /** Where nothing can be copied the field is selected, and keys can. */
  async copy(field) {
    const copied = await toClipboard(field.value, this.parent);
    if (!copied) field.focus();
    this.host.say(copied ? this.words.copied : this.words.selected);
  }

  /** The QR code of the link that leads here from elsewhere; a sentence where there is none. */
  code(link) {
    const { words } = this;
    if (!link) return "";
    const length = tooLong(link, Number(words.most));
    if (length) return element("p", {}, words.long.replace("{length}", length).replace("{most}", words.most));
    const src = drawn(link);
    const button = element("button", { type: "button", className: "dl-code dl-export-qr", title: words.scan }, element("img", { src, alt: "" }));
    button.setAttribute("aria-label", words.scan);
    button.addEventListener("click", () => this.onWall(src, link));
    return button;
  }

  onWall(src, link) {
    const wall = element("dialog", { className: "dl-dialog dl-wall" }, element("img", { src, alt: link }), element("p", {}, link));
    wall.addEventListener("click", (event) => (event.stopPropagation(), wall.close()));
    wall.addEventListener("close", (event) => (event.stopPropagation(), wall.remove()));
    this.parent.append(wall);
    wall.showModal();
  }
}

/** A link without brackets of its own, which Markdown would take for the end. */
function bracketed(link) {
  return link.replaceAll("(", "%28").replaceAll(")", "%29");
}

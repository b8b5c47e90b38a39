// A lane's badge, which says how its run ended and opens what is said of it: what happened, why, and one thing to try.

import { setText } from "../base/text.js";
import { accountOf } from "../stage/accounts.js";
import { clock } from "../stage/clock.js";
import { LAYERS, onEscape } from "../stage/escape.js";
import { hides } from "../stage/mode.js";
import { writeVerdict } from "./readout.js";

const open = []; // the accounts that are open, the last one last

export class Told {
  /** `root` holds its elements; tryOut(link) takes the settings that are suggested. */
  constructor(root, tryOut) {
    this.badge = root.querySelector(".dl-verdict");
    this.box = root.querySelector(".dl-account");
    this.tryOut = tryOut;
    this.badge.addEventListener("click", () => this.account && this.show(this.box.hidden));
  }

  /** What is said of the lane at a step; the whole account only at its end. Returns whether that has changed. */
  write(lane, step) {
    const account = step >= clock.total && clock.total > 0 ? accountOf(lane) : null;
    writeVerdict(this.badge, lane, step);
    if (account && !this.badge.textContent) setText(this.badge, account.badge);
    if (account === this.account) return false;
    this.account = account;
    if (account) this.fill(account);
    else this.show(false);
    this.badge.toggleAttribute("data-tells", Boolean(account));
    this.badge.tabIndex = account ? 0 : -1;
    this.badge.setAttribute("aria-disabled", String(!account));
    if (account) this.badge.setAttribute("aria-label", `${lane.words.lane}: ${this.badge.textContent}`);
    else this.badge.removeAttribute("aria-label");
    return true;
  }

  /** The account as a text, for those who hear the page; nothing where it is to be left out. */
  get text() {
    return this.account && !hides("verdicts") ? [...this.account.said, this.account.suggestion?.text ?? ""].join(" ").trim() : "";
  }

  fill({ said, suggestion, words }) {
    const paragraph = (text, className) => Object.assign(document.createElement("p"), { textContent: text, className });
    const sentences = [said.length ? paragraph(said.join(" "), "dl-why") : "", suggestion ? paragraph(suggestion.text, "dl-suggestion") : ""];
    const buttons = document.createElement("div");
    if (suggestion) buttons.append(this.button("dl-try", words.try, () => this.tried(suggestion.link)));
    buttons.append(this.button("dl-shut", words.close, () => this.show(false)));
    this.box.replaceChildren(...sentences, buttons);
    this.box.setAttribute("aria-label", words.region);
  }

  button(name, text, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: name, textContent: text });
    button.addEventListener("click", act);
    return button;
  }

  tried(link) {
    this.show(false);
    this.tryOut(link);
  }

  /** Open it, which gives it the focus, or close it, which gives that back to the badge. */
  show(wanted) {
    if (!wanted && this.box.contains(document.activeElement)) this.badge.focus();
    this.box.hidden = !wanted;
    if (wanted) this.box.focus({ preventScroll: true });
    this.badge.setAttribute("aria-expanded", String(wanted));
    const at = open.indexOf(this);
    if (at >= 0) open.splice(at, 1);
    if (wanted) open.push(this);
  }

  end() {
    this.show(false);
  }
}

onEscape(LAYERS.account, () => {
  const last = open.at(-1);
  last?.show(false);
  return Boolean(last);
});

// What is said of each lane's run once it is over, in words: how it ended, and what the numbers say of it.

import { element } from "../../base/element.js";
import { theme } from "../../base/theme.js";
import { accountOf } from "../../stage/accounts.js";
import { clock, onText } from "../../stage/clock.js";
import { hides } from "../../stage/mode.js";
import { waiting } from "../../stage/predict.js";
import { lanesInOrder, onChange } from "../../stage/store.js";

export class Accounts {
  constructor(words) {
    this.root = element("div", { className: "dl-lesson-accounts" });
    this.words = words;
    this.ends = [onText(() => this.write()), onChange((what) => ["lane", "mode"].includes(what) && this.write())];
    this.write();
  }

  /** One line a lane, which opens; that of a single lane is open. While the clock is not at the end what was said stays. */
  write() {
    if (clock.step < clock.total || waiting()) return;
    const lanes = lanesInOrder().map((lane) => [lane, accountOf(lane)]);
    const known = lanes.filter(([, account]) => account);
    const said = JSON.stringify([
      hides("verdicts"),
      theme(this.root).name,
      known.map(([{ title }, account]) => [title, account.badge, account.said]),
    ]);
    if (said === this.said || known.length < lanes.length) return;
    const open = [...this.root.children].map((each) => each.open);
    this.said = said;
    this.root.hidden = hides("verdicts");
    this.root.replaceChildren(...known.map(([lane, account], i) => this.account(lane, account, open[i] ?? known.length === 1)));
  }

  account({ title, letters }, { badge, said }, open) {
    const name = element("span", { className: "dl-lesson-lane" }, hides("titles") ? "" : title);
    name.style.color = letters[theme(this.root).name];
    const head = element("summary", {}, name, ` ${badge}`);
    if (!said.length) return element("p", { className: "dl-lesson-account" }, name, ` ${badge}`);
    return element("details", { className: "dl-lesson-account", open }, head, element("p", {}, said.join(" ")));
  }

  end() {
    for (const end of this.ends) end();
  }
}

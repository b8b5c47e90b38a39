// The table of lanes that train: a row each with what it has reached so far. A click on a name looks at that lane's network.

import { fixed } from "../base/format.js";
import { markerPath } from "../base/marker.js";
import { setText } from "../base/text.js";
import { ROWS } from "../charts/training.js";

const COLUMNS = ["rule", "rate", "loss", "test_loss", "accuracy", "test_accuracy", "gap", "seconds"];
const SET = ["rate"]; // columns of what is set, which `show` fills

export class LaneTable {
  /** pick(i) is called with a lane's number, from 1. */
  constructor(table, marker, pick, columns = COLUMNS, set = SET) {
    Object.assign(this, { table, marker, pick, columns, set, rows: [] });
  }

  show(data) {
    const { words, lanes, lane } = data;
    this.words = words;
    setText(this.table.caption, words.lanes);
    const made = JSON.stringify([lanes, words]);
    if (made !== this.made) {
      this.made = made;
      this.table.tHead.rows[0].replaceChildren(...this.columns.map((name) => header(name, words)));
      this.rows = lanes.map((each, i) => this.row(each, i + 1));
      this.table.tBodies[0].replaceChildren(...this.rows);
    }
    this.rows.forEach((row, i) => {
      row.toggleAttribute("data-picked", i + 1 === lane);
      row.querySelector("button").setAttribute("aria-pressed", String(i + 1 === lane));
    });
  }

  row(lane, number) {
    const { title, marker, colours } = lane;
    const row = document.createElement("tr");
    row.style.setProperty("--light", colours.light);
    row.style.setProperty("--dark", colours.dark);
    const head = Object.assign(document.createElement("th"), { scope: "row" });
    const button = Object.assign(document.createElement("button"), { type: "button", title: this.words.pick.replace("{title}", title) });
    const glyph = this.marker.cloneNode(true);
    glyph.querySelector("path").setAttribute("d", markerPath(marker));
    button.append(glyph, title);
    button.addEventListener("click", () => this.pick(number));
    head.append(button);
    row.append(head);
    for (const name of this.columns.slice(1)) {
      const cell = document.createElement("td");
      cell.dataset.column = name;
      if (this.set.includes(name)) cell.textContent = lane[name];
      row.append(cell);
    }
    return row;
  }

  /** Write what has come; null where nothing has. */
  fill(found) {
    const best = found && Math.max(...found.lanes.map(({ curves }) => curves[ROWS.test_accuracy].at(-1)).filter(Number.isFinite));
    this.write((i) => ({
      texts: found ? this.texts(found.lanes[i]) : {},
      best: Boolean(found?.over) && found.lanes[i].curves[ROWS.test_accuracy].at(-1) === best,
    }));
  }

  /** Write what say(i) has of each lane: {texts: by column, best: whether it is the best of all}. */
  write(say) {
    this.rows.forEach((row, i) => {
      const { texts, best } = say(i);
      for (const cell of row.querySelectorAll("td")) {
        if (!this.set.includes(cell.dataset.column)) setText(cell, texts[cell.dataset.column] ?? "");
      }
      row.toggleAttribute("data-best", best);
    });
  }

  texts({ curves, stopped, seconds }) {
    if (stopped >= 0) return { loss: this.words.diverged.replace("{step}", stopped), seconds: fixed(seconds) };
    const last = Object.fromEntries(Object.entries(ROWS).map(([name, k]) => [name, curves[k]?.at(-1)]));
    const texts = Object.fromEntries(Object.entries(last).map(([name, value]) => [name, fixed(value)]));
    return { ...texts, gap: fixed(last.accuracy - last.test_accuracy, 2), seconds: fixed(seconds) };
  }
}

function header(name, words) {
  const title = words[`${name}_help`] ?? "";
  return Object.assign(document.createElement("th"), { scope: "col", textContent: words[name], title });
}

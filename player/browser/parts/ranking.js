// The table of all rules at their best: a row each, which comes when it has been worked out, sorted by any column.

import { fixed, short } from "../base/format.js";
import { markerPath } from "../base/marker.js";
import { setText } from "../base/text.js";

/** What a row has in a column, as a text; null is infinite. */
const TEXTS = {
  steps: ({ steps }, { words }) => (steps === null ? words.never : String(steps)),
  evaluations: ({ evaluations, steps }, { words }, { hessians }) =>
    evaluations === null ? words.never : hessians ? `${evaluations} + ${hessians * steps} ∇²f` : String(evaluations),
  gap: ({ gap }) => fixed(gap ?? Infinity),
  width: ({ width }) => (width === null ? "–" : short(width)),
  settings: ({ settings, end }) => (end ? `${settings} *` : settings),
  share: ({ share }) => `${Math.round(100 * share)} %`,
  median: ({ median }, { words }) => (median === null ? words.never : String(median)),
  cost: ({ cost, runs }, { words }) => words.runs.replace("{cost}", short(cost)).replace("{runs}", runs),
};

export class Ranking {
  /** sort(column) and pick(rule) are called when a person does so. */
  constructor(table, { sort, pick }) {
    Object.assign(this, { table, sort, pick, rows: new Map() });
    this.head = table.querySelector("thead tr");
    this.body = table.querySelector("tbody");
  }

  show(data) {
    this.data = data;
    setText(this.table.caption, data.words.caption);
    const made = JSON.stringify([data.columns, data.words, data.rules]);
    if (made !== this.made) {
      this.made = made;
      this.build();
    }
    for (const header of this.head.children) header.setAttribute("aria-sort", this.direction(header.dataset.column));
    for (const [rule, row] of this.rows) {
      row.toggleAttribute("data-picked", rule === data.picked);
      row.querySelector("button").setAttribute("aria-pressed", String(rule === data.picked));
    }
  }

  direction(column) {
    const { sort } = this.data;
    return sort === column ? "ascending" : sort === `-${column}` ? "descending" : "none";
  }

  build() {
    const { columns, rules } = this.data;
    this.head.replaceChildren(...columns.map((column) => this.header(...column)), document.createElement("th"));
    this.rows = new Map(rules.map((rule) => [rule.rule, this.row(rule)]));
    this.body.replaceChildren(...this.rows.values());
  }

  header(column, title, help) {
    const header = Object.assign(document.createElement("th"), { scope: "col" });
    header.dataset.column = column;
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: title, title: help });
    button.addEventListener("click", () => this.sort(this.data.sort === column ? `-${column}` : column));
    header.append(button);
    return header;
  }

  row({ rule, title, marker, light, dark }) {
    const row = document.createElement("tr");
    row.style.setProperty("--light", light);
    row.style.setProperty("--dark", dark);
    const head = Object.assign(document.createElement("th"), { scope: "row" });
    const button = Object.assign(document.createElement("button"), { type: "button", title: this.data.words.pick.replace("{title}", title) });
    button.append(glyph(this.table, marker), title);
    button.addEventListener("click", () => this.pick(rule));
    head.append(button);
    const cells = this.data.columns.slice(1).map(([column]) => {
      const cell = document.createElement("td");
      cell.dataset.column = column;
      return cell;
    });
    const link = Object.assign(document.createElement("a"), { textContent: "→", title: this.data.words.race, hidden: true });
    link.setAttribute("aria-label", this.data.words.race_of.replace("{title}", title));
    const last = document.createElement("td");
    last.append(link);
    row.append(head, ...cells, last);
    return row;
  }

  /** Fill in the rows that have come, {rule: row}, and put all in order; those that have not come are last. */
  fill(rows) {
    const { rules } = this.data;
    for (const rule of rules) {
      const element = this.rows.get(rule.rule);
      const row = rows.get(rule.rule);
      element.toggleAttribute("data-waiting", !row);
      for (const cell of element.querySelectorAll("td[data-column]")) {
        const { column } = cell.dataset;
        setText(cell, row ? TEXTS[column](row, this.data, rule) : "");
        cell.toggleAttribute("data-never", Boolean(row) && row[column] === null);
      }
      const link = element.querySelector("a");
      link.hidden = !row;
      if (row) link.href = raceAt(row.link);
    }
    this.order = sorted(rules, rows, this.data.sort);
    const wanted = this.order.map(({ rule }) => this.rows.get(rule));
    if (wanted.every((element, i) => this.body.children[i] === element)) return;
    const focused = this.body.contains(document.activeElement) && document.activeElement;
    this.body.append(...wanted);
    if (focused) focused.focus({ preventScroll: true });
  }
}

/**
 * The rules in the order of a column, "-" before it for the largest first; of equals the one that came lower, then the catalogue's first.
 *
 * Settings are in the order of the rates.
 */
export function sorted(rules, rows, sort) {
  const column = sort.replace("-", "");
  const sign = sort === column ? 1 : -1;
  const number = (row) => (column === "settings" ? Number(row.lane.lr) : (row[column] ?? (column === "width" ? 0 : Infinity)));
  const key = ({ rule, title }) => (column === "rule" ? title : number(rows.get(rule)));
  const compare = (a, b) => (column === "rule" ? a.localeCompare(b) : a === b ? 0 : a - b);
  const gap = ({ rule }) => rows.get(rule).gap ?? Infinity;
  const there = rules.filter(({ rule }) => rows.has(rule));
  return [...there.sort((a, b) => sign * compare(key(a), key(b)) || gap(a) - gap(b) || 0), ...rules.filter(({ rule }) => !rows.has(rule))];
}

/** A rule's marker, a copy of the picture that the component brings. */
export function glyph(part, marker) {
  const picture = part.closest(".dl-best").querySelector("template").content.firstElementChild.cloneNode(true);
  picture.querySelector("path").setAttribute("d", markerPath(marker));
  return picture;
}

/** The Race page with these settings: the first page, beside this one. */
export function raceAt(query) {
  const address = new URL(".", document.baseURI);
  address.search = query;
  return address.href;
}

/** The table as comma-separated values, with every digit; what is not reached is inf. */
export function commaSeparated({ columns }, order, rows) {
  const quoted = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = order
    .filter(({ rule }) => rows.has(rule))
    .map(({ rule, title }) => columns.map(([column]) => (column === "rule" ? title : String(rows.get(rule)[column] ?? "inf"))));
  return [columns.map(([, title]) => title), ...lines].map((line) => line.map(quoted).join(",")).join("\r\n");
}

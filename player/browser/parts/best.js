// Which rule is best: the table of all rules, a row after the other, and the performance profile once it is asked for.

import { setText } from "../base/text.js";
import { theme } from "../base/theme.js";
import { offerFigure } from "../export/offered.js";
import { save, saveFigure } from "../export/saved.js";
import { Job } from "../stage/job.js";
import { onChange } from "../stage/store.js";
import { Profile } from "./profile.js";
import { commaSeparated, raceAt, Ranking } from "./ranking.js";

const FIRST = 4; // rules that are opened in the race together

export class Best {
  /** `tell(settings)` tells the page of another order, a rule that is picked out, or that the profile is begun. */
  constructor(parent) {
    this.root = parent.querySelector(".dl-best");
    const find = (name) => this.root.querySelector(name);
    this.ranking = new Ranking(find("table"), { sort: (sort) => this.set({ sort }), pick: (rule) => this.choose(rule) });
    this.profile = new Profile(find(".dl-profile"), (rule) => this.choose(rule));
    this.parts = { none: find(".dl-best-none"), scroll: find(".dl-best-scroll"), first: find(".dl-best-first"), csv: find(".dl-best-csv") };
    Object.assign(this.parts, { begin: find(".dl-best-begin"), picture: find(".dl-picture"), title: find("h3"), summary: find(".dl-summary") });
    [this.parts.note, this.parts.about] = this.root.querySelectorAll(".dl-best-note");
    [this.parts.job, this.parts.work] = this.root.querySelectorAll(".dl-best-job");
    this.table = new Job(() => this.rowsCame());
    this.work = new Job(() => this.profileCame());
    for (const [line, job] of [
      [this.parts.job, this.table],
      [this.parts.work, this.work],
    ])
      line.querySelector(".dl-best-toggle").addEventListener("click", () => (job.stopped ? job.goOn() : job.stop()));
    this.parts.begin.addEventListener("click", () => this.set({ profile: true }));
    this.parts.csv.addEventListener("click", () => this.saveTable());
    this.parts.picture.addEventListener("click", () => this.savePicture());
    this.ends = [onChange((what) => what === "mode" && this.data && this.profile.draw()), offerFigure((options) => this.profile.figure(options))];
  }

  show(data) {
    const again = this.data === data; // the theme has changed
    this.data = data;
    const { parts } = this;
    const { words } = data;
    this.root.setAttribute("aria-label", words.caption);
    setText(parts.none, data.rules.length ? "" : words.none);
    parts.none.hidden = Boolean(data.rules.length);
    for (const part of [parts.scroll, parts.job, parts.note]) part.hidden = !data.rules.length;
    parts.scroll.setAttribute("aria-label", words.caption);
    setText(parts.csv, words.csv);
    setText(parts.first, words.first);
    setText(parts.title, words.profile);
    setText(parts.begin, words.begin);
    parts.picture.title = words.picture;
    parts.picture.setAttribute("aria-label", words.picture);
    this.ranking.show(data);
    this.root.dataset.theme = theme(this.root).name;
    if (again) return this.profile.draw();
    const asked = new URLSearchParams(data.link);
    this.address = Object.fromEntries(data.rules.map(({ rule }) => [rule, `best/${rule}?${asked}`]));
    this.table.begin(Object.values(this.address));
  }

  /** The profile is asked for once a person has begun it, or the link says so; after the table. */
  begin() {
    const { data, parts } = this;
    const asked = new URLSearchParams(data.common);
    const wanted = data.profile ? Array.from({ length: data.surfaces }, (_, k) => `profile/${k + 1}?${asked}`) : [];
    const begun = String(wanted) === String(this.work.parts);
    const now = data.profile && (begun || this.table.complete || this.table.stopped);
    parts.begin.hidden = data.profile;
    parts.work.hidden = !now;
    this.work.begin(now ? wanted : []);
  }

  /** Show it at once, and tell the page. */
  set(settings) {
    this.show({ ...this.data, ...settings });
    this.tell("profile" in settings ? { profile: 1 } : settings);
  }

  choose(rule) {
    this.show({ ...this.data, picked: rule });
    this.tell({ "1.rule": rule });
  }

  get rows() {
    const came = Object.entries(this.address).map(([rule, address]) => [rule, this.table.answer(address)?.row]);
    return new Map(came.filter(([, row]) => row));
  }

  rowsCame() {
    const { data, parts, rows } = this;
    this.ranking.fill(rows);
    this.progress(parts.job, this.table, data.words.rules);
    const first = this.ranking.order.slice(0, FIRST).filter(({ rule }) => rows.has(rule));
    parts.first.hidden = !first.length;
    parts.csv.hidden = !rows.size;
    const lanes = first.flatMap(({ rule }, i) => Object.entries(rows.get(rule).lane).map(([key, value]) => [`${i + 1}.${key}`, value]));
    parts.first.href = raceAt(new URLSearchParams({ ...data.race, lanes: first.length, ...Object.fromEntries(lanes) }));
    const ends = [...rows.values()].some(({ end }) => end);
    setText(parts.note, ends ? `${data.note} ${data.words.end}` : data.note);
    this.begin();
  }

  profileCame() {
    const { data, parts } = this;
    const came = this.work.parts.map((part) => this.work.answer(part)?.profile).filter(Boolean);
    const newest = came.at(-1) ?? null;
    this.progress(parts.work, this.work, data.words.surfaces);
    parts.picture.hidden = !newest;
    this.profile.show(data, newest);
    setText(parts.about, newest?.note ?? "");
    setText(parts.summary, newest?.summary ?? "");
  }

  progress(line, job, text) {
    const [done, all] = [job.done, job.parts.length];
    const bar = line.querySelector("progress");
    Object.assign(bar, { max: all || 1, value: done, hidden: job.complete });
    const said = text.replace("{done}", done).replace("{all}", all);
    bar.setAttribute("aria-label", said);
    const count = line.querySelector(".dl-best-count");
    count.setAttribute("aria-live", job.complete || job.stopped ? "polite" : "off"); // not after every one of them
    setText(count, said);
    const toggle = line.querySelector(".dl-best-toggle");
    toggle.hidden = job.complete;
    setText(toggle, job.stopped ? this.data.words.continue : this.data.words.cancel);
  }

  saveTable() {
    const text = commaSeparated(this.data, this.ranking.order, this.rows);
    save(new Blob(["\ufeff", text], { type: "text/csv" }), `${this.data.file}.csv`);
  }

  savePicture() {
    return saveFigure(this.profile.figure({ theme: "light" }));
  }

  end() {
    for (const end of this.ends) end();
    this.table.end();
    this.work.end();
    this.profile.end();
  }
}

// The Export dialog's page that plays by itself: what it begins with, what it leaves out, a look at it, and the lines that put it into a frame.

import { ask } from "../../base/ask.js";
import { toClipboard } from "../../base/clipboard.js";
import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { save } from "../../export/saved.js";
import { HEADERS } from "../../stage/asked.js";
import { clock } from "../../stage/clock.js";
import { box, line, menu, number } from "./fields.js";
import { remember, remembered } from "./remembered.js";
import { sizeOf } from "./sizes.js";

const USUAL = { play: true, width: 960, height: 600 };
const PARTS = ["top", "controls", "readout", "verdicts", "curves", "bar"]; // that can be left out here; the link may leave out others
const RACES = ["", "race", "data"]; // the pages that play without a server

export class PageTab {
  constructor(parent, host) {
    const words = host.words.page;
    Object.assign(this, { parent, host, words, chosen: remembered("page", USUAL) });
    const changed = () => this.change();
    const languages = Object.entries(words).filter(([name]) => name.startsWith("lang_"));
    this.fields = {
      title: line(words.title, "", changed),
      view: menu(words.view, Object.entries({ "2d": words.flat, "3d": words.space }), "2d", changed),
      lang: menu(
        words.language,
        languages.map(([name, text]) => [name.slice("lang_".length), text]),
        "en",
        changed,
      ),
      play: box(words.play, this.chosen.play, changed),
    };
    this.hidden = Object.fromEntries(PARTS.map((part) => [part, box(words[part], false, changed)]));
    const roots = (boxes) => Object.values(boxes).map(({ root }) => root);
    const hide = element("fieldset", { className: "dl-export-hide" }, element("legend", {}, words.hide), ...roots(this.hidden));
    this.frame = element("iframe", { title: words.preview });
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.size = element("p", { className: "dl-export-size", role: "status" });
    this.button = element("button", { type: "button", className: "dl-export-save", textContent: words.save });
    this.button.addEventListener("click", () => this.save());
    parent.replaceChildren(
      element("div", { className: "dl-export-fields" }, ...roots(this.fields)),
      hide,
      element("div", { className: "dl-export-preview dl-export-page-preview" }, this.frame),
      this.size,
      this.button,
      this.embedding(),
    );
  }

  /** The lines for a frame: of the file, which lies beside the slides, or of the page in the program. */
  embedding() {
    const { words, chosen } = this;
    const changed = () => {
      for (const name of ["width", "height"]) chosen[name] = Number(this.frames[name].field.value) || USUAL[name];
      remember("page", chosen);
      this.write();
    };
    this.frames = {
      what: menu(words.frame, Object.entries({ file: words.frame_file, live: words.frame_live }), "file", changed),
      width: number(words.width, { value: chosen.width, low: 200, high: 4000, step: 10, unit: "px" }, changed),
      height: number(words.height, { value: chosen.height, low: 200, high: 4000, step: 10, unit: "px" }, changed),
    };
    this.snippet = element("textarea", { className: "dl-export-snippet", readOnly: true, rows: 3, ariaLabel: words.embed });
    this.snippet.addEventListener("focus", () => this.snippet.select());
    this.note = element("p", {}, words.frame_note);
    const copy = element("button", { type: "button" }, words.copy);
    copy.addEventListener("click", async () => {
      this.host.say((await toClipboard(this.snippet.value, this.parent)) ? words.copied : words.selected);
    });
    const fields = Object.values(this.frames).map(({ root }) => root);
    const all = [element("summary", {}, words.embed), element("div", { className: "dl-export-fields" }, ...fields), this.snippet, this.note, copy];
    return element("details", {}, ...all);
  }

  async show() {
    this.link = new URL(this.host.link());
    this.step = Math.floor(clock.step);
    const races = RACES.includes(this.link.pathname.split("/").at(-1));
    for (const part of this.parent.children) part.hidden = !races && part !== this.size;
    if (!races) return setText(this.size, this.words.none);
    const { searchParams: settings } = this.link;
    for (const name of ["at", "play"]) settings.delete(name);
    if (this.of !== this.link.href) this.fields.title.field.value = ""; // it was another race's
    this.of = this.link.href;
    this.fields.view.field.value = settings.get("view") ?? "2d";
    this.fields.lang.field.value = settings.get("lang") ?? "en";
    const hidden = (settings.get("hide") ?? "").split(",");
    for (const [part, { field }] of Object.entries(this.hidden)) field.checked = hidden.includes(part);
    await this.make();
  }

  hide() {
    this.under?.abort();
    this.frame.removeAttribute("srcdoc"); // it would play on unseen
  }

  change() {
    this.chosen.play = this.fields.play.field.checked;
    remember("page", this.chosen);
    this.make().catch(this.host.fail);
  }

  /** The link of what is chosen. */
  address() {
    const { origin, pathname, searchParams } = this.link;
    const query = new URLSearchParams(searchParams);
    const others = (query.get("hide") ?? "").split(",").filter((part) => part && !PARTS.includes(part));
    const hide = [...others, ...PARTS.filter((part) => this.hidden[part].field.checked)].join();
    const { view, lang, play, title } = this.fields;
    const chosen = { view: view.field.value, lang: lang.field.value, hide, play: play.field.checked ? "1" : "0", from: origin + pathname };
    for (const [name, value] of Object.entries({ ...chosen, title: title.field.value.trim() })) query.set(name, value);
    query.set("at", play.field.checked ? 0 : this.step);
    return new URL(`export/page?${query}`, document.baseURI);
  }

  /** Have it made and show it; what was chosen meanwhile comes later. */
  async make() {
    this.under?.abort();
    const { signal } = (this.under = new AbortController());
    this.button.disabled = true;
    this.host.say("");
    setText(this.size, this.words.waiting);
    try {
      const answer = await ask(this.address(), { signal, headers: HEADERS });
      const text = await answer.text();
      if (signal.aborted) return;
      if (!answer.ok) throw new Error(text);
      const blob = new Blob([text], { type: "text/html" });
      const name = decodeURIComponent(answer.headers.get("Content-Disposition").split("''").at(-1));
      this.made = { blob, name };
      this.frame.srcdoc = text;
      setText(this.size, this.words.size.replace("{size}", sizeOf(blob.size)));
      this.button.disabled = false;
      this.write();
    } catch (error) {
      if (signal.aborted) return;
      setText(this.size, "");
      throw error;
    }
  }

  write() {
    const live = this.frames.what.field.value === "live";
    const address = live ? location.href.split("#")[0] : this.made?.name;
    const escaped = (text) => String(text).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    const { width, height } = this.chosen;
    this.note.hidden = !live;
    const title = this.fields.title.field.value.trim() || "Descent Lab";
    const told = Object.entries({ src: address ?? "", width, height, title, style: "border: 0" }).map(
      ([name, value]) => `${name}="${escaped(value)}"`,
    );
    this.snippet.value = `<iframe ${told.join(" ")} allowfullscreen></iframe>`;
  }

  save() {
    this.host.say(this.host.words.dialog.saved.replace("{name}", save(this.made.blob, this.made.name)));
  }
}

// The Export dialog's numbers: tables of what is seen, as CSV or as NumPy's arrays, or the settings alone, and how Python reads them.

import { ask } from "../../base/ask.js";
import { element } from "../../base/element.js";
import { setText } from "../../base/text.js";
import { unpack } from "../../base/unpack.js";
import { save } from "../../export/saved.js";
import { HEADERS } from "../../stage/asked.js";
import { menu } from "./fields.js";
import { remember, remembered } from "./remembered.js";
import { sizeOf } from "./sizes.js";

const PAUSE = 400; // milliseconds until a server that was busy is asked again
const KINDS = { csv: "text/csv", npz: "application/zip", json: "application/json" };
const PYTHON = {
  csv: (file) => `import pandas as pd\ndata = pd.read_csv("${file}", comment="#")`,
  npz: (file) => `import numpy as np\ndata = np.load("${file}")`,
  json: (file) => `import json\nsettings = json.load(open("${file}", encoding="utf-8"))["settings"]`,
};

export class DataTab {
  constructor(parent, host) {
    Object.assign(this, { host, words: host.words.data, chosen: remembered("data", { kind: "csv" }), table: "first" });
    const { words } = this;
    const kinds = Object.keys(KINDS).map((kind) => [kind, words[kind]]);
    this.kind = menu(words.kind, kinds, this.chosen.kind, () => this.change());
    this.what = menu(words.what, [["first", words.waiting]], "first", () => this.change());
    this.columns = element("dl", { className: "dl-export-columns", tabIndex: 0, ariaLabel: words.columns });
    this.python = element("pre", { className: "dl-export-python", tabIndex: 0, ariaLabel: words.python });
    this.size = element("p", { className: "dl-export-size", role: "status" });
    this.button = element("button", { type: "button", className: "dl-export-save", textContent: words.save });
    this.button.addEventListener("click", () => this.save());
    const fields = element("div", { className: "dl-export-fields" }, this.what.root, this.kind.root);
    parent.replaceChildren(fields, this.columns, this.python, this.size, this.button);
  }

  async show() {
    this.link = new URL(this.host.link());
    this.what.field.value = this.table = "first";
    await this.ask();
  }

  hide() {
    this.under?.abort();
  }

  change() {
    this.chosen.kind = this.kind.field.value;
    remember("data", this.chosen);
    this.table = this.what.field.value;
    this.ask().catch(this.host.fail);
  }

  /** Have it made, and show what is in it; what was chosen meanwhile comes later. */
  async ask() {
    this.hide();
    const under = (this.under = new AbortController());
    this.button.disabled = true;
    this.host.say("");
    setText(this.size, this.words.waiting);
    try {
      const answer = await answered(this.address(), under.signal);
      if (!under.signal.aborted) this.put(answer.table);
    } catch (error) {
      if (under.signal.aborted) return;
      setText(this.size, "");
      throw error;
    }
  }

  address() {
    const { origin, pathname, searchParams } = this.link;
    const page = pathname.split("/").at(-1) || "race";
    const query = new URLSearchParams({ ...Object.fromEntries(searchParams), from: origin + pathname });
    return `export/table/${page}/${this.table}/${this.chosen.kind}?${query}`;
  }

  put({ file, name, tables, content, rows, columns }) {
    this.table = name;
    this.what.field.replaceChildren(...tables.map(([value, text]) => element("option", { value, textContent: text })));
    this.what.field.value = name;
    this.what.root.hidden = tables.length < 2;
    this.columns.replaceChildren(...columns.flatMap(([column, meaning]) => [element("dt", {}, column), element("dd", {}, meaning)]));
    this.columns.hidden = !columns.length;
    setText(this.python, PYTHON[this.chosen.kind](file));
    const numbers = { size: sizeOf(content.length), rows, columns: columns.length };
    const said = columns.length ? this.words.size : this.words.settings;
    setText(
      this.size,
      said.replace(/{(\w+)}/g, (_, each) => numbers[each]),
    );
    this.made = { blob: new Blob([content], { type: KINDS[this.chosen.kind] }), file };
    this.button.disabled = false;
  }

  save() {
    this.host.say(this.host.words.dialog.saved.replace("{name}", save(this.made.blob, this.made.file)));
  }
}

/** The message at an address of the program, asked for again while the server is busy; throws what the server says is wrong. */
async function answered(address, signal) {
  for (;;) {
    const answer = await ask(address, { signal, headers: HEADERS });
    if (answer.status === 200) return unpack(new Uint8Array(await answer.arrayBuffer()));
    if (answer.status !== 204) throw new Error(await answer.text());
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    signal.throwIfAborted();
  }
}

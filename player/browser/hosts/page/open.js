// The page of a single file: everything that it shows stands in it, and no server is asked.

import { unpack } from "../../base/unpack.js";
import { clock } from "../../stage/clock.js";
import { answerWith } from "../../stage/quiet.js";
import { Board } from "./board.js";
import { Head } from "./head.js";
import { onTheme } from "./theme.js";

/** Open it; Examples: what shows the data, where the race is one on data. */
export function open(Examples = null) {
  const told = unpack(Uint8Array.from(atob(document.querySelector("#dl-told").textContent), (letter) => letter.charCodeAt(0)));
  new Page(told, Examples);
}

class Page {
  constructor({ first, languages, live }, Examples) {
    Object.assign(this, { languages, live });
    this.board = new Board(Examples, (settings) => window.open(this.address(settings), "_blank", "noopener"));
    this.head = new Head(languages, live && ((settings) => this.address(settings)), (language) => this.speak(language));
    answerWith(async (path) => new Response(this.now.accounts[Number(path.match(/\d+/)[0]) - 1]));
    this.speak(first);
    onTheme(() => this.board.colour());
  }

  /** The page in the program, at this step, with other settings. */
  address(settings) {
    const url = new URL(this.live);
    const { language } = this.now;
    for (const [name, value] of Object.entries({ lang: language, at: Math.floor(clock.step), ...settings })) url.searchParams.set(name, value);
    return url.href;
  }

  speak(language) {
    const anew = !this.now;
    const now = (this.now = this.languages.find((told) => told.language === language));
    document.documentElement.lang = language;
    document.title = now.title;
    this.board.show(now, anew);
    this.head.show(now);
  }
}

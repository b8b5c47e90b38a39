// Where runs end: marked on their maps by mouse, finger or keys.

import { element } from "../../base/element.js";
import { clock } from "../../stage/clock.js";
import { guessOf, missed, onPredict, progress } from "../../stage/predict.js";
import { lanesInOrder, stage } from "../../stage/store.js";

const NEAR = 0.02; // of the map's width
const CLOSE = 0.1;

export class Place {
  constructor({ lanes }, { words, changed }) {
    Object.assign(this, { lanes, words });
    this.root = element("p", { className: "dl-lesson-placed", role: "status" });
    this.over = onPredict(() => {
      this.write();
      changed();
    });
    this.write();
  }

  get answer() {
    const marked = this.lanes.map((index) => [index, guessOf(index)]).filter(([, point]) => point);
    return marked.length ? Object.fromEntries(marked) : null;
  }

  /** How many are marked, where there are several. */
  write() {
    const { set } = progress();
    const { placed, place } = this.words;
    this.root.textContent = this.lanes.length > 1 ? placed.replace("{set}", set).replace("{count}", this.lanes.length) : place;
  }

  freeze(on) {
    this.root.hidden = on;
  }

  tell() {
    return lanesInOrder().flatMap((lane) => this.sentence(lane) ?? []);
  }

  sentence(lane) {
    const point = this.lanes.includes(lane.index) && guessOf(lane.index);
    if (!point) return null;
    const [x, y] = lane.path.map((values) => values[values.length - 1]);
    const [[x0, x1]] = stage.surface.home;
    const part = Math.hypot(point[0] - x, point[1] - y) / (x1 - x0);
    const { place_gone: gone, place_near: near, place_close: close, place_far: far } = this.words;
    const away = ![x, y].every((v, i) => v >= stage.surface.home[i][0] && v <= stage.surface.home[i][1]); // also where it is no number
    const sentence = away ? gone : part < NEAR ? near : part < CLOSE ? close : far;
    const off = missed(lane, clock.total);
    const said = sentence.replace("{distance}", off?.distance ?? "").replace("{part}", off?.part ?? "");
    return this.lanes.length > 1 ? `${lane.title}: ${said}` : said;
  }

  end() {
    this.over();
  }
}

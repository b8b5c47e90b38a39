// What can be tried once a lesson's run is over: sliders that the runs follow, and a challenge with the person's best.

import { element } from "../../base/element.js";
import { onChange, stage, wholeLink } from "../../stage/store.js";
import { Slider } from "../slider.js";

export class Trying {
  constructor(root, template, board, lesson, step, live) {
    Object.assign(this, { root, board, lesson, step, tried: {} });
    this.sliders = live ? step.sliders.map((data) => this.slider(template, data)) : [];
    this.result = element("p", { className: "dl-lesson-challenge", role: "status" });
    root.replaceChildren(...this.sliders.map(({ place }) => place), this.result);
    this.over = onChange((what) => what === "lane" && this.judge());
    this.judge();
  }

  slider(template, data) {
    const place = element("div", { className: "dl-lesson-slider" });
    place.append(template.content.cloneNode(true));
    this.root.append(place);
    const slider = new Slider(place);
    slider.heard = () => true;
    slider.keep = (value) => this.keep(data, value);
    slider.show(data);
    return { slider, place };
  }

  /** The run with this value, to stay. */
  async keep({ name, lane }, value) {
    this.tried[name] = value;
    const link = wholeLink();
    for (const [key, each] of Object.entries(this.tried)) link.set(key, each);
    try {
      const answer = await fetch(new URL(`lane/${lane}?${link}`, document.baseURI));
      if (answer.status === 200) stage.panels.get(lane)?.show(new Uint8Array(await answer.arrayBuffer()));
    } catch (error) {
      console.warn(error);
    }
  }

  /** Whether the challenge is met, and the best so far, which this browser keeps. */
  judge() {
    const { challenge } = this.step;
    if (!challenge) return;
    const { words } = this.lesson;
    const verdict = stage.lanes.get(challenge.lane)?.verdicts.find(({ kind }) => kind === "reached");
    const key = `descent-lab challenge ${this.lesson.name} ${this.step.name}`;
    const best = Math.min(Number(localStorage.getItem(key)) || Infinity, verdict?.step ?? Infinity);
    if (best < Infinity) localStorage.setItem(key, best);
    const met = verdict && verdict.step <= challenge.within;
    const asked = words.challenge.replace("{lane}", challenge.lane).replace("{within}", challenge.within);
    const now = met ? words.met.replace("{step}", verdict.step) : words.not_yet;
    const record = best < Infinity ? words.best.replace("{step}", best) : "";
    this.result.textContent = [asked, now, record].filter(Boolean).join(" ");
    this.result.toggleAttribute("data-met", Boolean(met));
  }

  end() {
    this.over();
    for (const { slider } of this.sliders) slider.end();
    this.root.replaceChildren();
  }
}

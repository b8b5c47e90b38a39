// The Export dialog's animations: the steps one after the other, made here, looked at, and then saved. The page's clock has no part in it.

import { sized } from "../../base/canvas.js";
import { element } from "../../base/element.js";
import { short } from "../../base/format.js";
import { setText } from "../../base/text.js";
import { encode } from "../../export/animation.js";
import { wayOf } from "../../export/codecs.js";
import { estimate } from "../../export/estimate.js";
import { figureFor } from "../../export/fit.js";
import { countOf, drawInto, even, lasting, stepOf } from "../../export/frames.js";
import { save } from "../../export/saved.js";
import { themeOf } from "../../export/themes.js";
import { AnimationForm, KINDS } from "./animationform.js";
import { sizeOf } from "./sizes.js";

const HOLD = 1.5; // seconds that the last frame stays

export class AnimationTab {
  constructor(parent, host) {
    Object.assign(this, { host, words: host.words.animation });
    const { words } = this;
    this.form = new AnimationForm(words, host.words.picture, () => this.change());
    this.canvas = element("canvas", { role: "img", ariaLabel: words.preview });
    this.preview = element("div", { className: "dl-export-preview" }, this.canvas);
    this.frame = element("input", { type: "range", min: 0, step: 1, value: 0, className: "dl-export-frame", ariaLabel: words.frame });
    this.frame.addEventListener("input", () => this.plan && this.paint());
    this.told = element("p", { className: "dl-export-size", role: "status" });
    this.note = element("p", { className: "dl-export-note" });
    this.bar = element("progress", { max: 1, ariaLabel: words.progress });
    this.buttons = Object.fromEntries(
      Object.entries({ make: () => this.make(), cancel: () => this.work?.abort(), save: () => this.save() }).map(([name, act]) => {
        const button = element("button", { type: "button", className: `dl-export-${name}`, textContent: words[name] });
        button.addEventListener("click", act);
        return [name, button];
      }),
    );
    const foot = element("div", { className: "dl-export-work" }, this.bar, ...Object.values(this.buttons));
    parent.replaceChildren(this.form.root, this.preview, this.frame, this.told, this.note, foot);
    this.offer("make");
  }

  /** Show one of the buttons. */
  offer(name) {
    for (const [each, button] of Object.entries(this.buttons)) button.hidden = each !== name;
    this.bar.hidden = name !== "cancel";
    this.form.root.disabled = name === "cancel";
  }

  async show() {
    this.laid = null;
    this.form.name();
    await this.draw();
  }

  /** Nothing goes on when nobody looks. */
  hide() {
    this.turn = null;
    this.work?.abort();
    this.guess?.abort();
    this.forget();
  }

  change() {
    this.forget();
    this.draw().catch(this.host.fail);
  }

  /** What was made is another animation than what the fields say now. */
  forget() {
    if (this.made) URL.revokeObjectURL(this.made.address);
    this.made = null;
    this.preview.replaceChildren(this.canvas);
    this.frame.hidden = false;
    this.offer("make");
  }

  /** Work out what the fields come to, and show it. */
  async draw() {
    const turn = (this.turn = {});
    this.guess?.abort();
    this.plan = null;
    this.buttons.make.disabled = true;
    const whole = await this.host.figureNow();
    if (turn !== this.turn) return;
    for (const part of [this.form.root, this.preview, this.frame, this.buttons.make]) part.hidden = !whole?.total;
    setText(this.note, "");
    if (!whole?.total) return setText(this.told, this.words.nothing);
    this.form.cover(whole.total);
    const fault = this.form.fault();
    setText(this.told, fault);
    if (fault) return;
    const figure = await this.figure();
    if (turn !== this.turn) return;
    const plan = this.planOf(figure);
    const way = plan.kind === "gif" ? { by: "gif" } : await wayOf(plan.kind, plan);
    if (turn !== this.turn) return;
    this.plan = plan;
    this.frame.max = plan.count - 1;
    this.paint();
    setText(this.told, this.filled(this.words.comes));
    this.warn(way);
    this.buttons.make.disabled = !way;
    if (way && way.by !== "recorder") await this.weigh(plan);
  }

  /** What is seen, laid out for this size; it stays as long as neither is another. */
  async figure() {
    const { theme, part } = this.form.value();
    const wanted = [{ theme, part }, this.form.pixels()];
    const key = JSON.stringify(wanted);
    if (this.laid?.key !== key) this.laid = { key, figure: await figureFor(this.host.figureNow, ...wanted) };
    return this.laid.figure;
  }

  /** What `encode` is given, and the name of the file. */
  planOf(figure) {
    const { kind, from, to, speed, rate, theme } = this.form.value();
    const [width, high] = this.form.pixels();
    const height = high ?? even((width * figure.height) / figure.width);
    const span = { from, to, speed, rate };
    const title = figure.note.replace("{step}", `${from}–${to}`);
    const { background } = themeOf(theme, { font: "" });
    const draw = (context, i) => drawInto(context, [figure.width, figure.height], background, () => figure.draw(context, stepOf(i, span)));
    const about = { title, comment: `${title} ${this.host.link()}`, name: `${figure.file}_steps${from}-${to}.${kind}` };
    return { kind, width, height, rate, count: countOf(span), hold: HOLD, draw, ...about };
  }

  paint() {
    const { width, height, draw } = this.plan;
    draw(sized(this.canvas, width, height, 1), Number(this.frame.value));
    this.canvas.style.cssText = "";
  }

  /** A sentence with the number of frames in it, how long they last, and how large they are. */
  filled(sentence, bytes = 0) {
    const { count, rate, hold, width, height, kind } = this.plan;
    const seconds = short(lasting(count, rate, hold));
    const values = { count, seconds, width, height, size: sizeOf(bytes), kind: KINDS[kind] };
    return sentence.replace(/{(\w+)}/g, (_, name) => values[name]);
  }

  /** Say why this browser makes it otherwise than is best, or not at all. */
  warn(way) {
    const { words, plan } = this;
    const how = !way ? words.impossible : way.by === "recorder" ? words.recorded : plan.kind === "mp4" && way.codec === "vp9" ? words.no_h264 : "";
    const why = how && way?.by !== "encoder" && !window.isSecureContext ? `${words.plain_http} ` : "";
    setText(this.note, why + this.filled(how));
  }

  async weigh(plan) {
    const { signal } = (this.guess = new AbortController());
    try {
      const bytes = await estimate({ ...plan, signal });
      if (plan === this.plan && !this.work && !this.made) setText(this.told, this.filled(this.words.about, bytes));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async make() {
    const { plan, words } = this;
    this.guess?.abort();
    const { signal } = (this.work = new AbortController());
    this.bar.value = 0;
    this.offer("cancel");
    this.buttons.cancel.focus();
    this.host.say("");
    try {
      this.present(await encode({ ...plan, signal, progress: (part) => (this.bar.value = part) }));
    } catch (error) {
      this.offer("make");
      if (signal.aborted) this.host.say(words.cancelled);
      else this.host.fail(error);
    } finally {
      this.work = null;
    }
  }

  /** Play what was made, with its size, before it is saved. */
  present(blob) {
    const { plan, words } = this;
    const address = URL.createObjectURL(blob);
    this.made = { blob, address };
    const shown = { src: address, className: "dl-export-made" };
    const moving = { controls: true, loop: true, muted: true, autoplay: true, ariaLabel: plan.title };
    this.preview.replaceChildren(plan.kind === "gif" ? element("img", { ...shown, alt: plan.title }) : element("video", { ...shown, ...moving }));
    this.frame.hidden = true;
    setText(this.told, this.filled(words.done, blob.size));
    this.offer("save");
    this.buttons.save.focus();
  }

  save() {
    this.host.say(this.host.words.dialog.saved.replace("{name}", save(this.made.blob, this.plan.name)));
  }
}

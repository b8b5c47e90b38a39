// The transport bar: the player, with the link, the picture and the Export dialog.

import { toClipboard } from "../base/clipboard.js";
import { clock } from "../stage/clock.js";
import { stage, wholeLink } from "../stage/store.js";
import { Exporting } from "./exporting/dialog.js";
import { offerRace, savePicture } from "./picture.js";
import { Player } from "./player.js";
import { Share } from "./share.js";

export class Transport extends Player {
  /** `crowded`: whether the page's link has more settings than are read. */
  constructor(parent) {
    super(parent);
    for (const name of ["link", "picture", "export"]) {
      this.names.push(name);
      this.parts[name] = this.root.querySelector(`.dl-${name}`);
    }
    this.parts.link.addEventListener("click", () => this.copyLink());
    this.parts.picture.addEventListener("click", ({ shiftKey }) => this.takePicture(shiftKey));
    this.parts.export.addEventListener("click", () => this.exporting.open());
    this.share = new Share(parent, (link) => this.copy(link));
    this.exporting = new Exporting(parent, () => this.wholeLink());
    this.classroom.acts.e = () => this.exporting.open();
    this.ends.push(offerRace(() => this.data));
  }

  show(data) {
    super.show(data);
    this.exporting.show(data.export);
  }

  open(data) {
    super.open(data);
    if (this.crowded) this.say(this.data.words.crowded);
  }

  /** The link has every value, the step shown, and whether it plays on from there. Each lane brings its own part. */
  async copyLink() {
    const now = { at: String(Math.floor(clock.step)), ...((clock.playing || this.waiting) && { play: "1" }) };
    await this.copy(this.wholeLink(now));
    await this.share.show(now, this.data);
  }

  /** With the step, where something has steps. */
  wholeLink(now = stage.lanes.size ? { at: String(Math.floor(clock.step)) } : {}) {
    const url = new URL(document.baseURI);
    url.search = new URLSearchParams({ ...Object.fromEntries(wholeLink()), ...now });
    return url.href;
  }

  async copy(link) {
    this.say((await toClipboard(link)) ? this.data.words.copied : link);
  }

  /** `own`: in the page's colours. */
  async takePicture(own) {
    const { picture } = this.parts;
    picture.disabled = true;
    this.say(this.data.words.drawing);
    try {
      this.say(await savePicture(this.data, own));
    } catch (error) {
      console.error(error);
      this.say(this.data.words.failed);
    } finally {
      picture.disabled = false;
    }
  }

  end() {
    super.end();
    this.share.end();
  }
}

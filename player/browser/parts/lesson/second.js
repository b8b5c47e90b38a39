// The lesson's page and the sheet on a second screen, windows of one browser: each follows the other's step.

const NAME = "descent-lab lesson";

/** Of the lesson's page: turn(by) is called when the sheet asks for another step. */
export class Shown {
  constructor(turn) {
    this.channel = new BroadcastChannel(NAME);
    this.channel.onmessage = ({ data }) => {
      if (data.turn && data.lesson === this.now?.lesson) turn(data.turn);
      else if (data.where) this.tell();
    };
  }

  /** This step is shown now. */
  show(lesson, step) {
    this.now = { lesson, step };
    this.tell();
  }

  tell() {
    if (this.now) this.channel.postMessage(this.now);
  }
}

/** Of the sheet: follow({lesson, step}) is called with each step that a lesson's page shows, and once with the one it shows already. */
export class Following {
  constructor(follow) {
    this.channel = new BroadcastChannel(NAME);
    this.channel.onmessage = ({ data }) => {
      if (!data.step) return;
      this.now = data;
      follow(data);
    };
    this.channel.postMessage({ where: true });
  }

  /** Ask the lesson's page for the step before or after. */
  turn(by) {
    if (this.now) this.channel.postMessage({ turn: by, lesson: this.now.lesson });
  }
}

// A film strip: one lane at several steps side by side, as one figure.

import { ink } from "../base/colour.js";
import { traceMarker } from "../base/marker.js";
import { wrapped } from "../base/measure.js";

const [EDGE, GAP, HEAD, LINE] = [16, 4, 24, 17]; // units about all, between two pictures, above them for the lane's name, and for a line of the note
const [EACH, LEAST, MOST] = [300, 170, 5]; // units of a picture, where no width is given, where one is, and how many stand in a row
const TYPE = 11; // the size of most letters

/**
 * frame(options) gives the figure of one picture of a size, as `figureNow` does; steps: at which it is drawn; size: of all, as `figureNow` has it.
 *
 * Its draw() takes no step: `steps` says which it shows.
 */
export async function stripOf(frame, steps, { width, font }) {
  const unit = (font ?? TYPE) / TYPE; // print is no exception: a picture of a strip is small already
  const room = width ? width / unit - 2 * EDGE : null;
  const most = room ? Math.max(1, Math.floor((room + GAP) / (LEAST + GAP))) : MOST;
  const rows = Math.ceil(steps.length / Math.min(steps.length, most));
  const columns = Math.ceil(steps.length / rows);
  const wide = room ? (room + GAP) / columns - GAP : EACH;
  const one = await frame({ size: { width: wide * unit, font: TYPE * unit } });
  if (!one?.shown) return null;
  const [{ title, marker, colours: own, letters }] = one.shown;
  const { colours } = one;
  const [whole, high] = [columns * (wide + GAP) - GAP, one.height / unit + GAP];
  const note = one.note.replace("{step}", steps.join(", "));
  const lines = wrapped(note, whole, `12px ${colours.font}`, " ");
  const top = EDGE + (one.titled ? HEAD : 0) + LINE * lines.length;
  const [across, down] = [whole + 2 * EDGE, top + rows * high + EDGE - GAP];
  const draw = (context) => {
    context.fillStyle = colours.background;
    context.fillRect(0, 0, across, down);
    Object.assign(context, { textAlign: "left", textBaseline: "middle", font: `600 15px ${colours.font}` });
    if (one.titled) {
      traceMarker(context, marker, EDGE + 8, EDGE + 8, 5.5);
      context.fillStyle = own[colours.name];
      context.fill();
      context.fillStyle = letters[colours.name];
      context.fillText(title, EDGE + 20, EDGE + 8);
    }
    Object.assign(context, { font: `12px ${colours.font}`, fillStyle: ink(colours, 0.85) });
    lines.forEach((line, k) => context.fillText(line, EDGE, top - LINE * (lines.length - k - 0.4)));
    steps.forEach((step, k) => {
      context.save();
      context.translate(EDGE + (k % columns) * (wide + GAP), top + Math.floor(k / columns) * high);
      context.scale(1 / unit, 1 / unit);
      one.draw(context, step);
      context.restore();
    });
  };
  return {
    ...one,
    ...{ steps, note, total: 0, width: across * unit, height: down * unit },
    draw: (context) => {
      context.save();
      context.scale(unit, unit);
      draw(context);
      context.restore();
    },
  };
}

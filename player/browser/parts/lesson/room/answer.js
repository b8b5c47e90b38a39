// A question's answer as the room takes it, or null where there is none.

import { clock } from "../../../stage/clock.js";

const HEIGHTS = 24; // of a curve that was drawn by hand
const DIGITS = 4;

export function sent(question, answer) {
  return answer === null || answer === undefined ? null : SENT[question.kind](question, answer);
}

const rounded = (value) => Number(Number(value).toPrecision(DIGITS));

const SENT = {
  choice: (_question, answer) => answer,
  slide: (_question, answer) => rounded(answer),
  place: ({ lanes }, answer) => lanes.map((lane) => answer[lane]?.map(rounded) ?? null),
  sketch: (_question, values) => {
    const heights = Array.from({ length: HEIGHTS }, (_, i) => values[Math.round((i * clock.total) / (HEIGHTS - 1))]);
    const logs = heights.map((value) => (value > 0 ? rounded(Math.log10(value)) : null));
    return logs.filter((each) => each !== null).length > 1 ? logs : null;
  },
};

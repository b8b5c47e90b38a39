// The one clock of the page and its only animation loop: every panel, curve and control shows the same step.

const STEPS_A_SECOND = 20; // at speed 1
const READABLE = 125; // milliseconds that numbers stand at least while it plays

const now = { step: 0, total: 1, playing: false, speed: 1, loop: false };
const drawers = new Set();
const writers = new Set();
let written = { step: null, time: -Infinity };
let last = null; // time of the last frame while playing
let rest = 0; // seconds still to wait at the end before a loop begins again
let requested = false;
let changed = false; // something else than the time
let held = false; // at step 0, whatever is asked of it

export const clock = now;

/** Call `draw(clock)` in every frame in which something may have changed; returns a function that ends it. */
export function onFrame(draw) {
  drawers.add(draw);
  repaint();
  return () => drawers.delete(draw);
}

/** Call `write(clock)` where texts may have changed: while it plays less often than in every frame. */
export function onText(write) {
  writers.add(write);
  repaint();
  return () => writers.delete(write);
}

/** Draw and write in the next frame: something has changed. */
export function repaint() {
  changed = true;
  request();
}

function request() {
  if (requested) return;
  requested = true;
  requestAnimationFrame(frame);
}

function frame(time) {
  requested = false;
  if (now.playing) advance(last === null ? 0 : (time - last) / 1000);
  last = now.playing ? time : null;
  for (const draw of drawers) draw(now);
  const step = Math.floor(now.step);
  if (changed || !now.playing || (step !== written.step && time - written.time >= READABLE)) {
    written = { step, time };
    changed = false;
    for (const write of writers) write(now);
  }
  if (now.playing) request();
}

function advance(seconds) {
  if (now.step >= now.total) {
    rest -= seconds;
    if (!now.loop) now.playing = false;
    else if (rest <= 0) now.step = 0;
    return;
  }
  // A tab that was in the background goes on from where it was, and does not leap.
  now.step = Math.min(now.step + Math.min(seconds, 0.25) * STEPS_A_SECOND * now.speed, now.total);
  rest = 1.5;
}

/** Keep the clock at step 0, whatever is asked of it, or let it go again. */
export function hold(on) {
  held = on;
  if (on) seek(0);
}

export function play() {
  if (held) return;
  if (now.step >= now.total) now.step = 0;
  now.playing = true;
  repaint();
}

export function pause() {
  now.playing = false;
  repaint();
}

export function toggle() {
  if (now.playing) pause();
  else play();
}

/** Go to a step and stay there. */
export function seek(step) {
  now.playing = false;
  now.step = held ? 0 : Math.min(Math.max(step, 0), now.total);
  repaint();
}

export function forward() {
  seek(Math.floor(now.step) + 1);
}

export function back() {
  seek(Math.ceil(now.step) - 1);
}

export function restart() {
  now.step = 0;
  play();
}

export function configure({ total, speed, loop }) {
  if (total !== undefined) {
    const atEnd = now.step >= now.total && now.step > 0;
    now.total = total;
    if (now.step > total || (atEnd && !now.playing)) now.step = total;
  }
  if (speed !== undefined) now.speed = speed;
  if (loop !== undefined) now.loop = loop;
  repaint();
}

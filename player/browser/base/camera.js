// A camera that turns about the vertical: it stays above the ground, upright, and looks at the middle of a box.

const DISTANCE = 4; // from the middle of the box, in heights of the view: so much nearer than farther things look larger
const [LOWEST, HIGHEST] = [8, 90].map((degrees) => (degrees * Math.PI) / 180);
const MOST = 12; // times as large as at first

/** turn: about the vertical, from where one looks along y, and tilt: how steeply down, in radians; pan: how far, in sizes of the picture. */
export const HOME = Object.freeze({ turn: 0.46, tilt: 0.78, zoom: 1, pan: Object.freeze([0, 0]) });

/** Turned by so many radians, never below the ground nor over the top. */
export function turned(camera, across, down) {
  return { ...camera, turn: (camera.turn + across) % (2 * Math.PI), tilt: Math.min(Math.max(camera.tilt + down, LOWEST), HIGHEST) };
}

/** So many times larger; what lies at a place [x, y], in sizes of the picture from its middle, stays there, and moves by `by` where fingers move. */
export function zoomed(camera, times, [x, y] = [0, 0], [dx, dy] = [0, 0]) {
  const zoom = Math.min(Math.max(camera.zoom * times, 1), MOST);
  const grown = zoom / camera.zoom;
  const most = (zoom - 1) / 2; // the picture is never left
  const pan = camera.pan.map((v, i) => Math.min(Math.max([x, y][i] + grown * (v - [x, y][i]) + [dx, dy][i], -most), most));
  return { ...camera, zoom, pan };
}

export function sameCamera(a, b) {
  return a.turn === b.turn && a.tilt === b.tilt && a.zoom === b.zoom && a.pan.every((v, i) => v === b.pan[i]);
}

/**
 * The three rows by which [x, y, z, 1] becomes [X, Y, W]: X / W and Y / W are the place in a picture, W the distance along the line of sight.
 *
 * solid: half of the box's lengths a and b on the ground, about (0, 0), and its heights [low, high]; picture = {width, height, margins: [l, r, t, b]}
 */
export function rowsOf({ turn, tilt, zoom, pan }, solid, { width, height, margins: [left, right, top, bottom] }) {
  const sight = sightOf(turn, tilt, solid);
  const seen = cornersOf(solid).map((corner) => seenAt(sight, corner)); // the box fills the picture, however it is turned
  const bounds = [0, 1].map((i) => [Math.min(...seen.map((at) => at[i])), Math.max(...seen.map((at) => at[i]))]);
  const [across, down] = bounds.map(([low, high]) => high - low);
  const size = Math.min((width - left - right) / across, (height - top - bottom) / down);
  const middle = [(left + width - right) / 2, (top + height - bottom) / 2].map((v, i) => v - (size * (bounds[i][0] + bounds[i][1])) / 2);
  const [cx, cy] = [width, height].map((length, i) => length / 2 + zoom * (middle[i] - length / 2) + length * pan[i]);
  return [sight[0].map((v, i) => zoom * size * v + cx * sight[2][i]), sight[1].map((v, i) => zoom * size * v + cy * sight[2][i]), sight[2]];
}

/** The corners of a box. */
export function cornersOf([a, b, [low, high]]) {
  return [-a, a].flatMap((x) => [-b, b].flatMap((y) => [low, high].map((z) => [x, y, z])));
}

/** Rows for: to the right, downwards, and away from the eye. */
function sightOf(turn, tilt, [, , [low, high]]) {
  const [s, c] = [Math.sin(turn), Math.cos(turn)];
  const [up, flat] = [Math.sin(tilt), Math.cos(tilt)];
  const middle = (low + high) / 2;
  return [
    [c, -s, 0, 0],
    [-up * s, -up * c, -flat, flat * middle],
    [flat * s, flat * c, -up, DISTANCE + up * middle],
  ];
}

function seenAt(rows, [x, y, z]) {
  const [u, v, w] = rows.map(([a, b, c, d]) => a * x + b * y + c * z + d);
  return [u / w, v / w];
}

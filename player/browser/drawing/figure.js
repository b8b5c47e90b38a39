// The surface in 3-D as a figure for Plotly: the map's heights, colours and level lines, and axes.

import { solid } from "../base/colour.js";

const TALL = 0.55; // the heights' range, as the view's height is 1
const TICKS = 4;

/** {traces, layout} of a surface; camera as Plotly has it, type: how much larger letters are than usual. */
export function solidFigure(surface, relief, colours, camera, type) {
  const layout = {
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "rgba(0,0,0,0)",
    font: { family: colours.font, size: 10 * type, color: solid(colours, 0.75) },
    hovermode: false,
    scene: {
      ...axes(surface, relief, colours, type),
      camera,
      dragmode: "turntable",
      aspectmode: "manual",
      aspectratio: { x: surface.aspect, y: 1, z: TALL },
    },
  };
  return { traces: [trace(surface, colours)], layout };
}

function trace({ figure, grid }, colours) {
  const { z, zmin, zmax, contours } = figure.data[0];
  const { colorscale } = figure.themes[colours.name][0];
  const still = { highlight: false };
  return {
    type: "surface",
    x: ticksOf(grid.x),
    y: ticksOf(grid.y),
    z,
    cmin: zmin,
    cmax: zmax,
    colorscale,
    showscale: false,
    hoverinfo: "none",
    contours: { x: still, y: still, z: { ...still, show: true, ...contours, color: solid(colours, 0.5), width: 1 } },
    lighting: { ambient: 0.72, diffuse: 0.55, specular: 0.03, roughness: 0.9, fresnel: 0 },
  };
}

/** The axes; the heights' has the colour bar's ticks, f itself at the places where it is drawn. */
function axes({ figure }, { ranges, low, high, lift }, colours, type) {
  const { colorbar } = figure.data[0];
  const every = Math.ceil(colorbar.tickvals.length / TICKS);
  const some = (values) => values.filter((_, i) => i % every === 0);
  const axis = {
    color: solid(colours, 0.65),
    linecolor: solid(colours, 0.4),
    gridcolor: solid(colours, 0.13),
    showbackground: false,
    zeroline: false,
    showspikes: false,
    nticks: 5,
  };
  const title = (text) => ({ title: { text, font: { size: 11 * type } } });
  return {
    xaxis: { ...axis, ...title("x"), range: ranges[0] },
    yaxis: { ...axis, ...title("y"), range: ranges[1] },
    zaxis: {
      ...axis,
      ...title(colorbar.title.text),
      range: [low - lift, high + lift],
      tickvals: some(colorbar.tickvals),
      ticktext: some(colorbar.ticktext),
    },
  };
}

function ticksOf({ from, step, count }) {
  return Float64Array.from({ length: count }, (_, i) => from + i * step);
}

// A slider in Streamlit's page, which hears of it when it is let go, or when a lost connection is there again.

import { Slider } from "../../parts/slider.js";
import { known, onConnection } from "./connection.js";
import { mounting } from "./mount.js";
import "./sliders.js";

export default mounting(
  Slider,
  (slider, { tell }) => {
    slider.keep = (value) => tell("value", value);
    slider.heard = () => known;
  },
  (slider) => onConnection((what) => what === "known" && slider.again()),
);

// Rules that train a network, in Streamlit's page.

import { Training } from "../../parts/training.js";
import { mounting } from "./mount.js";

export default mounting(Training, (training, { tell }) => {
  training.pick = (number) => tell("lane", number);
  training.keepCurve = (name) => tell("curve", name);
  training.keepMoment = (moment) => tell("moment", moment);
});

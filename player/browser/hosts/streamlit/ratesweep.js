// A sweep over the rates of trainings, in Streamlit's page.

import { RateSweep } from "../../parts/ratesweep.js";
import { mounting } from "./mount.js";

export default mounting(RateSweep, (sweep, { tell }) => {
  sweep.pick = (number) => tell("lane", number);
  sweep.keepRates = (rates) => tell("rates", rates);
});

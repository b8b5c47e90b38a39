// What a learning rate does, in Streamlit's page.

import { Rates } from "../../parts/rates.js";
import { mounting } from "./mount.js";

export default mounting(Rates, (rates, { tell }) => {
  rates.keep = (rate) => tell("rate", rate);
});

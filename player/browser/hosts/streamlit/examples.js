// The data panel in Streamlit's page.

import { Examples } from "../../parts/examples.js";
import { mounting } from "./mount.js";

export default mounting(Examples, (examples, { tell }) => {
  examples.keep = (points) => tell("points", points);
});

// PDF is made by the server, of the SVG, which is sent there for that; where it cannot, it says why.

import { ask } from "../../base/ask.js";
import { svgOf } from "../../export/svgfile.js";

/** A figure at a step as a PDF. Raises Error with a sentence of the server, or with words.offline where it does not answer. */
export async function pdfOf(figure, step, { offline }) {
  const headers = { "Content-Type": "image/svg+xml", "Accept-Language": document.documentElement.lang };
  const body = svgOf(figure, step);
  const answer = await ask("export/pdf", { method: "POST", headers, body }).catch((error) => {
    throw error.why ? error : new Error(offline);
  });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  return answer.blob();
}

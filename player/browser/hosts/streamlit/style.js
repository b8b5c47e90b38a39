// The player's style sheets in Streamlit's page.

const sheets = [
  "access.css",
  "account.css",
  "present.css",
  "panel.css",
  "curves.css",
  "transport.css",
  "slider.css",
  "inspector.css",
  "print.css",
  "ruler.css",
  "share.css",
  "exporting.css",
  "texts.css",
  "sweep.css",
  "paths.css",
  "basins.css",
  "rates.css",
  "hand.css",
  "job.css",
  "best.css",
  "training.css",
  "lossplane.css",
  "examples.css",
  "held.css",
  "plotly.css",
  "streamlit.css",
].map((name) => new URL(`../../style/${name}`, import.meta.url).href);

/** Load the style sheets, once. */
export function useStyle() {
  for (const href of sheets) {
    if (document.querySelector(`link[href="${href}"]`)) continue;
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
  }
}

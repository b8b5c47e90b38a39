// Plotly, loaded once from this server (player/vendor), and all that is known here of its inside, as plotly.js 4.1.1 has it.
//
// What Plotly keeps for itself may change with any version: tests/test_browser_upgrades.py says what that breaks. Styles for its elements stand in
// style/plotly.css.

let loading = null;

export function plotly() {
  loading ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = document.createElement("script");
    script.src = new URL("../../plotly/plotly.min.js", import.meta.url).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      loading = null; // the next map tries again
      script.remove();
      reject(new Error(`${script.src} did not load`));
    };
    document.head.append(script);
  });
  return loading;
}

/** The ranges [[x0, x1], [y0, y1]] that a plot's axes show now. */
export function rangesOf(element) {
  const { xaxis, yaxis } = element._fullLayout;
  return [xaxis, yaxis].map(({ range }) => range.map(Number));
}

/** Remove a plot. */
export function clear(element) {
  window.Plotly?.purge(element);
}

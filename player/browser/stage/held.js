// What the server does not do just now, as too much came from this network: its sentence stands at the foot of the page while that lasts.

const LATER = 500; // milliseconds that the sentence stays after it is asked again
const LASTS = 3000; // milliseconds from one refusal to the next in which it counts as lasting
const REFUSED = [429, 503];

let strip = null;
let timer = null;
let last = -Infinity; // when the server refused last, in milliseconds

/**
 * Where the answer is a refusal, wait for as long as it says; whether it was one. Its sentence is shown meanwhile.
 *
 * `quiet`: only where another refusal came shortly before, as for what a hand moves.
 */
export async function heldBack(answer, quiet = false) {
  if (!REFUSED.includes(answer.status)) return false;
  const milliseconds = 1000 * Math.max(Number(answer.headers.get("Retry-After")) || 1, 1);
  const text = await answer.text();
  const lasting = performance.now() - last < LASTS + milliseconds;
  last = performance.now();
  if (text && (lasting || !quiet)) show(text, milliseconds + LATER);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return true;
}

function show(text, milliseconds) {
  if (!strip) {
    strip = Object.assign(document.createElement("div"), { className: "dl-held" });
    strip.setAttribute("role", "status");
    document.body.append(strip);
  }
  strip.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => (strip.textContent = ""), milliseconds);
}

// What a browser asks of a lecture hall's room, and what it keeps of it.

import { ask } from "../../../base/ask.js";

const PATIENCE = 8000; // milliseconds for an answer
const KEPT = "descent-lab room";

/** The server said no: `why` in a word, a sentence as message, `after`: seconds until it may be asked again, 0 where that does not help. */
export class Refusal extends Error {
  constructor({ why, text }, after) {
    super(text);
    Object.assign(this, { why, after });
  }

  /** Whether the room is no more, or was none. */
  get final() {
    return ["gone", "restarted", "wrong", "secret"].includes(this.why);
  }
}

/**
 * POST something to the room; what it answers, or null. Throws Refusal, or another error where nobody answers.
 * Its code stands in the address too: of several servers behind a proxy one has the room.
 */
export function post(path, content) {
  const where = content.code ? `?${new URLSearchParams({ code: content.code })}` : "";
  return call(`room/${path}${where}`, { method: "POST", body: JSON.stringify({ ...content, lang: document.documentElement.lang }) });
}

/** The room's state; null where nothing is new. Throws as `post` does. */
export function state(query, secret) {
  const asked = new URLSearchParams({ ...query, lang: document.documentElement.lang });
  return call(`room/state?${asked}`, { headers: secret ? { "Room-Secret": secret } : {}, cache: "no-store" });
}

async function call(path, options) {
  const answer = await ask(path, { ...options, signal: AbortSignal.timeout(PATIENCE) });
  if (answer.status === 204) return null;
  const told = await answer.json();
  if (!answer.ok) throw new Refusal(told, Number(answer.headers.get("Retry-After")) || 0);
  return told;
}

/** A random name for this browser in one room, of 128 bits. */
export function stranger() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** {code, era, who} of a student's room or {code, era, secret} of a teacher's, as this browser remembers it; null where there is none. */
export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

export function remember(room) {
  try {
    if (room) localStorage.setItem(KEPT, JSON.stringify(room));
    else localStorage.removeItem(KEPT);
  } catch {
    // it is refused: the room lasts as long as the page
  }
}

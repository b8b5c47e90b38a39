// Under which addresses others find what the page shows, and each as a QR code.

import { ask } from "../base/ask.js";

const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;
const PASSING = ["at", "play"]; // what a link says of the clock

/**
 * {short: the link, the address bar's where none is given, with what `clock` says of the clock; room: the same for others in the room, or null;
 * local: whether this is the server's own computer; open: whether the server answers others, null where it does not tell; scanned: what leads
 * here from elsewhere, or null}.
 */
export async function addresses(clock, link = location.href) {
  const own = new URL(link);
  own.hash = "";
  for (const name of PASSING) own.searchParams.delete(name);
  for (const [name, value] of Object.entries(clock)) own.searchParams.set(name, value);
  const local = LOCAL.test(own.hostname);
  const told = local ? await networkOf() : null;
  const room = told?.address ? elsewhere(own, told.address) : null;
  return { short: own.href, room, local, open: told && told.open, scanned: room ?? (local ? null : own.href) };
}

/** Where the server draws a link as a QR code. */
export function drawn(link) {
  return new URL(`code?${new URLSearchParams({ link })}`, document.baseURI).href;
}

/** How many characters of a link are too many for a code; 0 where it fits. */
export function tooLong(link, most) {
  const { length } = new TextEncoder().encode(link);
  return length > most ? length : 0;
}

/** {open, address} of the server in its network; null where it does not tell. */
async function networkOf() {
  try {
    const answer = await ask("network");
    return answer.ok ? await answer.json() : null;
  } catch (error) {
    console.warn(error); // the link was copied all the same
    return null;
  }
}

/** The same link under another host's address. */
function elsewhere(link, address) {
  const other = new URL(link);
  other.hostname = address.includes(":") ? `[${address}]` : address;
  return other.href;
}

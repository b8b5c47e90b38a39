// What stands by a copied link: the same link, shorter; the one for others in the room; and this as a QR code, large when it is clicked.
//
// It takes no focus and stops no key. A click elsewhere closes it, or Escape.

const LOCAL = /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/;

export class Share {
  /** copy(text) puts a text into the clipboard and says so. */
  constructor(parent, copy) {
    this.root = parent.querySelector(".dl-share");
    this.wall = parent.querySelector(".dl-wall");
    this.copy = copy;
    this.wall.addEventListener("click", () => this.wall.close());
    this.left = (event) => !this.root.hidden && !event.composedPath().some((part) => part === this.root || part === this.wall) && this.close();
    this.pressed = (event) => {
      if (event.key !== "Escape" || this.root.hidden || document.querySelector("dialog[open]")) return;
      event.preventDefault(); // it leaves nothing else at the same time
      this.close();
    };
    document.addEventListener("pointerdown", this.left, true);
    document.addEventListener("keydown", this.pressed, true);
  }

  /** Offer the link of the address bar with `clock`, what it says of the clock besides; data = {words, most: bytes of a QR code}. */
  async show(clock, { words, most }) {
    const own = new URL(location.href);
    own.hash = "";
    for (const name of ["at", "play"]) own.searchParams.delete(name);
    for (const [name, value] of Object.entries(clock)) own.searchParams.set(name, value);
    const turn = (this.turn = {});
    const local = LOCAL.test(own.hostname);
    const told = local ? await networkOf() : null;
    if (turn !== this.turn) return; // the link was copied again
    const room = told?.address ? elsewhere(own, told.address) : null;
    const parts = [this.line(words.share_short, own.href, words)];
    if (room) parts.push(this.line(words.share_room, room, words));
    else if (local && told) parts.push(element("p", {}, told.open ? words.share_alone : words.share_own));
    const link = room ?? (local ? null : own.href);
    const length = new TextEncoder().encode(link ?? "").length;
    if (length > most) parts.push(element("p", {}, words.share_long.replace("{length}", length).replace("{most}", most)));
    else if (link) parts.push(this.code(link, words));
    this.root.setAttribute("aria-label", words.share);
    this.root.replaceChildren(...parts);
    this.root.hidden = false;
  }

  line(name, link, { share_copy: copy }) {
    const field = element("input", { type: "text", readOnly: true, value: link });
    field.addEventListener("focus", () => field.select());
    const button = element("button", { type: "button" }, copy);
    button.addEventListener("click", () => this.copy(link));
    return element("label", {}, name, element("span", {}, field, button));
  }

  code(link, { share_scan: scan }) {
    const src = new URL(`code?${new URLSearchParams({ link })}`, document.baseURI).href;
    const button = element("button", { type: "button", className: "dl-code", title: scan }, element("img", { src, alt: "" }));
    button.setAttribute("aria-label", scan);
    button.addEventListener("click", () => {
      this.wall.replaceChildren(element("img", { src, alt: link }), element("p", {}, link));
      this.wall.showModal();
    });
    return button;
  }

  close() {
    this.turn = null;
    this.root.hidden = true;
  }

  end() {
    document.removeEventListener("pointerdown", this.left, true);
    document.removeEventListener("keydown", this.pressed, true);
  }
}

/** {open, address} of the server in its network; null where it does not tell. */
async function networkOf() {
  try {
    const answer = await fetch(new URL("network", document.baseURI));
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

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// Runs in the page before the program does, and watches it from outside: it changes nothing that the program does or sees.

(() => {
  performance.setResourceTimingBufferSize(1000); // a browser keeps 250 entries, and forgets the later ones
  const bytes = { received: 0, sent: 0, messages: 0 };
  const size = (data) => (typeof data === "string" ? data.length : (data.byteLength ?? data.size ?? 0));
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        bytes.received += size(data);
        bytes.messages += 1;
      });
    }
    send(data) {
      bytes.sent += size(data);
      super.send(data);
    }
  };

  const maps = []; // every request for a map of runs: when it was asked for, when it had come, and its bytes
  const plain = window.fetch;
  window.fetch = (...given) => (String(given[0]).includes("/map/") ? asked(given) : plain(...given));

  async function asked(given) {
    const map = { first: String(given[0]).includes("/map/first"), at: performance.now() };
    maps.push(map);
    const response = await plain(...given);
    const read = response.arrayBuffer.bind(response);
    response.arrayBuffer = async () => {
      const data = await read();
      Object.assign(map, { came: performance.now(), bytes: data.byteLength });
      return data;
    };
    return response;
  }

  const nextFrame = () => new Promise(requestAnimationFrame);
  const trail = () => document.querySelector(".dl-trail");

  /** A number that changes with any pixel of the canvas; 0 while it is blank. */
  function pixels(canvas) {
    if (!canvas?.width || !canvas.height) return 0;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let hash = 0;
    for (const value of new Uint32Array(data.buffer)) if (value) hash = (Math.imul(hash, 31) + value) | 0;
    return hash;
  }

  /** When the trail of the first lane moved for the first time, and when every lane's map was there; milliseconds since the page was asked for. */
  async function opening(lanes) {
    const seen = { moving: null, maps: null };
    let before = 0;
    while (seen.moving === null || seen.maps === null) {
      const time = await nextFrame();
      if (seen.moving === null) {
        const now = pixels(trail());
        if (now && before && now !== before) seen.moving = time;
        before = now;
      }
      const drawn = [...document.querySelectorAll(".dl-map")].filter((map) => map.querySelector(".contourfill path, .dl-scene, .dl-graph"));
      if (drawn.length >= lanes) seen.maps ??= time;
    }
    return seen;
  }

  /** The gaps between animation frames over this many milliseconds. */
  async function gaps(milliseconds) {
    const found = [];
    const end = performance.now() + milliseconds;
    let before = await nextFrame();
    while (before < end) {
      const time = await nextFrame();
      found.push(time - before);
      before = time;
    }
    return found;
  }

  /** How many different pictures a second the loss curve and the first trail show; looking costs time, so this is a lower bound. */
  async function pictures(milliseconds) {
    const begin = await nextFrame();
    let [time, before, different] = [begin, null, 0];
    while (time - begin < milliseconds) {
      time = await nextFrame();
      const now = `${pixels(document.querySelector(".dl-loss"))} ${pixels(trail())}`;
      if (before !== null && now !== before) different += 1;
      before = now;
    }
    return (1000 * different) / (time - begin);
  }

  /** From the next key press to the frame after the one in which this element shows another text, milliseconds. */
  function answer(selector) {
    return new Promise((resolve) => {
      const element = document.querySelector(selector);
      const text = element.querySelector(".dl-rate").textContent;
      let pressed = null;
      document.addEventListener("keydown", () => (pressed = performance.now()), { capture: true, once: true });
      const watcher = new MutationObserver(() => {
        const now = element.querySelector(".dl-rate")?.textContent;
        if (pressed === null || !now || now === text) return;
        watcher.disconnect();
        requestAnimationFrame(() => resolve(performance.now() - pressed));
      });
      watcher.observe(element, { childList: true, characterData: true, subtree: true });
    });
  }

  /** Watch a slider that is dragged and the text that follows it: for every text, the milliseconds from the value's input to the next frame. */
  function follow(slider, readout) {
    const [range, element] = [document.querySelector(slider), document.querySelector(readout)];
    const number = (text) => Number(text.replaceAll("−", "-").replace("≈", ""));
    const moved = new Map();
    const found = [];
    let last = null;
    range.addEventListener("input", ({ timeStamp }) => moved.set(number(range.getAttribute("aria-valuetext")), timeStamp));
    new MutationObserver(() => {
      const value = number(element.querySelector(".dl-rate")?.textContent ?? "");
      if (value === last || !moved.has(value)) return;
      last = value;
      const at = moved.get(value);
      requestAnimationFrame(() => found.push(performance.now() - at));
    }).observe(element, { childList: true, characterData: true, subtree: true });
    return found;
  }

  window.probe = { bytes, maps, opening, gaps, pictures, answer, follow };
})();

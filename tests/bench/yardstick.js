// In the page that is measured: what it shows, frame by frame. Used by tests/bench/playback.py.

window.yardstick = (() => {
  // What of an SVG element can be seen. Its text counts, too; ids, classes and data don't.
  const SEEN = [
    "d",
    "style",
    "transform",
    "clip-path",
    "fill",
    "stroke",
    "stroke-width",
    "opacity",
  ];
  SEEN.push("x", "y", "width", "height", "cx", "cy", "r", "x1", "y1", "x2", "y2", "points");
  const MOST = 256; // pixels across to which a larger canvas is scaled before it is compared
  const PATIENCE = 15_000; // ms after which what was waited for counts as never seen

  const scratch = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

  function pixels(canvas) {
    const width = Math.min(canvas.width, MOST);
    const height = Math.min(canvas.height, MOST);
    if (!width || !height) return 0;
    scratch.canvas.width = width; // also clears it
    scratch.canvas.height = height;
    scratch.drawImage(canvas, 0, 0, width, height);
    let digest = 0;
    for (const pixel of new Uint32Array(scratch.getImageData(0, 0, width, height).data.buffer))
      digest = Math.imul(digest ^ pixel, 0x01000193);
    return digest;
  }

  // All that the SVG and the canvases within the first element of that selector show, as a list.
  function picture(selector) {
    const seen = [];
    const root = document.querySelector(selector);
    for (const el of root?.querySelectorAll("svg *") ?? []) {
      for (const name of SEEN) seen.push(el.getAttribute(name));
      if (el.firstChild?.nodeType === Node.TEXT_NODE) seen.push(el.firstChild.nodeValue);
    }
    for (const canvas of root?.querySelectorAll("canvas") ?? []) seen.push(pixels(canvas));
    return seen;
  }

  const differ = (a, b) => a.length !== b.length || a.some((value, i) => value !== b[i]);

  // Call back once a frame, right after it was painted, until the answer is true. What a script
  // then finds is what was painted; a frame that is overtaken by the next goes uncounted.
  function eachFrame(after) {
    const { port1, port2 } = new MessageChannel();
    let over = false;
    port1.onmessage = ({ data }) => (over ||= after(data));
    const frame = (time) => {
      if (over) return;
      port2.postMessage(time);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  // Watch until stop() is called: how many frames, how many of them showed another picture than
  // the one before (anywhere, and by selector), and the longest time from one frame to the next,
  // in milliseconds, and how many are over 50.
  function watch(selectors) {
    let last = null;
    let over = false;
    const times = [];
    const changed = { any: 0 };
    for (const selector of selectors) changed[selector] = 0;
    eachFrame((time) => {
      const now = selectors.map(picture);
      times.push(time);
      const changes = selectors.filter((_, i) => last && differ(now[i], last[i]));
      for (const selector of changes) changed[selector] += 1;
      if (changes.length) changed.any += 1;
      last = now;
      return over;
    });
    const stop = () => {
      over = true;
      const gaps = times.slice(1).map((time, i) => time - times[i]);
      const seconds = (times.at(-1) - times[0]) / 1000;
      const long = gaps.filter((gap) => gap > 50.5).length; // three frames at 60 a second are 50
      return { seconds, frames: gaps.length, changed, long, longest: Math.max(...gaps) };
    };
    return { stop };
  }

  // Milliseconds from a time to the painted frame after which a condition holds, or infinitely
  // many if it doesn't in time.
  const until = (holds, start = 0) =>
    new Promise((resolve) =>
      eachFrame(() => {
        const taken = performance.now() - start;
        const seen = holds();
        if (seen || taken > PATIENCE) resolve(seen ? taken : Infinity);
        return seen || taken > PATIENCE;
      }),
    );

  // The same from the next event of a type, as the browser stamps it. begin: called at the event,
  // gives the condition.
  const answer = (type, begin) =>
    new Promise((resolve) => {
      const start = (event) => resolve(until(begin(), event.timeStamp));
      addEventListener(type, start, { capture: true, once: true });
    });

  // The condition that each of these shows another picture than now.
  const allChange = (selectors) => () => {
    const before = selectors.map(picture);
    return () => selectors.every((selector, i) => differ(picture(selector), before[i]));
  };

  // Whether each of these holds a chart whose traces are drawn.
  const drawn = (selectors) =>
    selectors.every((selector) => document.querySelector(`${selector} .trace path`));

  const number = (name) => {
    const text = document.querySelector(`[data-testid="${name}"]`)?.textContent;
    return text ? Number(text) : NaN;
  };

  // Whether the network's lines have just these widths, and the read-out says that loss, a text.
  const shows = (widths, loss) => {
    const lines = [...document.querySelectorAll(".st-key-network .js-line")];
    return (
      document.querySelector('[data-testid="loss"]')?.textContent === loss &&
      lines.length === widths.length &&
      lines.every((el, i) => Math.abs(parseFloat(el.style.strokeWidth) - widths[i]) < 0.01)
    );
  };

  return { allChange, answer, drawn, number, shows, until, watch };
})();

// The network: a text and a glow in each neuron, and each synapse's stroke and weight.

const DIM = 0.3; // the opacity of what steps back
const NEAR = 12; // pixels within which a synapse is found

PAINTERS.network = (plot, host) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const [discs, glow] = [part("discs"), part("glow")].map(({ nodes }) => nodes(".point"));
  const [values, weights, names] = [part("values"), part("weights"), part("input-names")].map(
    ({ nodes }) => byIndex(nodes("text")),
  );
  const legend = host.legend();
  const paintSynapses = meta.strokes.banded ? bandPainter(plot) : linePainter(plot);
  const caption = captionPainter(plot);
  pickable(plot, host.place("network"));
  for (const label of [...weights, ...names]) label.classList.add("nnviz-halo");
  const { w: width } = plot._fullLayout._size;
  for (const name of [...names, ...part("names").nodes("text")]) keepWithin(name, width);

  const activationText = (activation) => activation.toFixed(meta.activationDecimals);
  const weightText = (weight) =>
    `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(meta.weightDecimals)}`;

  function paintNeurons(texts, brightness) {
    texts.forEach((text, i) => {
      discs[i].style.strokeOpacity = text === null ? DIM : 1;
      if (values[i]) setText(values[i], text ?? "");
      const k = i - meta.inputs; // inputs don't glow
      if (k >= 0) glow[k].style.opacity = text === null ? 0 : meta.glowAtMost * brightness(k);
    });
  }

  return (film, frame, { light, captions }) => {
    const { inputs } = film;
    const activations = film.at("network.neurons", frame);
    const own = [...inputs.values, ...[...activations].map(activationText)];
    if (light) paintNeurons(light.neurons, () => 0.6);
    else paintNeurons(own, (k) => activations[k]);
    (light ?? inputs).names.forEach((text, i) => {
      if (!names[i] || names[i].textContent === text) return;
      setText(names[i], text);
      keepWithin(names[i], width);
    });
    legend.forEach((el, i) => setText(el, light?.legend[i] ?? el.dataset.own));
    legend[2]?.classList.toggle("nnviz-loud", !!light?.loud);
    paintSynapses(light?.strokes ?? film.at("network.strokes", frame));
    if (weights.length) {
      const labels = light?.labels ?? [...film.at("network.weights", frame)].map(weightText);
      labels.forEach((text, k) => setText(weights[k], text));
    }
    caption(light?.captions ?? captions);
  };
};

// In a narrow chart, a long name above a neuron at its edge would be cut off there.
function keepWithin(name, width) {
  name.removeAttribute("dx");
  const { x: left, width: own } = name.getBBox();
  const dx = Math.max(0, -left) + Math.min(0, width - left - own);
  if (dx) name.setAttribute("dx", dx.toFixed(1));
}

// Pointing at the network says its numbers, if the server has sent those of this very picture.
function captionPainter(plot) {
  const part = parts(plot);
  const [neurons, synapses] = [part("discs"), part("synapse-hover")].map(({ points }) => points);
  let last = null;
  return (captions) => {
    plot.style.pointerEvents = captions ? "" : "none";
    if (!captions || captions === last) return;
    last = captions;
    neurons.forEach((at, i) => (at.htx = captions.neurons[i]));
    // A synapse has several points, by which the pointer finds it.
    synapses.forEach((at, i) => (at.htx = captions.synapses[i % captions.synapses.length]));
  };
}

// A synapse or a neuron can be picked, by pointer or touch; the server opens what is said of it.
// Plotly's own click is not used: it is off while the captions are, and wants the very point.
function pickable(plot, place) {
  place.nnvizPicks?.abort(); // those of the chart that stood here before
  const { signal } = (place.nnvizPicks = new AbortController());
  const find = finder(plot);
  let down = null;
  const on = (type, then) => place.addEventListener(type, then, { signal, capture: true });
  on("pointerdown", (event) => (down = event.isPrimary && !event.button ? event : null));
  on("pointermove", (event) => {
    const found = find(event);
    place.classList.toggle("nnviz-picks", event.pointerType === "mouse" && found !== null);
    window.dispatchEvent(new CustomEvent("nnviz-near", { detail: found }));
  });
  on("pointercancel", () => (down = null)); // a touch that scrolls
  const up = (event) => {
    const stays = down && Math.hypot(event.x - down.x, event.y - down.y) < NEAR;
    const found = stays && find(down);
    down = null;
    if (found) window.nnvizPlayhead.pick(found);
  };
  // Plotly lays a cover over the page while a button is down, so it is released there.
  window.addEventListener("pointerup", up, { signal, capture: true });
}

// What is near a place on the screen: a neuron, or else the nearest synapse.
function finder(plot) {
  const part = parts(plot);
  const { meta } = plot.layout;
  const { x, y } = axes(plot);
  const [discs, ends] = [part("discs").trace, part("synapses").trace];
  const layers = meta.layers.flatMap((n, layer) => [...Array(n).keys()].map((k) => [layer, k]));
  const at = (trace, i) => [x(trace.x[i]), y(trace.y[i])];
  const neurons = layers.map((neuron, i) => ({ neuron, at: at(discs, i) }));
  const synapses = Array.from({ length: ends.x.length / 3 }, (_, k) => [3 * k, 3 * k + 1]);
  const lines = synapses.map(([start, stop]) => [at(ends, start), at(ends, stop)]);
  const layer = part("discs").nodes(".point")[0].parentNode;

  return (event) => {
    if (!window.nnvizPlayhead?.picks || !plot.isConnected) return null;
    const { a, d, e, f } = layer.getScreenCTM();
    const here = [(event.clientX - e) / a, (event.clientY - f) / d];
    const far = (there) => Math.hypot(here[0] - there[0], here[1] - there[1]);
    const near = event.pointerType === "mouse" ? NEAR : 2 * NEAR; // a finger is broader
    const found = neurons.find((one, i) => far(one.at) < discs.marker.size[i] / 2 + 4);
    if (found) return { neuron: found.neuron };
    const distances = lines.map(([start, stop]) => far(nearestOn(start, stop, here)));
    const nearest = distances.reduce((best, d, k) => (d < distances[best] ? k : best), 0);
    return distances[nearest] < near ? { synapse: nearest } : null;
  };
}

// The point of a line that is nearest to a place.
function nearestOn([x0, y0], [x1, y1], [x, y]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const share = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
  const within = Math.max(0, Math.min(1, share));
  return [x0 + within * dx, y0 + within * dy];
}

// Paints each synapse, which Plotly drew as a path, with its stroke; one whose stroke is null
// steps back, and says nothing: what it was painted with before is of something else.
function linePainter(plot) {
  const { colors, widths, opacities } = plot.layout.meta.strokes;
  const part = parts(plot);
  const paths = part("synapses").nodes(".js-line");
  let last = [];
  return (present) => {
    paths.forEach(({ style }, k) => {
      const stroke = present[k];
      if (stroke === last[k]) return;
      const isDark = stroke === null;
      style.opacity = isDark ? DIM / 2 : opacities[stroke];
      style.stroke = isDark ? "gray" : colors[stroke];
      style.strokeWidth = isDark ? "1.5px" : `${widths[stroke]}px`;
    });
    last = present;
  };
}

// Paints all synapses of one stroke as one path, as there are many.
function bandPainter(plot) {
  const { colors, widths, opacities } = plot.layout.meta.strokes;
  const part = parts(plot);
  const segments = synapseSegments(plot, part("synapses").trace);
  const paths = part("synapses").nodes(".js-line");
  for (const path of paths.splice(colors.length)) path.remove();
  const finestFirst = [...paths.keys()].sort((a, b) => widths[a] - widths[b]);
  for (const k of finestFirst) paths[k].parentNode.append(paths[k]); // or one sign hides the other
  paths.forEach(({ style }, stroke) => {
    style.stroke = colors[stroke];
    style.strokeWidth = `${widths[stroke]}px`;
    style.opacity = opacities[stroke];
  });
  return (present) => {
    const lines = paths.map(() => []);
    present.forEach((stroke, k) => stroke !== null && lines[stroke].push(segments[k]));
    paths.forEach((path, stroke) => path.setAttribute("d", lines[stroke].join("") || "M0,0"));
  };
}

// Each synapse's line as a piece of an SVG path, in the order of the weights.
function synapseSegments(plot, ends) {
  const { x, y } = axes(plot);
  const at = (i) => `${x(ends.x[i]).toFixed(1)},${y(ends.y[i]).toFixed(1)}`;
  const count = ends.x.length / 3; // start, stop, gap
  return Array.from({ length: count }, (_, k) => `M${at(3 * k)}L${at(3 * k + 1)}`);
}

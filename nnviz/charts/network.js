// The network: a text and a glow in each neuron, and each synapse's stroke and weight.

const DIM = 0.3; // the opacity of what steps back

PAINTERS.network = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const [discs, glow] = [part("discs"), part("glow")].map(({ nodes }) => nodes(".point"));
  const [values, weights, names] = [part("values"), part("weights"), part("input-names")].map(
    ({ nodes }) => byIndex(nodes("text")),
  );
  const legend = document.querySelectorAll(".nnviz-legend em");
  const paintSynapses = meta.strokes.banded ? bandPainter(plot) : linePainter(plot);
  const caption = captionPainter(plot);
  for (const label of [...weights, ...names]) label.classList.add("nnviz-halo");

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
    (light ?? inputs).names.forEach((text, i) => names[i] && setText(names[i], text));
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

// Paints each synapse, which Plotly drew as a path, with its stroke; one whose stroke is null
// steps back.
function linePainter(plot) {
  const { colors, widths, opacities } = plot.layout.meta.strokes;
  const part = parts(plot);
  const paths = part("synapses").nodes(".js-line");
  let last = [];
  return (present) => {
    paths.forEach(({ style }, k) => {
      const stroke = present[k];
      if (stroke === last[k]) return;
      style.opacity = stroke === null ? DIM / 2 : opacities[stroke];
      if (stroke === null) return;
      style.stroke = colors[stroke];
      style.strokeWidth = `${widths[stroke]}px`;
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

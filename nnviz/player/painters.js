// One painter for each of the page's charts. Plotly draws them, from figures made in Python; a
// painter then moves their SVG, which is several times as fast as having Plotly draw each frame.

const trace = (plot, name) => plot._fullData.find((candidate) => candidate.name === name);
const nodes = (plot, name, part) => {
  const uid = trace(plot, name)?.uid;
  return uid ? [...plot.querySelectorAll(`.trace${uid} ${part}`)] : [];
};
const node = (plot, name, part) => nodes(plot, name, part)[0];

// A line with gaps, which Plotly draws as several paths, as one.
function line(plot, name) {
  const [path, ...rest] = nodes(plot, name, ".js-line");
  for (const other of rest) other.setAttribute("d", "M0,0");
  return path;
}

// Plotly leaves out points it can't draw, so the place in the trace is on the node's datum.
const byIndex = (found) => found.reduce((all, el) => ((all[el.__data__.i] = el), all), []);

function setText(el, text) {
  const child = el.firstChild;
  if (child && child.nodeType === Node.TEXT_NODE) {
    if (child.nodeValue !== text) child.nodeValue = text;
  } else el.textContent = text;
}

const axes = (plot) => {
  const { xaxis, yaxis } = plot._fullLayout;
  return { x: (value) => xaxis.c2p(value), y: (value) => yaxis.c2p(value) };
};
const DIM = 0.3; // the opacity of what steps back

const move = (el, x, y) => el.setAttribute("transform", `translate(${x},${y})`);

function networkPainter(plot) {
  const { glowAtMost, sizes, strokes } = plot.layout.meta;
  const texts = (name) => byIndex(nodes(plot, name, "text"));
  const [values, weights, names] = ["values", "weights", "input-names"].map(texts);
  const [discs, glow] = ["discs", "glow"].map((name) => nodes(plot, name, ".point"));
  const legend = document.querySelectorAll(".nnviz-legend em");
  const paintSynapses = (strokes.banded ? bandPainter : linePainter)(plot, strokes);
  for (const label of [...weights, ...names]) label.classList.add("nnviz-halo");

  function paintNeurons(texts, brightness) {
    texts.forEach((text, i) => {
      discs[i].style.strokeOpacity = text === null ? DIM : 1;
      if (values[i]) setText(values[i], text ?? "");
      if (i < sizes[0]) return; // inputs don't glow
      glow[i - sizes[0]].style.opacity = text === null ? 0 : glowAtMost * brightness(i - sizes[0]);
    });
  }

  return (film, frame, { light }) => {
    const { inputs } = film;
    const activations = film.at("neurons", frame);
    const own = [...inputs.values, ...[...activations].map((a) => a.toFixed(2))];
    if (light) paintNeurons(light.neurons, () => 0.6);
    else paintNeurons(own, (i) => activations[i]);
    (light ?? inputs).names.forEach((text, i) => names[i] && setText(names[i], text));
    legend.forEach((el, i) => setText(el, light?.legend[i] ?? el.dataset.own));
    paintSynapses(light?.strokes ?? film.at("strokes", frame));
    const labels = film.weights && (light?.labels ?? [...film.at("weights", frame)].map(signed));
    labels?.forEach((text, k) => setText(weights[k], text));
  };
}

// Paints each synapse, which Plotly drew as a path, with its stroke; one whose stroke is null
// steps back.
function linePainter(plot, { colors, widths, opacities }) {
  const paths = nodes(plot, "synapses", ".js-line");
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
function bandPainter(plot, { colors, widths, opacities }) {
  const segments = synapseSegments(plot);
  const paths = nodes(plot, "synapses", ".js-line");
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
function synapseSegments(plot) {
  const { x, y } = axes(plot);
  const ends = trace(plot, "synapses"); // start, stop, gap
  const at = (i) => `${x(ends.x[i]).toFixed(1)},${y(ends.y[i]).toFixed(1)}`;
  return Array.from({ length: ends.x.length / 3 }, (_, k) => `M${at(3 * k)}L${at(3 * k + 1)}`);
}

// A curve over the epochs: the part that was played is the whole curve, seen through a window.
// Returns what moves the playhead; a color is needed only where it changes.
function curvePainter(plot) {
  const { x, y } = axes(plot);
  const [recorded, played] = [line(plot, "recorded"), line(plot, "played")];
  const point = node(plot, "playhead", ".point");
  const seen = windowOnto(played, `nnviz-${trace(plot, "played").uid}`);
  played.setAttribute("d", recorded.getAttribute("d"));

  return (epoch, value, color) => {
    const [left, top] = [x(epoch), y(value)];
    if (!Number.isFinite(top)) return;
    seen.setAttribute("width", Math.max(0, left + 9));
    move(point, left, top);
    if (color) played.style.stroke = point.style.fill = color;
  };
}

function windowOnto(path, id) {
  const svg = path.ownerSVGElement;
  path.setAttribute("clip-path", `url(#${id})`);
  const found = svg.querySelector(`#${id} rect`);
  if (found) return found;
  const make = (name) => document.createElementNS(svg.namespaceURI, name);
  const clip = make("clipPath");
  clip.id = id;
  const seen = clip.appendChild(make("rect"));
  for (const [name, value] of [["x", -9], ["y", -999], ["height", 9999]])
    seen.setAttribute(name, value);
  svg.querySelector("defs").append(clip);
  return seen;
}

function lossPainter(plot) {
  const paint = curvePainter(plot);
  return (film, frame) => {
    if (drawCurve(plot, film)) return; // Plotly has drawn, and the stage painted again
    paint(film.epochs[frame], film.loss[frame]);
  };
}

// Another run, or a longer recording, has another curve: have Plotly draw it, in place.
function drawCurve(plot, film) {
  const { take, recorded } = plot.layout.meta;
  if (take === film.take && recorded === film.recorded) return false;
  const [epochs, losses] = [[...film.epochs], [...film.loss]];
  window.Plotly.update(
    plot,
    { x: [epochs, epochs, [0]], y: [losses, losses, [losses[0]]] },
    { "xaxis.range": [0, film.recorded], meta: { take: film.take, recorded: film.recorded } },
  );
  return true;
}

function predictionPainter(plot) {
  const { x, y } = axes(plot);
  const [guesses, questions] = ["guess", "question"].map((name) => nodes(plot, name, ".point"));
  const points = [...guesses, ...questions];
  const gap = line(plot, "gap");
  const targets = trace(plot, "target");
  const rows = points.map((_, row) => y(row));
  // What pointing goes by, else it would find the dots where Plotly drew them.
  const data = ["guess", "question"].flatMap((name) => plot.calcdata[trace(plot, name).index]);

  return (film, frame) => {
    const present = [...film.at("guesses", frame)];
    const places = present.map((guess) => x(guess));
    points.forEach((point, row) => {
      move(point, places[row], rows[row]);
      data[row].x = present[row];
    });
    const lines = guesses.map((_, row) => `M${x(targets.x[row])},${rows[row]}H${places[row]}`);
    gap?.setAttribute("d", lines.join(""));
  };
}

// The film does not hold every weight, but the chart's own curve does.
function weightPainter(plot) {
  const paint = curvePainter(plot);
  const { take, signs } = plot.layout.meta;
  const { x: epochs, y: weights } = trace(plot, "recorded");
  return (film, frame) => {
    if (film.take !== take) return; // the curve of this run is yet to come
    const epoch = Math.min(film.epochs[frame], epochs.at(-1));
    const before = Math.max(0, epochs.findLastIndex((recorded) => recorded < epoch));
    const after = Math.min(before + 1, epochs.length - 1);
    const share = (epoch - epochs[before]) / (epochs[after] - epochs[before] || 1);
    const weight = weights[before] + share * (weights[after] - weights[before]);
    paint(epoch, weight, signs[weight < 0 ? 0 : 1]);
  };
}

// Moves when the server has sent the neuron's place, with the text beside it.
function slopePainter(plot) {
  const { x, y } = axes(plot);
  const [tangent, point] = [line(plot, "tangent"), node(plot, "point", ".point")];
  const at = ([z, s]) => `${x(z)},${y(s)}`;
  return (film, frame, { slope }) => {
    if (!slope) return;
    tangent.setAttribute("d", `M${slope.tangent.map(at).join("L")}`);
    move(point, x(slope.point[0]), y(slope.point[1]));
  };
}

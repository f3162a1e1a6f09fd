// A chart of Streamlit's page, or of a film that is a page of its own.
const chart = (name) =>
  document.querySelector(`:is(.st-key-${name}, [data-chart=${name}]) .js-plotly-plot`);

// What is painted on the page at this moment, read from the picture and not from the film.
window.look = () => {
  const [network, loss, prediction] = ["network", "loss", "prediction"].map(chart);
  const parts = (plot, name, selector) => {
    const trace = plot._fullData.find((candidate) => candidate.name === name);
    return trace ? [...plot.querySelectorAll(`.trace${trace.uid} ${selector}`)] : [];
  };
  const place = (point) =>
    point
      .getAttribute("transform")
      .match(/-?\d[\d.e-]*/g)
      .map(Number);
  const inData = (plot, point) => {
    const { xaxis, yaxis } = plot._fullLayout;
    const [x, y] = place(point);
    return [xaxis.p2c(x), yaxis.p2c(y)];
  };
  const texts = (name) => parts(network, name, "text").map((text) => text.textContent);
  const number = (name) => document.querySelector(`[data-testid="${name}"]`)?.textContent;

  const lines = [...network.querySelectorAll(".js-line")].map((path) => {
    const { opacity, stroke, strokeWidth } = getComputedStyle(path);
    const ofAll = getComputedStyle(path.closest(".trace")).opacity;
    const d = path.getAttribute("d");
    return { stroke, width: parseFloat(strokeWidth), opacity: opacity * ofAll, d };
  });
  const clip = loss.querySelector("[id^=nnviz-] rect");
  return {
    epoch: number("epoch"),
    loss: number("loss"),
    prediction: number("prediction"),
    late: document.documentElement.classList.contains("nnviz-late"),
    slider: document.querySelector('input[aria-label="Epoch"]')?.value,
    lines,
    discs: parts(network, "discs", ".point").map(place),
    weights: texts("weights"),
    values: texts("values"),
    names: [...texts("input-names"), ...texts("names")],
    glow: parts(network, "glow", ".point").map((disc) => Number(getComputedStyle(disc).opacity)),
    point: inData(loss, parts(loss, "playhead", ".point")[0]),
    played: clip && loss._fullLayout.xaxis.p2c(clip.getAttribute("width") - 9),
    guesses: ["guess", "question"].flatMap((name) =>
      parts(prediction, name, ".point").map((point) => inData(prediction, point)[0]),
    ),
    gaps: parts(prediction, "gap", ".js-line")
      .flatMap((path) => path.getAttribute("d").match(/M[^M]+[LH][^M]+/g) ?? [])
      .map((line) => prediction._fullLayout.xaxis.p2c(parseFloat(line.match(/[LH](.*)/)[1]))),
  };
};

// Where the only marker stands on a chart of the tab, in the chart's own units.
window.markerOf = (name) => {
  const plot = document.querySelector(`.st-key-${name} .js-plotly-plot`);
  const point = plot?.querySelector(".point");
  if (!point) return null;
  const [x, y] = point
    .getAttribute("transform")
    .match(/-?\d[\d.e-]*/g)
    .map(Number);
  return [plot._fullLayout.xaxis.p2c(x), plot._fullLayout.yaxis.p2c(y)];
};

// The pictures of so many of the screen's frames, one after the other.
window.watch = async (frames) => {
  const seen = [];
  while (seen.length < frames) {
    await new Promise(requestAnimationFrame);
    seen.push(window.look());
  }
  return seen;
};

// What pointing at the network would say: of each neuron, then of each synapse.
window.hoverTexts = () => {
  const plot = document.querySelector(".st-key-network .js-plotly-plot");
  const of = (name) => {
    const { index } = plot._fullData.find((trace) => trace.name === name);
    return plot.calcdata[index].map((point) => point.htx);
  };
  return { neurons: of("discs"), synapses: of("synapse-hover"), held: plot.style.pointerEvents };
};

// What all painters share. Plotly draws the charts, from figures made in Python; a painter then
// moves their SVG, which is several times as fast as having Plotly draw each frame.

// For each chart, by its name, what prepares to paint on it: called with the chart's element, and
// with the host that it stands on, see player/streamlit.js, it returns (film, frame, sent) => …, which paints one frame. sent: by name, what the server sent to
// be painted, as far as it fits that frame.
const PAINTERS = {};

// A chart's parts, by the names that its figure gives them: nnviz/charts/style.py.
function parts(plot) {
  const places = plot.layout.meta.parts;
  return (name) => {
    const trace = plot._fullData[places[name]];
    if (!trace) throw new Error(`The chart has no part “${name}”.`);
    const nodes = (selector) => [...plot.querySelectorAll(`.trace${trace.uid} ${selector}`)];
    return { trace, nodes, points: plot.calcdata[trace.index] }; // points: what pointing goes by
  };
}

// A line with gaps, which Plotly draws as several paths, as one.
function line(part) {
  const [path, ...rest] = part.nodes(".js-line");
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

const move = (el, x, y) => el.setAttribute("transform", `translate(${x},${y})`);

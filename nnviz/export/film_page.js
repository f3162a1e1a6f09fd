// A file that stands alone, as the player's host: see player/streamlit.js, which is the other.

const FILE = {
  place: (chart) => document.querySelector(`[data-chart=${chart}]`),
  readout: (name) => document.querySelector(`[data-testid="${name}"]`),
  legend: () => document.querySelectorAll(".nnviz-legend em"),
  fields: "input:not([type=checkbox]), select",
  isReadOn: () => false,
};

// What the file holds: text as it is, and bytes that are packed.
const held = (id) => document.getElementById(`nnviz-${id}`).textContent;
async function unpacked(id) {
  const packed = Uint8Array.from(atob(held(id)), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Plotly.js is a script of the old kind, which makes a name for all.
async function loadPlotly() {
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(await unpacked("plotly"));
  document.head.append(script);
}

// Dark or light, as the screen asks for it, and as the button does. change: called with each.
function dress(change) {
  const wanted = matchMedia("(prefers-color-scheme: dark)");
  const button = document.getElementById("nnviz-theme");
  const page = document.documentElement;
  const wear = (theme) => {
    page.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light" : "Dark";
    change();
  };
  const wearWanted = () => wear(wanted.matches ? "dark" : "light");
  wanted.addEventListener("change", wearWanted);
  button.addEventListener("click", () => wear(page.dataset.theme === "dark" ? "light" : "dark"));
  wearWanted();
}

// Have Plotly draw the charts in the present colours. The player paints on them.
function draw({ charts, config, colors }) {
  const style = getComputedStyle(document.documentElement);
  const named = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const [ink, paper, border] = ["text-color", "background-color", "border-color"].map(named);
  const meant = { [colors.ink]: ink, [colors.background]: paper };
  const colored = (figure) =>
    JSON.parse(JSON.stringify(figure), (_, value) => meant[value] ?? value);
  const isLogarithmic = document.getElementById("nnviz-logarithmic").checked;
  const drawn = { ...charts, loss: isLogarithmic ? charts.logarithmic : charts.loss };
  for (const place of document.querySelectorAll("[data-chart]")) {
    const { data, layout } = colored(drawn[place.dataset.chart]);
    const template = templateOf(ink, paper, border, named("font"));
    if (!place.firstElementChild) place.append(document.createElement("div"));
    window.Plotly.react(place.firstElementChild, data, { ...layout, template }, config);
  }
}

// How Streamlit dresses a figure: what of its style our charts leave open.
function templateOf(ink, paper, border, family) {
  const font = { family, size: 12, color: ink };
  const axis = {
    color: ink,
    gridcolor: border,
    tickfont: font,
    title: { font: { ...font, size: 13 } },
  };
  return {
    data: { scatter: [{ marker: { line: { width: 0 } } }] },
    layout: {
      font,
      xaxis: { ...axis, showgrid: false, automargin: true, title: { ...axis.title, standoff: 18 } },
      yaxis: { ...axis, automargin: true, title: { ...axis.title, standoff: 22 } },
      hoverlabel: { bgcolor: paper, bordercolor: border, font },
    },
  };
}

async function open() {
  const shown = JSON.parse(held("shown"));
  const redraw = () => window.Plotly && draw(shown);
  dress(redraw);
  await loadPlotly();
  redraw();
  document.getElementById("nnviz-logarithmic").addEventListener("change", redraw);
  // To the player, the file is a server that has sent it to an epoch, and says no more.
  window.nnvizPlayhead = { painted: {}, go: { token: "file", epoch: shown.epoch } };
  new Player(document.getElementById("nnviz-player"), FILE).receive(await unpacked("film"), null);
}

open().catch((error) => {
  console.warn(error);
  document.querySelector("footer p").textContent =
    "This browser can't play the film. One of 2023 or newer can.";
});

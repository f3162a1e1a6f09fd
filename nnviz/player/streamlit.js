// The host of the player is the page around it; this one is Streamlit's. export/film.js has another,
// a file that stands alone.

const STREAMLIT = {
  // Where a chart stands; the chart within it is another, each time that Streamlit builds it anew.
  place: (chart) => document.querySelector(`.st-key-${chart}`),

  // Where the epoch, the loss or the prediction is written.
  readout: (name) => document.querySelector(`[data-testid="${name}"]`),

  // The words of the network's legend.
  legend: () => document.querySelectorAll(".nnviz-legend em"),

  // What uses the player's keys itself.
  fields: `input:not([type=checkbox]), textarea, select, canvas, [contenteditable=true],
    [role=slider], [role=grid], [role=listbox], [role=radiogroup], [role=tablist], [role=menu],
    [role=dialog], [data-testid=stDataFrame]`,

  // Whether it is a button by which one reads on, as those of the walk.
  isReadOn: (target) =>
    /^\s*(Back|Next)\b/.test(target.closest?.(".st-key-tabs .stButton button")?.textContent ?? ""),
};

export default function ({ data, parentElement, setTriggerValue }) {
  const player = (parentElement.nnvizPlayer ??= new Player(parentElement, STREAMLIT));
  // For what lies on the charts: Streamlit tells its colours to components alone.
  const paper = getComputedStyle(player.root).getPropertyValue("--st-background-color");
  document.documentElement.style.setProperty("--nnviz-paper", paper);
  player.receive(data, setTriggerValue);
  return () => {
    player.close();
    delete parentElement.nnvizPlayer;
  };
}

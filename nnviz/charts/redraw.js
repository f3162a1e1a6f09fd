// Charts of what the server computes wherever the film rests: until it has, they step back.

const AWAY = 0.35; // the opacity of a chart while another epoch is shown than the one it is of

// Have Plotly draw what the server sent in the place of what a chart shows; the stage paints again
// thereafter. drawn: the parts that change. sent: the values of each by its name, where a value
// that is lacking stays as it is; what of the layout changes with them; and a key for it all.
function redraw(plot, drawn, { traces, layout, key }) {
  const names = new Set(drawn.flatMap(({ trace }) => Object.keys(traces[trace.name] ?? {})));
  const values = {};
  for (const name of names)
    values[name] = drawn.map(({ trace }) => (traces[trace.name] ?? {})[name]);
  window.Plotly.update(
    plot,
    values,
    { ...layout, meta: { ...plot.layout.meta, key } },
    drawn.map(({ trace }) => trace.index),
  );
}

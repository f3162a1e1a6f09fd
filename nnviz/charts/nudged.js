// The loss over one weight: the server computes the curve of each epoch at which the film rests.

PAINTERS.nudged = (plot) => {
  const { meta } = plot.layout;
  return (film, frame, { nudge }) => {
    const fitting = nudge?.weight === meta.weight;
    plot.style.opacity = fitting ? "" : AWAY;
    if (fitting && nudge.key !== meta.key) drawNudge(plot, nudge); // and the stage paints again
  };
};

// Another epoch, or another nudge, has another curve: have Plotly draw it, in place.
function drawNudge(plot, nudge) {
  const part = parts(plot);
  const drawn = [part("curve"), part("tangent"), part("lowest"), part("present"), part("nudged")];
  const { key, lines } = nudge;
  const along = (axis) => drawn.map(({ trace }) => lines[trace.name][axis]);
  window.Plotly.update(
    plot,
    { x: along(0), y: along(1) },
    { "xaxis.range": nudge.x, "yaxis.range": nudge.y, meta: { ...plot.layout.meta, key } },
    drawn.map(({ trace }) => trace.index),
  );
}

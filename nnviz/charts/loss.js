// The loss: the playhead on its curve, which is that of whatever film is played.

PAINTERS.loss = (plot) => {
  const { meta } = plot.layout;
  const paint = curvePainter(plot);
  return (film, frame) => {
    if (!fits(meta.curve, film.of)) return drawCurve(plot, film); // and the stage paints again
    paint(film.epochs[frame], film.at("loss.curve", frame)[0]);
  };
};

// Another run, or a longer recording, has another curve: have Plotly draw it, in place.
function drawCurve(plot, film) {
  const part = parts(plot);
  const drawn = [part("recorded"), part("played"), part("playhead"), part("mean"), part("held")];
  const [epochs, losses] = [[...film.epochs], [...film.array("loss.curve")]];
  const said = epochs.map((_, frame) => film.text("readouts.loss", frame));
  const { recipe, recorded } = film.of;
  const { mean, held, ticks } = film.besideLoss;
  const meta = { ...plot.layout.meta, curve: { recipe, recorded } };
  const logarithmic = plot.layout.yaxis.type === "log";
  window.Plotly.update(
    plot,
    {
      x: [epochs, epochs, [0], mean.x, held.x],
      y: [losses, losses, [losses[0]], mean.y, held.y],
      text: [said, null, null, mean.text, null],
    },
    {
      "xaxis.range": [0, recorded],
      ...(logarithmic && { "yaxis.tickvals": ticks.vals, "yaxis.ticktext": ticks.text }),
      meta,
    },
    drawn.map(({ trace }) => trace.index),
  );
}

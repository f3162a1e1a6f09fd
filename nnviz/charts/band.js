// The answers over the epochs: this run's is the film's own, the range around it comes from the
// server.

PAINTERS.band = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const paint = curvePainter(plot);
  const around = [part("band"), part("median")];
  const own = [part("recorded"), part("played"), part("playhead")];
  return (film, frame, { band }) => {
    plot.style.opacity = band ? "" : AWAY;
    if (band && band.key !== meta.key) return redraw(plot, around, band);
    if (!fits(meta.curve, film.of)) return drawAnswers(plot, own, film);
    paint(film.epochs[frame], film.at("aspect", frame)[0]);
  };
};

// Another run or another question has another curve: have Plotly draw it, in place.
function drawAnswers(plot, own, film) {
  const [epochs, answers] = [[...film.epochs], [...film.array("aspect")]];
  const { recipe, recorded, question, aspect } = film.of;
  window.Plotly.update(
    plot,
    { x: [epochs, epochs, [0]], y: [answers, answers, [answers[0]]] },
    { meta: { ...plot.layout.meta, curve: { recipe, recorded, question, aspect } } },
    own.map(({ trace }) => trace.index),
  );
}

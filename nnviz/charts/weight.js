// One weight: the playhead on its curve. The film does not hold every weight, but the curve does.

PAINTERS.weight = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const paint = curvePainter(plot);
  const { x: epochs, y: weights } = part("recorded").trace;
  return (film, frame) => {
    const epoch = Math.min(film.epochs[frame], epochs.at(-1));
    const before = Math.max(
      0,
      epochs.findLastIndex((recorded) => recorded < epoch),
    );
    const after = Math.min(before + 1, epochs.length - 1);
    const share = (epoch - epochs[before]) / (epochs[after] - epochs[before] || 1);
    const weight = weights[before] + share * (weights[after] - weights[before]);
    paint(epoch, weight, meta.signs[weight < 0 ? 0 : 1]);
  };
};

// The path of the training over the loss, and the playhead on it.

PAINTERS.road = (plot) => {
  const { meta } = plot.layout;
  const { x, y } = axes(plot);
  const part = parts(plot);
  const path = part("path").trace;
  const [point] = part("playhead").nodes(".point");
  const [start] = part("start").nodes("text");
  start.classList.add("nnviz-halo");
  const { epochs } = meta;
  return (film, frame) => {
    const epoch = Math.min(film.epochs[frame], epochs.at(-1));
    const at = Math.max(
      0,
      epochs.findLastIndex((known) => known <= epoch),
    );
    const next = Math.min(at + 1, epochs.length - 1);
    const share = (epoch - epochs[at]) / (epochs[next] - epochs[at] || 1);
    const between = (values) => values[at] + share * (values[next] - values[at]);
    move(point, x(between(path.x)), y(between(path.y)));
  };
};

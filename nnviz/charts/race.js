// Runs on one clock: a dot on each curve, at the epoch that is shown.

PAINTERS.race = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const { xaxis, yaxis, xaxis2, yaxis2 } = plot._fullLayout;
  const sides = [
    [dotsOf(part("losses"), xaxis, yaxis), meta.curves.losses],
    [dotsOf(part("answers"), xaxis2, yaxis2), meta.curves.answers],
  ];
  const { epochs } = meta;

  return (film, frame) => {
    const at = Math.max(
      0,
      epochs.findLastIndex((epoch) => epoch <= film.epochs[frame]),
    );
    for (const [moveDots, curves] of sides)
      moveDots(
        epochs[at],
        curves.map((curve) => curve[at]),
      );
  };
};

// Moves a trace's dots, and the letters at them.
function dotsOf({ nodes, points }, xaxis, yaxis) {
  const dots = nodes(".point");
  const letters = byIndex(nodes("text"));
  for (const letter of letters) letter?.classList.add("nnviz-halo");
  return (epoch, values) =>
    values.forEach((value, k) => {
      const [left, top] = [xaxis.c2p(epoch), yaxis.c2p(value)];
      if (!dots[k] || !Number.isFinite(top)) return;
      move(dots[k], left, top);
      letters[k]?.setAttribute("x", left + 9);
      letters[k]?.setAttribute("y", top + 4);
      [points[k].x, points[k].y] = [epoch, value];
    });
}

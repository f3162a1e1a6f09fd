// Runs on one clock: a dot on each curve, at the epoch that is shown.

const LINE = 12; // pixels from one letter to the next below it

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
  return (epoch, values) => {
    const left = xaxis.c2p(epoch);
    const tops = values.map((value) => yaxis.c2p(value));
    const there = [...dots.keys()].filter((k) => Number.isFinite(tops[k]));
    for (const k of there) {
      move(dots[k], left, tops[k]);
      [points[k].x, points[k].y] = [epoch, values[k]];
    }
    // The letters of dots that lie close stand one below the other.
    let free = -Infinity;
    for (const k of there.filter((k) => letters[k]).sort((a, b) => tops[a] - tops[b])) {
      const top = Math.max(tops[k], free);
      letters[k].setAttribute("x", left + 9);
      letters[k].setAttribute("y", top + 4);
      free = top + LINE;
    }
  };
}

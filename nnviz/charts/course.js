// The curve of a network with one input, and what is asked on it.

PAINTERS.course = (plot) => {
  const { meta } = plot.layout;
  const { x, y } = axes(plot);
  const part = parts(plot);
  const curve = line(part("curve"));
  const asked = part("asked");
  const [diamond] = asked.nodes(".point");
  const [j] = asked.trace.meta;
  let shown = null;

  takePointing(plot, ([across]) => {
    if (!shown) return null;
    const k = nearest(meta.x, across);
    const value = shown[k].toFixed(meta.decimals).replace("-", "−");
    const [name, label] = meta.plain;
    return {
      said: `${name} ${rounded(meta.x[k])} → ${label} ${value}`,
      asked: [[j, meta.x[k]]],
    };
  });

  return (film, frame, { map }) => {
    const maps = mapsOf(film, frame, map, meta.ground);
    plot.style.opacity = maps ? "" : AWAY;
    if (maps) {
      shown = maps.answers;
      const points = meta.x.map((value, k) => `${x(value)},${y(shown[k])}`);
      curve.setAttribute("d", `M${points.join("L")}`);
    }
    move(diamond, x(film.of.question[j]), y(film.at("aspect", frame)[0]));
  };
};

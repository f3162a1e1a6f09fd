// The map of disagreement, which the server computes wherever the film rests.

PAINTERS.doubt = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const [image] = plot.querySelectorAll("image");
  const paintAsked = askedPainter(plot);
  const size = [meta.x.length, meta.y.length];
  for (const text of part("rows").nodes("text")) text.classList.add("nnviz-halo");
  let shown = null;

  takePointing(plot, ([across, up]) => {
    if (!shown) return null;
    const [column, row] = [nearest(meta.x, across), nearest(meta.y, up)];
    const place = [meta.x[column], meta.y[row]];
    const [nameX, nameY] = meta.plain;
    const width = rounded(Number(shown.values[row * size[0] + column].toPrecision(2)));
    return {
      said: `${nameX} ${rounded(place[0])}, ${nameY} ${rounded(place[1])}: the middle 90 % span ${width}`,
      asked: askedOn(plot, place),
    };
  });

  return (film, frame, { doubt }) => {
    const fitting = doubt?.ground === meta.ground;
    plot.style.opacity = fitting ? "" : AWAY;
    if (fitting && doubt !== shown) {
      shown = doubt;
      const shade = shadeOf(meta.shades, [doubt.most / 2, doubt.most / 2 || 1]);
      setPicture(image, pictureOf(doubt.values, size, shade));
    }
    paintAsked(film, film.text("readouts.prediction", frame));
  };
};

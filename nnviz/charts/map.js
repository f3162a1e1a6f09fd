// The map: its picture, the contour lines on it, and what is asked there.

const ANSWER = [70, 18]; // how far the answer reaches to either side of the question, and in height

PAINTERS.map = (plot) => {
  const { meta } = plot.layout;
  const { x, y } = axes(plot);
  const part = parts(plot);
  const lines = line(part("contours"));
  const texts = part("levels").nodes("text");
  const [image] = plot.querySelectorAll("image");
  const paintAsked = askedPainter(plot);
  const size = [meta.x.length, meta.y.length];
  const shade = shadeOf(meta.shades, meta.scale);
  for (const text of part("rows").nodes("text")) text.classList.add("nnviz-halo");
  let shown = null;
  let asked = [0, 0];

  takePointing(plot, ([across, up]) => {
    if (!shown) return null;
    const [column, row] = [nearest(meta.x, across), nearest(meta.y, up)];
    const value = shown[row * size[0] + column].toFixed(meta.decimals).replace("-", "−");
    const place = [meta.x[column], meta.y[row]];
    const [nameX, nameY, label] = meta.plain;
    return {
      said: `${nameX} ${rounded(place[0])}, ${nameY} ${rounded(place[1])} → ${label} ${value}`,
      asked: askedOn(plot, place),
    };
  });

  const at = ([column, row]) => [
    x(meta.x[0] + column * (meta.x[1] - meta.x[0])),
    y(meta.y[0] + row * (meta.y[1] - meta.y[0])),
  ];

  const paint = calmly((answers) => {
    shown = answers;
    setPicture(image, pictureOf(answers, size, shade));
    let path = "";
    meta.levels.forEach((level, k) => {
      const pieces = contour(answers, size, level);
      for (const [from, to] of pieces) path += `M${at(from)}L${at(to)}`;
      writeLevel(texts[k], pieces);
    });
    lines.setAttribute("d", path || "M0,0");
  });

  // A contour line's number stands where the line comes closest to a slanting line through the
  // map, so that the numbers of neighbours stand apart; not at the edge, where it would be cut, nor
  // on the answer to the question.
  function writeLevel(text, pieces) {
    const isWithin = ([[column, row]]) =>
      column > 1.5 && row > 1.5 && column < size[0] - 2.5 && row < size[1] - 2.5;
    const isFree = ([from]) => {
      const [left, top] = at(from);
      return Math.abs(left - asked[0]) > ANSWER[0] || Math.abs(top - asked[1]) > ANSWER[1];
    };
    const within = pieces.filter((piece) => isWithin(piece) && isFree(piece));
    text.style.display = within.length ? "" : "none";
    if (!within.length) return;
    const slant = ([[column, row]]) => Math.abs(column / size[0] + row / size[1] - 1);
    const [from] = within.reduce((best, piece) => (slant(piece) < slant(best) ? piece : best));
    const [left, top] = at(from);
    text.setAttribute("class", "nnviz-halo");
    text.setAttribute("x", left);
    text.setAttribute("y", top + 4);
    text.removeAttribute("transform");
  }

  return (film, frame, { map }) => {
    const maps = mapsOf(film, frame, map, meta.ground);
    plot.style.opacity = maps ? "" : AWAY;
    const [i, j] = part("asked").trace.meta;
    asked = [x(film.of.question[i]), y(film.of.question[j])];
    if (maps) paint(maps.answers);
    paintAsked(film, film.text("readouts.prediction", frame));
  };
};

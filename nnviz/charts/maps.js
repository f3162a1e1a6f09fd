// What the charts of a whole ground share: their film, their pictures and what pointing at them does.

const MAPS_A_SECOND = 15;

// The maps of one epoch: those that the server sent of it or the film's, which may be thinned, and
// then of the last epoch before. Nothing, as long as neither fits.
function mapsOf(film, frame, sent, ground) {
  if (sent?.ground === ground) return sent;
  const maps = window.nnvizMaps;
  if (!maps || maps.ground !== ground || !fits(maps.of, film.of)) return null;
  const at = maps.frame(film.epochs[frame]);
  return { answers: maps.at("answers", at), neurons: maps.at("neurons", at) };
}

// Calls what is given no more often than that a second, and in the end for the last time.
function calmly(paint) {
  let [last, waiting] = [0, null];
  return (...what) => {
    clearTimeout(waiting);
    const due = last + 1000 / MAPS_A_SECOND - performance.now();
    const now = () => {
      last = performance.now();
      paint(...what);
    };
    if (due <= 0) now();
    else waiting = setTimeout(now, due);
  };
}

// A picture of a grid of values: the first is at the lower left. shade: a value's colour.
function pictureOf(values, [across, up], shade) {
  const canvas = (pictureOf.canvas ??= document.createElement("canvas"));
  [canvas.width, canvas.height] = [across, up];
  const context = canvas.getContext("2d");
  const picture = context.createImageData(across, up);
  for (let row = 0; row < up; row++)
    for (let column = 0; column < across; column++)
      picture.data.set(
        shade(values[row * across + column]),
        4 * ((up - 1 - row) * across + column),
      );
  context.putImageData(picture, 0, 0);
  return canvas.toDataURL();
}

// The colour of a value: of so many shades the one as far from the middle as the value is.
function shadeOf(shades, [middle, reach]) {
  const half = shades.length / 2;
  return (value) => {
    const place = Math.floor(half * (1 + (value - middle) / reach));
    return shades[Math.min(Math.max(place, 0), shades.length - 1)];
  };
}

const setPicture = (image, url) =>
  image.setAttributeNS("http://www.w3.org/1999/xlink", "xlink:href", url);

// Where a line of equal values runs through a grid: [[from, to], …], as places in the grid.
function contour(values, [across, up], level) {
  const pieces = [];
  for (let row = 0; row + 1 < up; row++)
    for (let column = 0; column + 1 < across; column++) {
      const at = row * across + column;
      const corners = [
        [column, row, values[at]],
        [column + 1, row, values[at + 1]],
        [column + 1, row + 1, values[at + across + 1]],
        [column, row + 1, values[at + across]],
      ];
      const crossings = [];
      corners.forEach(([x, y, value], k) => {
        const [nextX, nextY, next] = corners[(k + 1) % 4];
        if (value < level === next < level) return;
        const share = (level - value) / (next - value);
        crossings.push([x + share * (nextX - x), y + share * (nextY - y)]);
      });
      for (let k = 0; k + 1 < crossings.length; k += 2)
        pieces.push([crossings[k], crossings[k + 1]]);
    }
  return pieces;
}

// What is under the pointer is said, and a click asks it. locate: from a place in the chart to what
// is there, { said, asked } or null.
function takePointing(plot, locate) {
  const field = plot.querySelector(".nsewdrag");
  if (!field) return;
  const tip = plot.querySelector(".nnviz-tip") ?? plot.appendChild(document.createElement("div"));
  tip.className = "nnviz-tip";
  tip.hidden = true;
  const placeOf = ({ clientX, clientY }) => {
    const { xaxis, yaxis } = plot._fullLayout;
    const { left, top, width, height } = field.getBoundingClientRect();
    const x = xaxis.p2c(((clientX - left) / width) * xaxis._length);
    const y = yaxis.p2c(((clientY - top) / height) * yaxis._length);
    const inside = clientX >= left && clientX <= left + width;
    return inside && clientY >= top && clientY <= top + height ? [x, y] : null;
  };
  plot.onmousemove = (event) => {
    const place = placeOf(event);
    const found = place && locate(place);
    tip.hidden = !found;
    if (!found) return;
    setText(tip, found.said);
    const box = plot.getBoundingClientRect();
    const left = event.clientX - box.left;
    const flip = left > box.width / 2 ? "translate(-100%, -100%)" : "translate(0, -100%)";
    tip.style.transform = `translate(${left}px, ${event.clientY - box.top - 10}px) ${flip}`;
    field.style.cursor = found.asked ? "pointer" : "";
  };
  plot.onmouseleave = () => (tip.hidden = true);
  plot.onclick = (event) => {
    const place = placeOf(event);
    const asked = place && locate(place)?.asked;
    if (asked) window.nnvizPlayhead?.pick?.({ ask: asked });
  };
}

// The question's diamond on a map, and what is answered there beside it; at the right edge before it.
function askedPainter(plot) {
  const { x, y } = axes(plot);
  const asked = parts(plot)("asked");
  const [diamond] = asked.nodes(".point");
  const [said] = asked.nodes("text");
  const [i, j] = asked.trace.meta;
  const width = plot._fullLayout.xaxis._length;
  said.classList.add("nnviz-halo");
  said.parentElement.removeAttribute("transform"); // Plotly's, for one that stands to the right
  return ({ of }, text) => {
    const [left, top] = [x(of.question[i]), y(of.question[j])];
    const before = left + 12 + 7 * text.length > width; // a digit is 7 pixels broad
    move(diamond, left, top);
    said.setAttribute("text-anchor", before ? "end" : "start");
    said.setAttribute("x", left + (before ? -12 : 12));
    said.setAttribute("y", top + 4);
    setText(said, text);
  };
}

// What a click on a map asks: of the inputs that are its axes.
function askedOn(plot, place) {
  const { meta: inputs } = parts(plot)("asked").trace;
  return inputs.map((j, k) => [j, place[k]]);
}

// The place of the value that is nearest, in a list that rises evenly.
const nearest = (values, value) =>
  Math.min(
    Math.max(Math.round((value - values[0]) / (values[1] - values[0])), 0),
    values.length - 1,
  );

const rounded = (value) => String(Number(value.toPrecision(6))).replace("-", "−");

const EDGE = 9; // pixels beyond the axes in which the playhead is seen, too
const STROKE = 2; // pixels that a line on the axis reaches over it

// A curve over the epochs: the part that was played is the whole curve, seen through a window.
// A click on it sends the playhead there. Returns what moves the playhead; a color is needed only
// where it changes.
function curvePainter(plot) {
  const { x, y } = axes(plot);
  const part = parts(plot);
  const [recorded, played] = [line(part("recorded")), line(part("played"))];
  const [point] = part("playhead").nodes(".point");
  const height = plot._fullLayout.yaxis._length;
  const seen = windowOnto(played, `nnviz-${part("played").trace.uid}`, height);
  played.setAttribute("d", recorded.getAttribute("d"));
  recorded.classList.add("nnviz-future"); // what is yet to come, beneath what was played
  played.classList.add("nnviz-played");
  takeClicks(plot);

  return (epoch, value, color) => {
    const [left, top] = [x(epoch), y(value)];
    if (!Number.isFinite(top)) return;
    seen.setAttribute("width", Math.max(0, left + EDGE));
    move(point, left, top);
    point.style.display = top < -EDGE || top > height + EDGE ? "none" : "";
    if (color) played.style.stroke = point.style.fill = color;
  };
}

// The player hears of a click by an event that carries the epoch.
function takeClicks(plot) {
  const field = plot.querySelector(".nsewdrag");
  if (!field) return; // nothing to click on
  field.style.cursor = "pointer";
  plot.onclick = ({ clientX }) => {
    const { xaxis } = plot._fullLayout;
    const { left, width } = field.getBoundingClientRect();
    const epoch = Math.round(xaxis.p2c(((clientX - left) / width) * xaxis._length));
    const last = Math.floor(xaxis.range[1]);
    const detail = Math.min(Math.max(epoch, 0), last);
    window.dispatchEvent(new CustomEvent("nnviz-go", { detail }));
  };
}

function windowOnto(path, id, height) {
  const svg = path.ownerSVGElement;
  path.setAttribute("clip-path", `url(#${id})`);
  const found = svg.querySelector(`#${id} rect`);
  if (found) return found;
  const make = (name) => document.createElementNS(svg.namespaceURI, name);
  const clip = make("clipPath");
  clip.id = id;
  const seen = clip.appendChild(make("rect"));
  for (const [name, value] of [
    ["x", -EDGE],
    ["y", -STROKE],
    ["height", height + 2 * STROKE],
  ])
    seen.setAttribute(name, value);
  svg.querySelector("defs").append(clip);
  return seen;
}

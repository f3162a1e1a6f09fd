// A curve over the epochs: the part that was played is the whole curve, seen through a window.
// A click on it sends the playhead there. Returns what moves the playhead; a color is needed only
// where it changes.
function curvePainter(plot) {
  const { x, y } = axes(plot);
  const part = parts(plot);
  const [recorded, played] = [line(part("recorded")), line(part("played"))];
  const [point] = part("playhead").nodes(".point");
  const seen = windowOnto(played, `nnviz-${part("played").trace.uid}`);
  played.setAttribute("d", recorded.getAttribute("d"));
  takeClicks(plot);

  return (epoch, value, color) => {
    const [left, top] = [x(epoch), y(value)];
    if (!Number.isFinite(top)) return;
    seen.setAttribute("width", Math.max(0, left + 9));
    move(point, left, top);
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

function windowOnto(path, id) {
  const svg = path.ownerSVGElement;
  path.setAttribute("clip-path", `url(#${id})`);
  const found = svg.querySelector(`#${id} rect`);
  if (found) return found;
  const make = (name) => document.createElementNS(svg.namespaceURI, name);
  const clip = make("clipPath");
  clip.id = id;
  const seen = clip.appendChild(make("rect"));
  for (const [name, value] of [
    ["x", -9],
    ["y", -999],
    ["height", 9999],
  ])
    seen.setAttribute(name, value);
  svg.querySelector("defs").append(clip);
  return seen;
}

// A curve over the epochs: the part that was played is the whole curve, seen through a window.
// Returns what moves the playhead; a color is needed only where it changes.
function curvePainter(plot) {
  const { x, y } = axes(plot);
  const part = parts(plot);
  const [recorded, played] = [line(part("recorded")), line(part("played"))];
  const [point] = part("playhead").nodes(".point");
  const seen = windowOnto(played, `nnviz-${part("played").trace.uid}`);
  played.setAttribute("d", recorded.getAttribute("d"));

  return (epoch, value, color) => {
    const [left, top] = [x(epoch), y(value)];
    if (!Number.isFinite(top)) return;
    seen.setAttribute("width", Math.max(0, left + 9));
    move(point, left, top);
    if (color) played.style.stroke = point.style.fill = color;
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

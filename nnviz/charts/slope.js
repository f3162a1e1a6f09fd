// The sigmoid: its point and tangent move when the server has sent the neuron's place, with the
// text beside it.

PAINTERS.slope = (plot) => {
  const { x, y } = axes(plot);
  const part = parts(plot);
  const tangent = line(part("tangent"));
  const [point] = part("point").nodes(".point");
  const at = ([z, s]) => `${x(z)},${y(s)}`;
  return (film, frame, { slope }) => {
    if (!slope) return;
    tangent.setAttribute("d", `M${slope.tangent.map(at).join("L")}`);
    move(point, x(slope.point[0]), y(slope.point[1]));
  };
};

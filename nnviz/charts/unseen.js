// Rows and what networks say that never saw them: the server computes it wherever the film rests.

PAINTERS.unseen = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const moving = [part("gap"), part("mean"), part("target"), part("guess")];
  const drawn = "guess-number" in meta.parts ? [...moving, part("guess-number")] : moving;
  return (film, frame, { unseen }) => {
    plot.style.opacity = unseen ? "" : AWAY;
    if (unseen && unseen.key !== meta.key) redraw(plot, drawn, unseen);
  };
};

// The answers of many networks: the server computes the histogram of each epoch at which the film
// rests.

PAINTERS.answers = (plot) => {
  const { meta } = plot.layout;
  const part = parts(plot);
  const bars = [part("middle"), part("outside")];
  const drawn = [...bars, part("ends"), part("this run"), part("said")];
  return (film, frame, { answers }) => {
    plot.style.opacity = answers ? "" : AWAY;
    if (answers && answers.key !== meta.key) redraw(plot, drawn, answers);
  };
};

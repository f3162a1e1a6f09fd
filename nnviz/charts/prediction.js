// The guesses: a dot for each row, and the gap between it and its target.

PAINTERS.prediction = (plot) => {
  const { x, y } = axes(plot);
  const part = parts(plot);
  const [paintGuesses, paintQuestions] = [part("guess"), part("question")].map(dotPainter);
  const gap = line(part("gap"));
  const targets = part("target").trace;
  const gapTo = (place, row) => `M${x(targets.x[row])},${y(targets.y[row])}H${place}`;

  // Moves a trace's dots; returns where to.
  function dotPainter({ nodes, points, trace }) {
    const dots = nodes(".point");
    const heights = dots.map((_, row) => y(trace.y[row]));
    return (present) =>
      dots.map((dot, row) => {
        const place = x(present[row]);
        move(dot, place, heights[row]);
        points[row].x = present[row]; // or pointing would find it where Plotly drew it
        return place;
      });
  }

  return (film, frame) => {
    const places = paintGuesses(film.at("prediction.guesses", frame));
    paintQuestions(film.at("prediction.questions", frame));
    gap?.setAttribute("d", places.map(gapTo).join(""));
  };
};

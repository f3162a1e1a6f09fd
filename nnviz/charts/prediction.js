// The guesses: a dot and a number for each row, and the gap between the guess and its target.

PAINTERS.prediction = (plot) => {
  const { meta } = plot.layout;
  const { x, y } = axes(plot);
  const part = parts(plot);
  const [paintGuesses, paintQuestions, paintAsked] = [
    part("guess"),
    part("question"),
    part("asked"),
  ].map(dotPainter);
  const [low, high] = plot.layout.xaxis.range;
  const isBeyond = (guess) => guess < low || guess > high;
  const arrows = part("beyond").nodes(".point");
  const numbers = byIndex(part("guess-number").nodes("text"));
  const gap = line(part("gap"));
  const targets = part("target").trace;
  const ofClasses = meta.classes.length > 0;
  const inks = part("guess").nodes(".point");
  const gapTo = (place, row) => `M${x(targets.x[row])},${y(targets.y[row])}H${place}`;

  // Moves a trace's dots; returns where to.
  function dotPainter({ nodes, points, trace }) {
    const dots = nodes(".point");
    const heights = dots.map((_, row) => y(trace.y[row]));
    return (present) =>
      dots.map((dot, row) => {
        const place = x(present[row]);
        move(dot, place, heights[row]);
        // Said of each, as Plotly hid those that were beyond the axis when it drew them.
        dot.style.display = isBeyond(present[row]) ? "none" : "inline";
        points[row].x = present[row]; // or pointing would find it where Plotly drew it
        return place;
      });
  }

  // At the edge, where a guess is beyond it.
  function paintArrow(guess, row) {
    const turned = guess > high ? "rotate(180)" : "";
    const place = `translate(${x(turned ? high : low)},${y(row)})${turned}`;
    arrows[row].setAttribute("transform", place);
    arrows[row].style.display = isBeyond(guess) ? "inline" : "none";
  }

  // A class is right or wrong, in the colour of its dot.
  function paintVerdicts(classes) {
    meta.rows.known.forEach((known, row) => {
      const color = meta.verdicts[Number(classes[row] === known)];
      inks[row].style.fill = inks[row].style.stroke = color;
    });
  }

  return (film, frame) => {
    if (film.rows.key !== meta.rows.key) return layRows(plot, film); // and the stage paints again
    const guesses = film.at("prediction.guesses", frame);
    const questions = film.at("prediction.questions", frame);
    const places = paintGuesses(guesses);
    const asked = film.at("prediction.asked", frame);
    paintQuestions(questions);
    paintAsked(asked);
    gap?.setAttribute("d", places.map(gapTo).join(""));
    const shown = [...guesses, ...questions, ...asked].slice(0, meta.rows.count);
    shown.forEach(paintArrow);
    const classes = film.at("prediction.classes", frame);
    paintVerdicts(classes);
    if (!numbers.length) return;
    const said = (guess, row) =>
      ofClasses ? meta.classes[classes[row]] : guess.toFixed(meta.decimals);
    shown.forEach((guess, row) => setText(numbers[row], said(guess, row)));
    // The same text as the answer's, wherever that stands.
    if (!ofClasses) setText(numbers[meta.rows.asked], film.text("readouts.prediction", frame));
  };
};

// Another question may have a row of its own, or none: have Plotly lay them out, in place.
function layRows(plot, { rows }) {
  const part = parts(plot);
  const changed = [part("asked"), part("beyond"), part("guess-number"), part("target-number")];
  const traces = changed.map(({ trace }) => trace);
  const each = Array.from({ length: rows.count }, (_, row) => row);
  const written = rows.targets.map((_, row) => row);
  const [asked, beyond, ...columns] = traces;
  window.Plotly.update(
    plot,
    {
      x: [
        [asked.x[0]],
        each.map(() => beyond.x[0]),
        ...columns.map(({ x }) => written.map(() => x[0])),
      ],
      y: [[rows.asked], each, written, written],
      text: [null, null, written.map(() => "0"), rows.targets],
      customdata: [[rows.own], null, null, null],
      "marker.color": [asked.marker.color, rows.colors, null, null],
    },
    {
      meta: { ...plot.layout.meta, rows },
      "yaxis.range": [rows.count - 0.5, -0.5],
      "yaxis.tickvals": rows.ticks,
      "yaxis.ticktext": rows.names,
    },
    traces.map(({ index }) => index),
  );
}

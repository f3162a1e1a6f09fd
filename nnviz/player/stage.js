// The charts as the player sees them: found as they come, and painted together.

class Stage {
  // host: where they stand, see streamlit.js.
  // repaint: called whenever Plotly has drawn a chart anew and the stage must paint it again.
  // fail: called, once, if the charts can't be painted in this browser.
  // change: called whenever anything on the page was drawn.
  constructor(host, repaint, fail, change) {
    Object.assign(this, { host, repaint, fail, change });
    this.films = [];
    this.charts = new Map();
    this.observer = new MutationObserver(() => this.find());
    this.observer.observe(document.body, { childList: true, subtree: true });
    this.find();
  }

  close() {
    this.closed = true;
    this.observer.disconnect();
  }

  // Plotly's charts are not built as they were, or something else is not as it should be: leave
  // the charts to the server, or the same would go wrong in each frame.
  giveUp(error) {
    console.warn(error);
    this.close();
    for (const { plot } of this.charts.values()) plot.style.pointerEvents = "";
    this.fail();
  }

  // Do something with the charts, as long as that can be done.
  attempt(what) {
    if (this.closed) return;
    try {
      what();
    } catch (error) {
      this.giveUp(error);
    }
  }

  // Keep this film and the one before: while a new run arrives, some charts still show the old.
  add(film) {
    this.films = [film, ...this.films].slice(0, 2);
  }

  // Look for charts that have come, or come anew. Cheap, as it runs at each change of the page.
  find() {
    for (const [name, painterOf] of Object.entries(PAINTERS)) {
      const plot = this.host.place(name)?.querySelector(".js-plotly-plot");
      if (!plot?.querySelector(".trace") || this.charts.get(name)?.plot === plot) continue;
      if (!isOf(plot, name)) continue;
      const prepare = () =>
        this.attempt(() => {
          if (!isOf(plot, name)) return this.charts.delete(name);
          if (!window.Plotly) throw new Error("Plotly is not within reach.");
          this.charts.set(name, { plot, paint: painterOf(plot, this.host) });
          this.repaint(name);
        });
      plot.on("plotly_afterplot", prepare);
      prepare();
    }
    this.change();
  }

  // Paint the frame of that epoch onto one chart, or all.
  paint(epoch, only) {
    this.attempt(() => {
      for (const [name, { plot, paint }] of this.charts)
        if (plot.isConnected && isOf(plot, name) && (!only || only === name))
          this.paintChart(plot, paint, epoch);
    });
  }

  paintChart(plot, paint, epoch) {
    for (const film of this.films) {
      const frame = film.frame(epoch);
      const shown = film.shown(frame);
      if (fits(plot.layout.meta.of, shown)) return paint(film, frame, sentFor(shown));
    }
  }
}

// Whether it is this chart that is drawn there: Streamlit may put another into its place.
function isOf(plot, name) {
  const { chart } = plot.layout?.meta ?? {};
  return !chart || chart === name;
}

// What the server has sent to be painted, as far as it fits: at once, and what takes it longer.
function sentFor(shown) {
  const sent = [window.nnvizPlayhead, window.nnvizBeside, window.nnvizLater].flatMap((from) =>
    Object.entries(from?.painted ?? {}),
  );
  return Object.fromEntries(sent.filter(([, { of }]) => fits(of, shown)));
}

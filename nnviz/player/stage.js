// The page's charts as the player sees them: found as they come, and painted together.

const PAINTERS = {
  network: networkPainter,
  loss: lossPainter,
  prediction: predictionPainter,
  weight: weightPainter,
  slope: slopePainter,
};

class Stage {
  // repaint: called whenever Plotly has drawn a chart anew and the stage must paint it again.
  // fail: called if the charts can't be painted in this browser.
  constructor(repaint, fail) {
    this.repaint = repaint;
    this.fail = fail;
    this.films = [];
    this.charts = new Map();
    this.observer = new MutationObserver(() => this.find());
    this.observer.observe(document.body, { childList: true, subtree: true });
    this.find();
  }

  close() {
    this.observer.disconnect();
  }

  // Keep this film and the one before: while a new run arrives, some charts still show the old.
  add(film) {
    this.films = [film, ...this.films].slice(0, 2);
  }

  // Look for charts that have come, or come anew. Cheap, as it runs at each change of the page.
  find() {
    for (const name of Object.keys(PAINTERS)) {
      const plot = document.querySelector(`.st-key-${name} .js-plotly-plot`);
      if (!plot?.querySelector(".trace") || this.charts.get(name)?.plot === plot) continue;
      if (!window.Plotly) return this.fail();
      const prepare = () => {
        plot.nnvizCaptions = null; // Plotly has forgotten them
        try {
          this.charts.set(name, { plot, paint: PAINTERS[name](plot) });
        } catch (error) {
          console.warn(error); // Plotly's charts are not built as they were
          return this.fail();
        }
        this.repaint(name);
      };
      plot.on("plotly_afterplot", prepare);
      prepare();
    }
  }

  // Paint the frame of that epoch onto one chart, or all.
  paint(epoch, only) {
    for (const [name, { plot, paint }] of this.charts) {
      if ((only && only !== name) || !plot.isConnected) continue;
      const { structure } = plot.layout.meta;
      const film = this.films.find(({ structures }) => structures[name] === structure); // or any
      if (film) paint(film, film.frame(epoch), this.sent(film, epoch));
    }
    this.caption(epoch);
  }

  // What the server has sent to be painted; the light of the walk only if of this very picture.
  sent(film, epoch) {
    const { light, slope } = window.nnvizPlayhead ?? {};
    const fits = light?.take === film.take && light.epoch === epoch && film.has(epoch);
    return { light: fits ? light : null, slope };
  }

  // Pointing at the network says its numbers, if the server has sent those of this very picture.
  caption(epoch) {
    const plot = this.charts.get("network")?.plot;
    if (!plot) return;
    const [film] = this.films;
    const captions = window.nnvizPlayhead?.captions ?? {};
    const fit =
      captions.take === film.take &&
      captions.epoch === film.epochs[film.frame(epoch)] &&
      String(captions.question) === String(film.question) &&
      plot.layout.meta.structure === film.structures.network;
    plot.style.pointerEvents = fit ? "" : "none";
    if (!fit || plot.nnvizCaptions === captions) return;
    plot.nnvizCaptions = captions;
    for (const [name, texts] of [["discs", captions.neurons], ["synapse-hover", captions.synapses]])
      plot.calcdata[trace(plot, name).index].forEach((at, i) => (at.htx = texts[i % texts.length]));
  }
}

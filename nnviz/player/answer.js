// The answer as the page writes it: of what the server has drawn it, and what stands beside it.

const SOON = 250; // ms until the server is asked again for what other starts answer

class Answer {
  // host: the page around it, see streamlit.js.
  constructor(host) {
    this.host = host;
    this.asking = new Asking(
      () => window.nnvizBeside?.awaited,
      () => window.nnvizBeside.again(),
    );
  }

  close() {
    this.asking.close();
  }

  // The server may have sent what other starts answer, or that it follows.
  hear() {
    this.asking.in(SOON);
  }

  // Whether the server has drawn it anew since this was last called.
  isNew() {
    const before = this.element;
    this.element = this.host.readout("prediction");
    return this.element !== before;
  }

  // What the server has drawn it of.
  get of() {
    return JSON.parse(this.element?.dataset.of ?? "{}");
  }

  // Where it is another run's already, whose film is still on its way, as over a slow line, what the
  // film paints is seen to be late.
  sayLate(film) {
    const { of } = this;
    const isLate = film && !fits(of, { ...film.of, epoch: of.epoch });
    document.documentElement.classList.toggle("nnviz-late", Boolean(isLate));
  }

  // What the server has found out about it, as far as that is of what is shown.
  saySent(shown) {
    const el = this.host.readout("range");
    if (el) setText(el, sentFor(shown).range?.said ?? "");
  }
}

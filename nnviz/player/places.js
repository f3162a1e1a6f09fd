// Where else the playhead can go: the panel above the bar, in which an epoch is typed, or a loss.

class Places {
  // go: called with an epoch. find: called with a loss, and a token that its answer carries.
  constructor(bar, { go, find }) {
    Object.assign(this, { bar, go, find, token: null });
    this.panel = bar.querySelector(".nnviz-places");
    this.button = bar.querySelector(".nnviz-where");
    [this.epoch, this.loss] = this.panel.querySelectorAll("form");
  }

  listen(on) {
    on(this.epoch, "submit", (event) => this.submitted(event, () => this.typed()));
    on(this.loss, "submit", (event) => this.submitted(event, () => this.sought()));
    on(this.panel, "keydown", ({ key }) => key === "Escape" && this.close());
    on(document, "pointerdown", ({ target }) => {
      if (!this.panel.contains(target) && !this.button.contains(target)) this.close(false);
    });
  }

  // What a film allows: how far one can go, and whether the recording can be cut back; a loss is
  // looked for by the server, if there is one.
  offer({ of, epochsAtFirst, epochsAtMost }, hasServer) {
    this.most = epochsAtMost;
    this.loss.hidden = !hasServer;
    for (const button of this.bar.querySelectorAll("[data-do=shorten]")) {
      button.hidden = !epochsAtFirst || of.recorded <= epochsAtFirst;
      setText(button, `Back to ${grouped(epochsAtFirst)} epochs`);
    }
  }

  toggle() {
    if (!this.panel.hidden) return this.close();
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    for (const form of [this.epoch, this.loss]) this.answer(form, "");
    this.epoch.elements.epoch.value = "";
    this.epoch.elements.epoch.focus();
  }

  close(focus = true) {
    if (this.panel.hidden) return;
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (focus) this.button.focus();
  }

  submitted(event, then) {
    event.preventDefault();
    then();
  }

  typed() {
    const epoch = wholeNumber(this.epoch.elements.epoch.value);
    if (!(epoch <= this.most))
      return this.answer(this.epoch, `Type a whole number from 0 to ${grouped(this.most)}.`);
    this.close();
    this.go(epoch);
  }

  sought() {
    const text = this.loss.elements.loss.value.trim();
    const below = Number(text);
    if (!text || !(below > 0 && below < Infinity))
      return this.answer(this.loss, "Type a number above 0, such as 0.001.");
    this.token = String(Math.random());
    this.answer(this.loss, "…");
    this.find(below, this.token);
  }

  // The server has looked for a loss.
  hear(found) {
    if (found && found.token === this.token) this.answer(this.loss, found.said);
  }

  answer(form, said) {
    setText(form.querySelector("p"), said);
  }
}

// A whole number as a person types it, with or without thousands marked; else NaN.
function wholeNumber(text) {
  const typed = text.trim();
  const grouped = /^\d{1,3}([, \u00a0\u202f]\d{3})+$/.test(typed);
  return grouped || /^\d+$/.test(typed) ? Number(typed.replace(/\D/g, "")) : NaN;
}

// A whole number with its thousands marked.
function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}

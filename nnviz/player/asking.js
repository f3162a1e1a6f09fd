// Asking the server again and again for what it makes in the background, until it is there.

const SILENT = 3000; // ms without an answer after which it is asked again

class Asking {
  // isOn: whether there is anything to ask for. ask: asks for it.
  constructor(isOn, ask) {
    Object.assign(this, { isOn, ask });
  }

  close() {
    clearTimeout(this.timer);
  }

  // Ask in so many milliseconds, and not sooner.
  in(ms) {
    clearTimeout(this.timer);
    if (!this.isOn()) return;
    this.timer = setTimeout(() => {
      this.ask();
      this.in(SILENT);
    }, ms);
  }
}

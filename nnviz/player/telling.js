// When the server is told of what has changed: at once or, in a burst of changes, once no further
// one follows; in any case before a person presses something that may be asked about it.

const BURST = 300; // ms within which another change makes a burst of them
const QUIET = 150; // ms without another change after which a burst is over

class Telling {
  // tell: tells the server. afterwards: what is to be done then; not in the same moment, as
  // Streamlit takes the news of one fragment at a time.
  constructor(tell, afterwards) {
    this.tell = tell;
    this.afterwards = afterwards;
    this.changed = -Infinity; // when that was last
    this.isDue = false;
    this.heldUntil = -Infinity;
  }

  // Tell nothing for so many milliseconds, unless something is pressed.
  hold(milliseconds) {
    this.heldUntil = performance.now() + milliseconds;
    if (this.isDue) this.soon();
  }

  soon() {
    const burst = performance.now() - this.changed < BURST;
    this.changed = performance.now();
    this.isDue = true;
    this.set(() => this.now(), burst ? QUIET : 0);
  }

  now() {
    if (!this.isDue) return;
    this.isDue = false;
    if (this.tell()) this.set(this.afterwards, QUIET);
  }

  set(then, milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(then, Math.max(milliseconds, this.heldUntil - performance.now()));
  }
}

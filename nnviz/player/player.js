// The transport bar, and the one clock of the page: the epoch all charts show.

const AHEAD = 120; // frames before the recording's end at which the player asks for more
const FINE = 5; // epochs a frame, the fastest pace for which a thinned film is filled in
const PATIENCE = 3000; // ms after which an unanswered question is asked again
const BURST = 300; // ms within which another step makes a burst of them
const QUIET = 150; // ms without another step after which a burst is over
const CALM = 30; // with reduced motion, the picture changes once in so many frames
const LATEST = 500; // ms for which a page that opens waits to hear where the playhead goes

// Streamlit mounts a component anew at will; the clock goes on.
// gone: the tokens of all places that the server has sent the playhead to.
const clock = { epoch: 0, speed: 1, gone: new Set() };

class Player {
  constructor(root) {
    this.root = root.querySelector(".nnviz-player");
    this.slider = this.root.querySelector("input");
    this.select = this.root.querySelector("select");
    this.playing = false;
    this.waiting = null; // the epoch of a step, or of a go, whose frame is yet to come
    this.opened = false; // whether anything was shown
    this.asked = 0; // when the server was last asked for more film
    this.toldAt = 0; // when it was last told the epoch
    this.reported = { epoch: 0 }; // what it was told, or knows
    this.stage = new Stage(
      (chart) => this.opened && this.stage.paint(clock.epoch, chart),
      () => this.reduce(),
    );
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.select.value = clock.speed;
    this.listen();
  }

  listen() {
    const done = (this.done = new AbortController());
    const on = (target, type, then) => target.addEventListener(type, then, { signal: done.signal });
    for (const button of this.root.querySelectorAll("button"))
      on(button, "click", () => this.do(button.dataset.do));
    on(this.select, "change", () => (clock.speed = Number(this.select.value)));
    on(this.slider, "input", () => this.scrub(Number(this.slider.value)));
    on(this.slider, "change", () => this.tell());
    on(document, "keydown", (event) => this.key(event));
    on(window, "nnviz-playhead", () => this.heard());
  }

  close() {
    this.pause();
    this.done.abort();
    this.stage.close();
  }

  // The server has sent what goes with an epoch, and where to go.
  heard() {
    if (this.isSent() || !this.opened) this.open();
    else this.stage.paint(clock.epoch);
    if (this.reduced) this.report("reduced", true);
  }

  // Whether the server has sent the playhead somewhere, by a token that is new.
  isSent() {
    const { go } = window.nnvizPlayhead;
    if (!go || clock.gone.has(go.token)) return false;
    clock.gone.add(go.token);
    this.pause(false);
    this.waiting = Math.max(0, go.epoch);
    this.reported.epoch = null; // it is told even of an epoch that it knows
    return true;
  }

  // Show the epoch that is waited for, if the film has it, or else where the clock stands.
  open() {
    const { film } = this;
    if (!film) return; // it opens when one comes
    const wanted = Math.min(this.waiting ?? clock.epoch, film.epochsAtMost);
    if (this.waiting !== null && !film.has(wanted)) return this.ask(wanted, wanted);
    this.waiting = null;
    this.show(Math.min(wanted, film.of.recorded));
    this.tell();
  }

  // A new film, or the same again, from the server.
  receive(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    const paper = getComputedStyle(this.root).getPropertyValue("--st-background-color");
    // For what lies on the charts.
    document.documentElement.style.setProperty("--nnviz-paper", paper);
    const film = new Film(data);
    this.asked = 0;
    this.film = film;
    this.stage.add(film);
    this.slider.max = film.of.recorded;
    setText(this.root.querySelector(".nnviz-recorded"), String(film.of.recorded));
    if (window.nnvizPlayhead) {
      this.isSent();
      this.open();
    } else setTimeout(() => this.opened || this.done.signal.aborted || this.open(), LATEST);
  }

  // Paint an epoch everywhere: charts, read-outs and slider.
  show(epoch) {
    const { film } = this;
    this.opened = true;
    const frame = film.frame(epoch);
    clock.epoch = this.playing ? epoch : film.epochs[frame];
    this.stage.paint(clock.epoch);
    this.slider.value = film.epochs[frame];
    this.readout("epoch", String(film.epochs[frame]));
    this.readout("loss", film.text("readouts.loss", frame));
    const prediction = film.text("readouts.prediction", frame);
    this.readout("prediction", prediction);
    setText(this.root.querySelector(".nnviz-asked b"), prediction);
  }

  readout(name, text) {
    const el = document.querySelector(`[data-testid="${name}"]`);
    if (el) setText(el, text);
  }

  do(what) {
    const { film } = this;
    if (!film) return;
    if (what === "play") return this.playing ? this.pause() : this.play();
    this.pause(false);
    if (what === "start") this.show(0);
    if (what === "end") this.show(film.of.recorded);
    if (what === "back") this.step(-1);
    if (what === "forward") this.step(1);
    this.tell();
  }

  step(by) {
    const epoch = (this.waiting ?? clock.epoch) + by;
    if (epoch < 0 || epoch > this.film.epochsAtMost) return;
    if (this.film.has(epoch)) return this.show(epoch);
    this.waiting = epoch; // a thinned film lacks it, or the recording ends here
    this.ask(epoch, epoch);
  }

  scrub(epoch) {
    this.pause(false);
    const by = epoch - clock.epoch;
    if (Math.abs(by) === 1)
      this.step(by); // an arrow key on the slider
    else this.show(epoch);
  }

  // The charts can't be painted here: have the server draw each epoch that is stepped to.
  reduce() {
    if (this.reduced) return;
    this.reduced = true;
    this.pause();
    const notice = "Playback is reduced: this browser can't animate the charts. Stepping works.";
    setText(this.root.querySelector(".nnviz-notice"), notice);
    this.report("reduced", true);
  }

  play() {
    if (this.reduced) return;
    if (clock.epoch >= this.film.epochsAtMost) this.show(0);
    this.setPlaying(true);
    let count = 0;
    const frame = () => {
      if (!this.playing) return;
      requestAnimationFrame(frame);
      count += 1;
      const pace = this.calm.matches ? CALM : 1;
      if (count % pace) return;
      this.show(Math.min(clock.epoch + clock.speed * pace, this.film.of.recorded));
      this.keepAhead();
      if (clock.epoch >= this.film.epochsAtMost) this.pause();
    };
    requestAnimationFrame(frame);
  }

  pause(tell = true) {
    if (!this.playing) return;
    this.setPlaying(false);
    this.show(clock.epoch);
    if (tell) this.tell();
  }

  setPlaying(playing) {
    this.playing = playing;
    this.root.classList.toggle("playing", playing);
    const button = this.root.querySelector(".nnviz-play");
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
    button.title = playing ? "Pause (space)" : "Play (space)";
  }

  // Ask for more film before it runs out: a longer recording or, where a thinned film is coarser
  // than the pace, the frames in between.
  keepAhead() {
    const { film } = this;
    const until = Math.min(clock.epoch + AHEAD * clock.speed, film.epochsAtMost);
    const runsOut = until > film.of.recorded;
    const runsCoarse = clock.speed <= FINE && film.gap(film.frame(until)) > clock.speed;
    if (runsOut || runsCoarse) this.ask(Math.min(until, clock.epoch + film.window), until);
  }

  ask(around, until) {
    if (performance.now() - this.asked < PATIENCE) return;
    this.asked = performance.now();
    this.setTriggerValue("more", { around, until });
  }

  // Tell the server the epoch: at once or, in a burst of steps, once no further one follows.
  tell() {
    clearTimeout(this.telling);
    const burst = performance.now() - this.toldAt < BURST;
    this.toldAt = performance.now();
    this.telling = setTimeout(
      () => {
        if (this.playing || this.waiting !== null) return;
        this.speak();
        this.report("epoch", clock.epoch);
        // Not in the same moment: Streamlit takes one fragment's news at a time.
        this.telling = setTimeout(() => this.makeWhole(), QUIET);
      },
      burst ? QUIET : 0,
    );
  }

  // Where a thinned film rests, have the frames in between ready for what is done next.
  makeWhole() {
    const { film } = this;
    if (film.gap(film.frame(clock.epoch)) > 1) this.ask(clock.epoch, clock.epoch);
  }

  report(name, value) {
    const tell = window.nnvizPlayhead?.tell;
    if (!tell || this.reported[name] === value) return;
    this.reported[name] = value;
    tell(name, value);
  }

  // For a screen reader, and only where the film rests.
  speak() {
    const { film } = this;
    const frame = film.frame(clock.epoch);
    const loss = film.text("readouts.loss", frame);
    const label = `${film.label} ${film.text("readouts.prediction", frame)}`;
    const said = `epoch ${clock.epoch}, loss ${loss}, ${label}`;
    setText(this.root.querySelector(".nnviz-spoken"), said);
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const what = KEYS[event.key];
    if (!what || !this.film || event.target.closest?.(FIELDS)) return;
    if (event.key === " " && event.target.closest?.(PRESSED)) return;
    event.preventDefault();
    this.do(what);
  }
}

const KEYS = { " ": "play", ArrowLeft: "back", ArrowRight: "forward", Home: "start", End: "end" };
// What uses these keys itself.
const FIELDS = `input:not([type=checkbox]), textarea, select, canvas, [contenteditable=true],
  [role=slider], [role=grid], [role=listbox], [role=radiogroup], [role=tablist], [role=menu],
  [role=dialog], [data-testid=stDataFrame]`;
const PRESSED = "button, a, summary, input, [role=tab]"; // what the space bar presses

export default function ({ data, parentElement, setTriggerValue }) {
  const player = (parentElement.nnvizPlayer ??= new Player(parentElement));
  player.receive(data, setTriggerValue);
  return () => {
    player.close();
    delete parentElement.nnvizPlayer;
  };
}

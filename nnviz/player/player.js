// The transport bar, and the one clock of the page: the epoch all charts show.

const AHEAD = 120; // frames before a thinned film grows coarse at which the player asks for more
const FINE = 5; // epochs a frame, the fastest pace for which a thinned film is filled in
const PATIENCE = 3000; // ms after which an unanswered question is asked again
const BURST = 300; // ms within which another step makes a burst of them
const QUIET = 150; // ms without another step after which a burst is over
const CALM = 30; // with reduced motion, the picture changes once in so many frames
const LATEST = 500; // ms for which a page that opens waits to hear where the playhead goes
const LAG = 1; // seconds between two frames, at most: a page that was out of sight does not catch up

// Streamlit mounts a component anew at will; the clock goes on.
// gone: the tokens of the places that the server has sent the playhead to.
const clock = { epoch: 0, gone: new Set() };
const pace = new Pace();

class Player {
  constructor(root) {
    this.root = root.querySelector(".nnviz-player");
    this.slider = this.root.querySelector("input[type=range]");
    this.select = this.root.querySelector("select");
    this.note = this.root.querySelector(".nnviz-note");
    this.playing = false;
    this.waiting = null; // the epoch of a step, or of a go, whose frame is yet to come
    this.goal = null; // how far the recording must reach for the film to play on
    this.opened = false; // whether anything was shown
    this.asked = 0; // when the server was last asked for more film
    this.toldAt = 0; // when it was last told the epoch
    this.reported = { epoch: 0 }; // what it was told, or knows
    this.stage = new Stage(
      (chart) => this.opened && this.stage.paint(clock.epoch, chart),
      () => this.reduce(),
      () => this.correct(),
    );
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
    this.places = new Places(this.root, {
      go: (epoch) => this.visit(epoch),
      find: (below, token) => this.find(below, token),
    });
    this.select.value = pace.speed;
    this.listen();
  }

  listen() {
    const done = (this.done = new AbortController());
    const on = (target, type, then) => target.addEventListener(type, then, { signal: done.signal });
    for (const button of this.root.querySelectorAll("[data-do]"))
      on(button, "click", () => this.do(button.dataset.do));
    on(this.select, "change", () => this.choose());
    on(this.select, "pointerdown", () => this.choose());
    this.places.listen(on);
    on(this.slider, "input", () => this.scrub(Number(this.slider.value)));
    on(this.slider, "change", () => this.tell());
    on(document, "keydown", (event) => this.key(event));
    on(document, "keyup", (event) => isForPlay(event) && event.preventDefault());
    on(window, "nnviz-playhead", () => this.heard());
    on(window, "nnviz-go", ({ detail }) => this.film && this.visit(detail));
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
    this.places.hear(window.nnvizPlayhead.found);
    if (this.reduced) this.report("reduced", true);
  }

  // Whether the server has sent the playhead somewhere, by a token that is new.
  isSent() {
    const { go } = window.nnvizPlayhead;
    if (!go || clock.gone.has(go.token)) return false;
    clock.gone.add(go.token);
    this.pause(false);
    this.goal = null;
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
    this.compare(this.film?.of, film.of);
    this.film = film;
    this.stage.add(film);
    this.slider.max = film.of.recorded;
    setText(this.root.querySelector(".nnviz-recorded"), String(film.of.recorded));
    this.places.offer(film);
    if (window.nnvizPlayhead) {
      this.isSent();
      this.open();
    } else setTimeout(() => this.opened || this.done.signal.aborted || this.open(), LATEST);
    if (this.goal !== null) this.goOn();
  }

  // What is to be done if another film is shorter than the one before.
  compare(before, { recipe, recorded }) {
    if (!before || recorded >= before.recorded) return;
    if (recipe === before.recipe)
      this.reported.epoch = null; // the address tells of the length
    // Another run, whose recording the server began at the epoch it knew of: play on from here.
    else if (this.playing && clock.epoch > recorded) this.waiting ??= clock.epoch;
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
    this.say();
  }

  // Above the bar: that the film speeds up by itself, or that the recording ends here.
  say() {
    const { film, playing, waiting } = this;
    const ends = !playing && clock.epoch >= film.of.recorded;
    const longest = film.of.recorded >= film.epochsAtMost;
    let said = "";
    if (waiting > film.of.recorded || this.goal !== null) said = "training on …";
    else if (pace.rising) said = "speeding up by itself";
    else if (ends) said = longest ? "the longest recording ends here" : "the recording ends here";
    if (said === this.said) return;
    this.said = said;
    setText(this.note.querySelector("span"), said);
    const hasFocus = this.note.contains(document.activeElement);
    this.note.hidden = !said;
    this.note.classList.toggle("nnviz-ends", said.endsWith("here"));
    this.note.querySelector(".nnviz-on").hidden = longest;
    if (hasFocus) this.root.querySelector(".nnviz-play").focus();
  }

  // While the film plays, the server draws the answer anew as of the epoch that it knows of; at a
  // slow speed it would stand until the next epoch.
  correct() {
    const answer = document.querySelector('[data-testid="prediction"]');
    if (answer === this.answer) return;
    this.answer = answer;
    if (this.playing) this.show(clock.epoch);
  }

  readout(name, text) {
    const el = document.querySelector(`[data-testid="${name}"]`);
    if (el) setText(el, text);
  }

  do(what) {
    const { film } = this;
    if (!film) return;
    if (what === "places") return this.places.toggle();
    this.goal = null;
    if (what === "play") return this.playing ? this.pause() : this.play();
    this.pause(false);
    if (what === "on") return this.goOn();
    if (what === "shorten") return this.shorten();
    if (what === "start") this.goTo(0);
    if (what === "end") this.goTo(film.of.recorded);
    if (what === "back") this.step(-1);
    if (what === "forward") this.step(1);
    this.tell();
  }

  step(by) {
    const epoch = (this.waiting ?? clock.epoch) + by;
    if (epoch < 0 || epoch > Math.max(this.film.of.recorded, this.waiting ?? 0)) return;
    this.goTo(epoch);
  }

  // Show an epoch; where a thinned film lacks it, or the recording ends before, once it has come.
  goTo(epoch) {
    this.goal = null;
    this.waiting = this.film.has(epoch) ? null : epoch;
    if (this.waiting === null) this.show(epoch);
    else this.ask(epoch, epoch);
    this.say();
  }

  // The same from outside the bar's buttons.
  visit(epoch) {
    this.pause(false);
    this.goTo(epoch);
    this.tell();
  }

  // Have the server look for an epoch after this one with a loss below a number: it sends the
  // playhead there.
  find(below, token) {
    this.pause(false);
    window.nnvizPlayhead?.find({ below, token, after: clock.epoch });
  }

  // Have a longer recording made, and play on into it.
  goOn() {
    const { recorded } = this.film.of;
    this.goal ??= recorded + 1;
    if (recorded < this.goal) {
      this.ask(clock.epoch, this.goal);
      return this.say();
    }
    this.goal = null;
    this.play();
    this.say();
  }

  shorten() {
    this.places.close();
    this.waiting = null;
    this.setTriggerValue("shorten", true);
  }

  // The speed is the person's from now on.
  choose() {
    pace.choose(this.select.value);
    if (this.film) this.say();
  }

  scrub(epoch) {
    this.pause(false);
    const by = epoch - clock.epoch;
    if (Math.abs(by) === 1)
      this.step(by); // an arrow key on the slider
    else {
      this.goal = this.waiting = null;
      this.show(epoch);
    }
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
    if (clock.epoch >= this.film.of.recorded) this.show(0);
    this.waiting = null;
    pace.begin();
    this.setPlaying(true);
    let [count, last] = [0, performance.now()];
    const frame = (now) => {
      if (!this.playing) return;
      requestAnimationFrame(frame);
      count += 1;
      const frames = this.calm.matches ? CALM : 1;
      if (count % frames) return;
      const seconds = Math.min(Math.max(now - last, 0) / 1000, LAG);
      last = now;
      if (this.waiting === null) this.move(pace.advance(seconds, frames));
    };
    requestAnimationFrame(frame);
  }

  // A frame of the film: so many epochs on. At the recording's end it stops.
  move(epochs) {
    if (this.select.value !== pace.speed) this.select.value = pace.speed;
    if (!epochs) return this.say();
    this.show(Math.min(clock.epoch + epochs, this.film.of.recorded));
    if (clock.epoch >= this.film.of.recorded) this.pause();
    else this.keepAhead();
  }

  pause(tell = true) {
    if (!this.playing) return;
    this.setPlaying(false);
    pace.hold();
    this.show(clock.epoch);
    if (tell) this.tell();
  }

  setPlaying(playing) {
    this.playing = playing;
    this.root.classList.toggle("playing", playing);
    const button = this.root.querySelector(".nnviz-play");
    button.setAttribute("aria-label", playing ? "Pause" : "Play");
    button.title = playing ? "Pause (space)" : "Play (space)";
    this.stepBack(playing);
  }

  // The tab below shows the epoch at rest: while the film plays it steps back, and says so.
  stepBack(playing) {
    const rests = window.nnvizPlayhead?.painted?.captions.of.epoch;
    const page = document.documentElement;
    page.classList.toggle("nnviz-playing", playing);
    page.style.setProperty("--nnviz-rests", `"still epoch ${rests}, until you pause"`);
  }

  // Ask for more film where a thinned one is coarser than the pace: for the frames in between.
  keepAhead() {
    const { film } = this;
    const { stride } = pace;
    const until = Math.min(clock.epoch + AHEAD * stride, film.of.recorded);
    if (stride <= FINE && film.gap(film.frame(until)) > stride)
      this.ask(Math.min(until, clock.epoch + film.window), until);
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
    if (event.key === " " && event.target.closest?.(PRESSED) && !isForPlay(event)) return;
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

// Whether a key is the space bar on a button that goes through the walk. Such a button keeps the
// focus while one reads, and the next thing wanted is to play; it is pressed by Enter.
function isForPlay({ key, target }) {
  const button = key === " " && target.closest?.(".st-key-tabs .stButton button");
  return Boolean(button) && /^(Back|Next)\b/.test(button.textContent.trim());
}

export default function ({ data, parentElement, setTriggerValue }) {
  const player = (parentElement.nnvizPlayer ??= new Player(parentElement));
  player.receive(data, setTriggerValue);
  return () => {
    player.close();
    delete parentElement.nnvizPlayer;
  };
}

// The transport bar, and the one clock of the page: the epoch all charts show.

const AHEAD = 120; // frames before a thinned film grows coarse at which the player asks for more
const FINE = 5; // epochs a frame, the fastest pace for which a thinned film is filled in
const PATIENCE = 3000; // ms after which an unanswered question is asked again
const CALM = 30; // with reduced motion, the picture changes once in so many frames
const LATEST = 500; // ms for which a page that opens waits to hear where the playhead goes
const HISTORY = 1000; // ms after a step through the browser's history in which nothing is asked
const LAG = 1; // seconds between two frames, at most: a page that was out of sight does not catch up

// Streamlit mounts a component anew at will; the clock goes on.
// gone: the tokens of the places that the server has sent the playhead to.
const clock = { epoch: 0, gone: new Set() };
const pace = new Pace();

class Player {
  // host: the page around it, see streamlit.js.
  constructor(root, host) {
    this.host = host;
    this.root = root.querySelector(".nnviz-player");
    this.slider = this.root.querySelector("input[type=range]");
    this.select = this.root.querySelector("select");
    this.note = this.root.querySelector(".nnviz-note");
    this.playing = false;
    this.waiting = null; // the epoch of a step, or of a go, whose frame is yet to come
    this.goal = null; // how far the recording must reach for the film to play on
    this.opened = false; // whether anything was shown
    this.asked = -Infinity; // when the server was last asked for more film, and has not answered
    this.reported = { epoch: 0 }; // what it was told, or knows
    this.answer = new Answer(host);
    this.keys = new Keys(host);
    this.stage = new Stage(
      host,
      (chart) => this.opened && this.stage.paint(clock.epoch, chart),
      () => this.reduce(),
      () => this.correct(),
    );
    this.growth = new Growth();
    this.telling = new Telling(
      () => this.tell(),
      () => this.makeWhole(),
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
    const on = (target, type, then, how) =>
      target.addEventListener(type, then, { signal: done.signal, ...how });
    for (const button of this.root.querySelectorAll("[data-do]"))
      on(button, "click", () => this.do(button.dataset.do));
    on(this.select, "change", () => this.choose());
    on(this.select, "pointerdown", () => this.choose());
    this.places.listen(on);
    on(this.slider, "input", () => this.scrub(Number(this.slider.value)));
    on(this.slider, "change", () => this.telling.soon());
    for (const type of ["pointerdown", "keydown"])
      on(document, type, (event) => this.pressed(event), { capture: true });
    on(document, "keydown", (event) => this.key(event));
    on(document, "keyup", (event) => this.keys.isForPlay(event) && event.preventDefault());
    on(window, "nnviz-playhead", () => this.heard());
    on(window, "nnviz-progress", () => this.film && this.grow());
    on(window, "popstate", () => this.passHistory());
    on(window, "nnviz-later", () => this.repaint());
    on(window, "nnviz-beside", () => this.hearBeside());
    on(window, "nnviz-go", ({ detail }) => this.film && this.visit(detail));
  }

  close() {
    this.pause();
    this.done.abort();
    this.growth.close();
    this.answer.close();
    this.stage.close();
  }

  // The server has sent what goes with an epoch, and where to go.
  heard() {
    if (this.isSent() || !this.opened) this.open();
    else this.repaint();
    this.places.hear(window.nnvizPlayhead.found);
    if (this.reduced) this.report("reduced", true);
  }

  // The server has sent more of an epoch: paint that, too.
  repaint() {
    if (!this.opened) return;
    this.stage.paint(clock.epoch);
    this.saySent();
  }

  // The server has sent what other starts answer, or that it follows.
  hearBeside() {
    this.repaint();
    this.answer.hear();
  }

  // Whether the server has sent the playhead somewhere, by a token that is new.
  isSent() {
    const { go } = window.nnvizPlayhead;
    if (!go || clock.gone.has(go.token)) return false;
    // It is told even of an epoch that it knows, as Streamlit keeps what it was told last; but not
    // as a page begins: its answer would put the controls back that a person has just used.
    this.reported.epoch = clock.gone.size ? null : go.epoch;
    clock.gone.add(go.token);
    this.pause(false);
    this.goal = null;
    this.waiting = Math.max(0, go.epoch);
    return true;
  }

  // Show the epoch that is waited for, if the film has it, or else where the clock stands.
  open() {
    const { film } = this;
    if (!film) return; // it opens when one comes
    const wanted = Math.min(this.waiting ?? clock.epoch, film.epochsAtMost);
    if (this.growth.brings(wanted)) {
      this.waiting = wanted;
      this.reported.epoch = null; // the server shows what there is until then
      return this.show(film.of.recorded);
    }
    if (this.waiting !== null && !this.canShow(wanted)) return this.ask(wanted, wanted);
    this.waiting = null;
    this.show(Math.min(wanted, film.of.recorded));
    this.telling.soon();
  }

  // A new film, or the same again.
  // setTriggerValue: tells the server of a wish; null where there is no server, so that what it
  // does is not offered.
  receive(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    const film = new Film(data);
    this.asked = -Infinity;
    this.answer.hear(); // what was sent before there was anyone to
    this.compare(this.film?.of, film.of);
    this.film = film;
    this.answer.sayLate(film);
    this.growth.follow(film);
    this.stage.add(film);
    this.slider.max = film.of.recorded;
    setText(this.root.querySelector(".nnviz-recorded"), String(film.of.recorded));
    this.places.offer(film, !this.isAlone);
    if (window.nnvizPlayhead) {
      this.isSent();
      this.open();
    } else setTimeout(() => this.opened || this.done.signal.aborted || this.open(), LATEST);
    if (this.goal !== null) this.goOn();
  }

  get isAlone() {
    return !this.setTriggerValue;
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
    this.readout("share", film.text("readouts.share", frame));
    setText(this.root.querySelector(".nnviz-asked b"), prediction);
    this.saySent(frame);
    this.say();
  }

  // Beside the answer, what the server has found out about it.
  saySent(frame = this.film.frame(clock.epoch)) {
    this.answer.saySent(this.film.shown(frame));
  }

  // Above the bar: how far the recording is, that the film speeds up by itself, or that it ends.
  say() {
    const [said, offers] = this.news();
    if (said === this.said) return;
    this.said = said;
    setText(this.note.querySelector("span"), said);
    this.note.hidden = !said;
    const bar = this.note.querySelector("progress");
    [bar.value, bar.max] = [this.film.of.recorded, this.film.wanted];
    if (offers === this.offers) return;
    this.offers = offers;
    const hasFocus = this.note.contains(document.activeElement);
    this.note.classList.toggle("nnviz-ends", offers === "on" || offers === "end");
    this.note.classList.toggle("nnviz-grows", offers === "stop");
    this.note.querySelector(".nnviz-on").hidden = offers !== "on";
    if (hasFocus) this.root.querySelector(".nnviz-play").focus();
  }

  // What there is to say, and which buttons go with it.
  news() {
    const { film, growth, playing, waiting } = this;
    const { recorded } = film.of;
    if (growth.isOn) return [growth.say(waiting), "stop"];
    if (waiting > recorded || this.goal !== null) return ["training on …", ""];
    if (pace.rising) return ["speeding up by itself", ""];
    if (playing) return ["", ""];
    if (recorded < film.whole)
      return [`stopped at ${grouped(recorded)} of ${grouped(film.whole)} epochs`, "on"];
    if (clock.epoch < recorded) return ["", ""];
    if (this.isAlone) return ["the recording ends here", "end"];
    if (recorded >= film.epochsAtMost) return ["the longest recording ends here", "end"];
    return ["the recording ends here", "on"];
  }

  // The server draws the answer anew as of the epoch that it knows of, which may not be the one that
  // is shown; at a slow speed or at rest, it would stand there.
  correct() {
    if (!this.answer.isNew()) return;
    this.answer.sayLate(this.film);
    if (!this.opened) return;
    const { epoch } = this.answer.of;
    if (epoch !== undefined && epoch !== clock.epoch) this.show(clock.epoch);
    else this.saySent(); // what stands beside it came before it
  }

  readout(name, text) {
    const el = this.host.readout(name);
    if (el) setText(el, text);
  }

  do(what) {
    const { film } = this;
    if (!film) return;
    if (what === "places") return this.places.toggle();
    if (what === "stop") return window.nnvizProgress.stop();
    this.goal = null;
    if (this.growth.brings(this.waiting)) this.waiting = null; // the person goes on from here
    if (what === "play") return this.playing ? this.pause() : this.play();
    this.pause(false);
    if (what === "on") return this.goOn();
    if (what === "shorten") return this.shorten();
    if (what === "start") this.goTo(0);
    if (what === "end") this.goTo(film.of.recorded);
    if (what === "back") this.step(-1);
    if (what === "forward") this.step(1);
    this.telling.soon();
  }

  step(by) {
    const { film } = this;
    const epoch = this.isAlone
      ? film.epochs[film.frame(clock.epoch) + by] // the next there is
      : (this.waiting ?? clock.epoch) + by;
    if (epoch >= 0 && epoch <= Math.max(film.of.recorded, this.waiting ?? 0)) this.goTo(epoch);
  }

  // Whether the film has an epoch; if none with more frames can come, the one before it stands for it.
  canShow(epoch) {
    return this.isAlone || this.film.has(epoch);
  }

  // Show an epoch; where a thinned film lacks it, or the recording ends before, once it has come.
  goTo(epoch) {
    this.goal = null;
    this.waiting = this.canShow(epoch) ? null : epoch;
    if (this.waiting === null) this.show(epoch);
    else if (!this.growth.brings(epoch)) this.ask(epoch, epoch);
    this.say();
  }

  // The same from outside the bar's buttons.
  visit(epoch) {
    this.pause(false);
    this.goTo(epoch);
    this.telling.soon();
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
    if (recorded < this.goal && !this.growth.brings(this.goal)) {
      this.ask(clock.epoch, this.goal);
      return this.say();
    }
    this.goal = null;
    this.play();
    this.say();
  }

  // The server has said how far the recording is: have a film of it, where that is worth it.
  grow() {
    const soon = this.playing ? this.after(AHEAD * pace.stride) : null;
    const needed = Math.min(this.waiting ?? soon ?? 0, this.film.wanted);
    if (this.growth.hear(needed)) this.ask(this.waiting ?? clock.epoch, this.film.of.recorded);
    if (this.opened) this.say();
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
    if (clock.epoch >= this.film.of.recorded && !this.growth.isOn) this.show(0);
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
    const { recorded } = this.film.of;
    const waits = this.growth.isOn && clock.epoch >= recorded; // for what is recorded next
    if (!epochs || waits) return this.say();
    this.show(Math.min(this.after(epochs), recorded));
    if (clock.epoch >= recorded) {
      if (!this.growth.isOn) this.pause();
    } else this.keepAhead();
  }

  // So many epochs on; where no frames can come between, the next frame at least.
  after(epochs) {
    const { film } = this;
    const epoch = clock.epoch + epochs;
    return this.isAlone ? Math.max(epoch, film.epochs[film.frame(clock.epoch) + 1] ?? 0) : epoch;
  }

  pause(tell = true) {
    if (!this.playing) return;
    this.setPlaying(false);
    pace.hold();
    this.show(clock.epoch);
    if (tell) this.telling.soon();
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
    const rests = window.nnvizPlayhead?.painted?.captions?.of.epoch;
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
    if (this.isAlone || performance.now() - this.asked < PATIENCE) return;
    this.asked = performance.now();
    this.setTriggerValue("more", { around, until });
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.askAgain(), PATIENCE + 1);
  }

  // Streamlit can lose what is asked while it answers something else.
  askAgain() {
    if (this.asked < 0 || this.done.signal.aborted) return;
    if (this.waiting !== null) this.ask(this.waiting, this.waiting);
    else if (this.goal !== null) this.ask(clock.epoch, this.goal);
  }

  // Tell the server the epoch, where the film rests. Returns whether it does.
  tell() {
    if (this.playing || this.waiting !== null) return false;
    this.speak();
    this.report("epoch", clock.epoch);
    return true;
  }

  // A step through the browser's history: Streamlit would lose it over anything that it is told.
  passHistory() {
    this.growth.asking.in(HISTORY);
    this.answer.asking.in(HISTORY);
    this.telling.hold(HISTORY);
  }

  // Something is pressed outside the bar: what it does may go by the epoch that is seen.
  pressed({ target, key }) {
    if (!this.root.contains(target) && (!key || PRESSING.has(key))) this.telling.now();
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
    const what = this.keys.doing(event);
    if (!what || !this.film) return;
    event.preventDefault();
    this.do(what);
  }
}

const PRESSING = new Set(["Enter", " "]);

// A recording while it grows: how far it is, how long it takes, and what one can do about it.

const EVERY = 500; // ms after an answer until the server is asked again how far it is
const PART = 0.1; // a film with so much more is worth its way where it is played into …
const PARTS = 0.5; // … and with so much more it is anyway

class Growth {
  constructor() {
    this.film = { of: {}, wanted: 0 };
    // How far it is; the server records on as long as that is asked.
    this.asking = new Asking(
      () => this.isOn,
      () => window.nnvizProgress?.again(),
    );
  }

  // This film is shown from now on.
  follow(film) {
    this.film = film;
    this.asking.in(EVERY);
  }

  close() {
    this.asking.close();
  }

  // Whether more is being recorded than the film has.
  get isOn() {
    return this.film.of.recorded < this.film.wanted;
  }

  // Whether an epoch is still to be recorded, and will be.
  brings(epoch) {
    return this.isOn && epoch > this.film.of.recorded && epoch <= this.film.wanted;
  }

  // The server has answered: whether a film of what there is by now is needed.
  // needed: an epoch that is waited for, or soon played.
  hear(needed) {
    const { of, wanted } = this.film;
    const said = window.nnvizProgress;
    if (said.recipe !== of.recipe) return false; // a film of that recipe is on its way
    this.asking.in(EVERY);
    const more = said.recorded - of.recorded;
    if (said.wanted !== wanted || (more > 0 && said.recorded === wanted)) return true;
    if (needed > of.recorded && needed <= said.recorded) return true;
    const enough = needed > of.recorded ? PART * of.recorded : PARTS * of.recorded;
    return more > 0 && more >= Math.min(enough, PART * wanted);
  }

  // What there is to say of it; waiting: an epoch that is waited for, or null.
  say(waiting) {
    const { of, wanted } = this.film;
    const recorded = grouped(of.recorded);
    if (this.brings(waiting)) {
      const left = this.left(waiting);
      return `recorded up to ${recorded}, epoch ${grouped(waiting)} ${left ? `in ${left}` : "follows"}`;
    }
    const left = this.left(wanted);
    return `${recorded} of ${grouped(wanted)} epochs recorded${left && `, ${left} to go`}`;
  }

  // How long it takes until an epoch is recorded, in words; empty where that is not known.
  left(epoch) {
    const { recipe, recorded, wanted, seconds } = window.nnvizProgress ?? {};
    if (recipe !== this.film.of.recipe || !(wanted > recorded)) return "";
    const left = Math.max(1, (seconds * (epoch - recorded)) / (wanted - recorded));
    return left < 100 ? `${Math.ceil(left)} s` : `${Math.round(left / 60)} min`;
  }
}

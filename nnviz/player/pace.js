// How fast the film plays: by the clock, where a person is to see each epoch, and by the screen's
// frames beyond that.

const SPEEDS = {
  "1/s": { aSecond: 1 },
  "5/s": { aSecond: 5 },
  "15/s": { aSecond: 15 },
  1: { aFrame: 1 },
  5: { aFrame: 5 },
  25: { aFrame: 25 },
  100: { aFrame: 100 },
};
// How the first Play of a visit speeds up by itself: the seconds spent at each speed on the way.
const RISE = [
  ["1/s", 5],
  ["5/s", 4],
  ["15/s", 5],
  ["1", Infinity],
];

class Pace {
  constructor() {
    this.speed = RISE[0][0];
    this.chosen = false; // whether a person has chosen it
    this.rising = false; // whether it speeds up by itself
    this.played = 0; // seconds, since it began to
    this.owed = 0; // the part of an epoch that is not yet due
  }

  choose(speed) {
    this.hold();
    this.chosen = true;
    this.speed = speed;
  }

  // Play begins: the first time, and if nobody has chosen a speed, it speeds up.
  begin() {
    this.rising = !this.chosen;
    this.chosen = true;
    this.played = this.owed = 0;
  }

  // Keep to the speed that was reached.
  hold() {
    this.rising = false;
  }

  // By how many epochs the film moves after so many seconds, in which the screen showed so many
  // frames. By the clock it moves by one a frame at most, so that no epoch is left out.
  advance(seconds, frames) {
    if (this.rising) this.rise(seconds);
    const { aSecond, aFrame } = SPEEDS[this.speed];
    if (aFrame) return aFrame * frames;
    const due = this.owed + aSecond * seconds;
    const epochs = Math.min(Math.floor(due), frames);
    this.owed = Math.min(due - epochs, 1);
    return epochs;
  }

  rise(seconds) {
    this.played += seconds;
    let until = 0;
    const [speed] = RISE.find(([, lasts]) => this.played < (until += lasts));
    this.speed = speed;
    if (speed === RISE.at(-1)[0]) this.hold();
  }

  // Epochs a frame, at most.
  get stride() {
    return SPEEDS[this.speed].aFrame ?? 1;
  }
}

// How fast the film plays, frame by frame.

import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./scripts.js";

const { Pace } = load("nnviz/player/pace.js", "Pace");

// The epochs by which the film moves in each of so many seconds' frames.
function played(pace, seconds, frames = 60, still = 1) {
  const ticks = Math.round((seconds * frames) / still);
  return Array.from({ length: ticks }, () => pace.advance(still / frames, still));
}
const sum = (moves) => moves.reduce((all, by) => all + by, 0);
const at = (speed) => {
  const pace = new Pace();
  pace.choose(speed);
  pace.begin();
  return pace;
};

for (const [speed, epochs] of Object.entries({ "1/s": 20, "5/s": 100, "15/s": 300 }))
  test(`${speed}: by the clock, and every epoch by itself`, () => {
    for (const frames of [30, 59.94, 60, 144]) {
      const moves = played(at(speed), 20, frames);
      assert.ok(Math.abs(sum(moves) - epochs) <= 1, `${sum(moves)} at ${frames} frames`);
      assert.ok(moves.every((by) => by === 0 || by === 1));
    }
  });

test("a screen that is too slow for the clock leaves no epoch out", () => {
  assert.deepEqual(new Set(played(at("15/s"), 10, 4)), new Set([1]));
});

test("×n moves by n epochs a frame, however long a frame lasts", () => {
  for (const speed of ["1", "5", "25", "100"])
    for (const frames of [10, 60, 144])
      assert.deepEqual(new Set(played(at(speed), 1, frames)), new Set([Number(speed)]));
});

test("with reduced motion as many epochs go by, in fewer pictures", () => {
  assert.equal(sum(played(at("5/s"), 20, 60, 30)), 100);
  assert.equal(sum(played(at("5"), 1, 60, 30)), 300);
});

test("the first play of a visit begins at an epoch a second and speeds up to one a frame", () => {
  const pace = new Pace();
  pace.begin();
  const speeds = [pace.speed];
  for (let frame = 0; frame < 16 * 60; frame++) {
    assert.ok(pace.advance(1 / 60, 1) <= 1);
    if (pace.speed !== speeds.at(-1)) speeds.push(pace.speed);
    assert.equal(pace.rising, pace.speed !== "1");
  }
  assert.deepEqual(speeds, ["1/s", "5/s", "15/s", "1"]);
});

test("the first epochs take a second each", () => {
  const pace = new Pace();
  pace.begin();
  assert.equal(sum(played(pace, 0.9)), 0);
  assert.equal(sum(played(pace, 4)), 4);
});

test("what was reached stays, and the next play does not speed up", () => {
  const pace = new Pace();
  pace.begin();
  played(pace, 7);
  pace.hold();
  played(pace, 20);
  assert.equal(pace.speed, "5/s");
  pace.begin();
  assert.equal(pace.rising, false);
  played(pace, 20);
  assert.equal(pace.speed, "5/s");
});

test("a speed that was chosen is kept, before the first play or in it", () => {
  const pace = at("1/s");
  played(pace, 30);
  assert.equal(pace.speed, "1/s");
  const other = new Pace();
  other.begin();
  played(other, 4);
  other.choose("1/s");
  assert.equal(other.rising, false);
  played(other, 30);
  assert.equal(other.speed, "1/s");
});

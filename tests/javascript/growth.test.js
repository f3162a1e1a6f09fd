// The recording while it grows, as the player sees it.

import { test } from "node:test";
import assert from "node:assert/strict";
import { load } from "./scripts.js";

const { grouped } = load("nnviz/player/places.js", "grouped");
globalThis.grouped = grouped;
const { Asking } = load("nnviz/player/asking.js", "Asking");
globalThis.Asking = Asking;
const { Growth } = load("nnviz/player/growth.js", "Growth");

const film = (recorded, wanted, recipe = "r") => ({ of: { recipe, recorded }, wanted });

// A film is shown, and the server has said how far the recording is.
function growth(shown, said, context) {
  globalThis.window = { nnvizProgress: said && { recipe: "r", seconds: 10, ...said } };
  const growing = new Growth();
  growing.follow(shown);
  context.after(() => growing.close());
  return growing;
}

test("a whole recording does not grow, and the server is not asked", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const growing = growth(film(1000, 1000), { again: () => (asked += 1) }, context);
  assert.equal(growing.isOn, false);
  assert.equal(growing.brings(1001), false);
  context.mock.timers.tick(60_000);
  assert.equal(asked, 0);
});

test("while it grows the server is asked again after each answer, or if there is none", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let asked = 0;
  const said = { recorded: 100, wanted: 1000, again: () => (asked += 1) };
  const growing = growth(film(100, 1000), said, context);
  context.mock.timers.tick(499);
  assert.equal(asked, 0);
  context.mock.timers.tick(1);
  assert.equal(asked, 1);
  context.mock.timers.tick(2999);
  assert.equal(asked, 1);
  context.mock.timers.tick(1);
  assert.equal(asked, 2);
  growing.hear(null);
  context.mock.timers.tick(500);
  assert.equal(asked, 3);
  growing.close();
  context.mock.timers.tick(60_000);
  assert.equal(asked, 3);
});

test("it brings the epochs between what is recorded and what is wanted", (context) => {
  const growing = growth(film(100, 1000), { recorded: 100, wanted: 1000 }, context);
  const brought = [99, 100, 101, 1000, 1001].map((epoch) => growing.brings(epoch));
  assert.deepEqual(brought, [false, false, true, true, false]);
  assert.equal(growing.brings(null), false);
});

for (const [what, recorded, wanted, needed, wanting] of [
  ["nothing new", 100, 1000, 0, false],
  ["a little more", 140, 1000, 0, false],
  ["half as much again", 150, 1000, 0, true],
  ["a little more that is soon played", 110, 1000, 300, true],
  ["too little of what is soon played", 109, 1000, 300, false],
  ["the epoch that is waited for", 101, 1000, 101, true],
  ["not yet the epoch that is waited for", 101, 1000, 102, false],
  ["all there is to be", 105, 105, 0, true],
  ["the end, as it was stopped", 100, 100, 0, true],
  ["a farther goal", 100, 2000, 0, true],
])
  test(`a film is fetched, or not: ${what}`, (context) => {
    const growing = growth(film(100, 1000), { recorded, wanted }, context);
    assert.equal(growing.hear(needed), wanting);
  });

test("of a long recording a tenth of the goal is worth a film", (context) => {
  const growing = growth(film(600, 1000), { recorded: 700, wanted: 1000 }, context);
  assert.equal(growing.hear(0), true);
});

test("what the server says of another recipe fetches nothing", (context) => {
  const said = { recipe: "other", recorded: 900, wanted: 1000 };
  const growing = growth(film(100, 1000), said, context);
  assert.equal(growing.hear(900), false);
  assert.equal(growing.say(null), "100 of 1,000 epochs recorded");
});

test("it says how much there is of how much, and how long it takes", (context) => {
  const said = { recorded: 500, wanted: 1000, seconds: 10 };
  const growing = growth(film(400, 1000), said, context);
  assert.equal(growing.say(null), "400 of 1,000 epochs recorded, 10 s to go");
  assert.equal(growing.say(750), "recorded up to 400, epoch 750 in 5 s");
  window.nnvizProgress.seconds = 600;
  assert.equal(growing.say(null), "400 of 1,000 epochs recorded, 10 min to go");
  window.nnvizProgress = undefined;
  assert.equal(growing.say(750), "recorded up to 400, epoch 750 follows");
});

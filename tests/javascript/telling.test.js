// When the server is told.

import { test } from "node:test";
import assert from "node:assert/strict";
import { load } from "./scripts.js";

const { Telling } = load("nnviz/player/telling.js", "Telling");

function telling(context, tells = true) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const said = [];
  const one = new Telling(
    () => said.push("told") && tells,
    () => said.push("afterwards"),
  );
  return { one, said, tick: (milliseconds) => context.mock.timers.tick(milliseconds) };
}

test("a change is told at once, and what comes afterwards a while later", (context) => {
  const { one, said, tick } = telling(context);
  one.soon();
  tick(0);
  assert.deepEqual(said, ["told"]);
  tick(150);
  assert.deepEqual(said, ["told", "afterwards"]);
});

test("a burst is told once, after the last of it", (context) => {
  const { one, said, tick } = telling(context);
  one.soon();
  tick(0);
  for (let change = 0; change < 5; change += 1) {
    one.soon();
    tick(20);
  }
  assert.deepEqual(said, ["told"]);
  tick(150);
  assert.deepEqual(said, ["told", "told"]);
});

test("who presses something meanwhile has it told before, and once", (context) => {
  const { one, said, tick } = telling(context);
  one.soon();
  one.soon();
  one.now();
  assert.deepEqual(said, ["told"]);
  one.now();
  tick(10_000);
  assert.deepEqual(said, ["told", "afterwards"]);
});

test("what could not be told has nothing that comes afterwards", (context) => {
  const { one, said, tick } = telling(context, false);
  one.soon();
  tick(10_000);
  assert.deepEqual(said, ["told"]);
});

test("what is held is told when the time is over", (context) => {
  const { one, said, tick } = telling(context);
  one.soon();
  one.hold(1000);
  tick(990);
  assert.deepEqual(said, []);
  tick(20);
  assert.deepEqual(said, ["told"]);
});

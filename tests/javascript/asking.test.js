// Asking for what is made in the background.

import { test } from "node:test";
import assert from "node:assert/strict";
import { load } from "./scripts.js";

const { Asking } = load("nnviz/player/asking.js", "Asking");

function asking(context) {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = { isOn: true, asked: 0, tick: (ms) => context.mock.timers.tick(ms) };
  state.one = new Asking(
    () => state.isOn,
    () => (state.asked += 1),
  );
  return state;
}

test("it asks once in so long, and again if there is no answer", (context) => {
  const state = asking(context);
  state.one.in(250);
  state.tick(249);
  assert.equal(state.asked, 0);
  state.tick(1);
  assert.equal(state.asked, 1);
  state.tick(2999);
  assert.equal(state.asked, 1);
  state.tick(1);
  assert.equal(state.asked, 2);
});

test("where there is nothing to ask for it does not, nor again once it is there", (context) => {
  const state = asking(context);
  state.isOn = false;
  state.one.in(250);
  state.tick(60_000);
  assert.equal(state.asked, 0);
  state.isOn = true;
  state.one.in(250);
  state.tick(250);
  state.isOn = false;
  state.one.in(250); // the answer
  state.tick(60_000);
  assert.equal(state.asked, 1);
});

test("it waits as long as it was told last, and is silent once closed", (context) => {
  const state = asking(context);
  state.one.in(250);
  state.one.in(1000);
  state.tick(999);
  assert.equal(state.asked, 0);
  state.one.close();
  state.tick(60_000);
  assert.equal(state.asked, 0);
});

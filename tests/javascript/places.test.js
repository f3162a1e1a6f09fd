// What is typed as an epoch.

import assert from "node:assert/strict";
import test from "node:test";
import { load } from "./scripts.js";

const { grouped, wholeNumber } = load("nnviz/player/places.js", "grouped", "wholeNumber");

test("a whole number is read with or without its thousands marked", () => {
  for (const [text, number] of Object.entries({
    0: 0,
    " 37 ": 37,
    "1,000": 1000,
    "100 000": 100000,
    "0026": 26,
  }))
    assert.equal(wholeNumber(text), number);
});

test("nothing else is read as one", () => {
  for (const text of ["", " ", "abc", "-1", "−1", "2.5", "1,5", "1e3", "10,00", "0x1", "１"])
    assert.ok(Number.isNaN(wholeNumber(text)), text);
});

test("thousands are marked", () => {
  assert.deepEqual([0, 999, 1000, 100000].map(grouped), ["0", "999", "1,000", "100,000"]);
});
